"""Hold what is about to be chosen until that is saved."""

from collections.abc import Iterable
from typing import Final, TypeVar

from django.db.models import Model

from agents.exceptions import DefinitionGone
from agents.models import Skill

M = TypeVar("M", bound=Model)
HELD: Final = "SELECT * FROM {} WHERE id = ANY(%s) ORDER BY id FOR SHARE"


def lock_to_change(row: Model) -> None:
    """Who changes a part of the row waits for who changes another part, and reads it after him.

    Before a skill its type and its scale, as whoever saves it locks them. Nothing where the row
    is gone.
    """
    if isinstance(row, Skill):
        lock_chosen(row.skill_type, row.rating_model)
    rows = type(row)._default_manager.select_for_update(of=("self",), no_key=True)
    rows.filter(pk=row.pk).values_list("pk", flat=True).first()


def lock_chosen(*rows: Model | None) -> None:
    """Whoever deletes one of them waits. Refuses DefinitionGone where one is there no more.

    For what ends in a publication: there is one at a time, so a deletion that publishes must
    not be met first when the choice is written down.
    """
    for row in rows:
        if row is None:
            continue
        rivals = type(row)._default_manager.select_for_update(of=("self",), no_key=True)
        if rivals.filter(pk=row.pk).values_list("pk", flat=True).first() is None:
            raise DefinitionGone(name=row)


def hold_chosen(model: type[M], rows: Iterable[M]) -> dict[int, M]:
    """The rows as they are, and as they stay until the end, by id. Refuses DefinitionGone.

    Shared, so that those who give people the same never wait for each other.
    """
    wanted = {row.pk: row for row in rows}
    held = hold_all_of(model, wanted) if wanted else {}
    for pk, row in wanted.items():
        if pk not in held:
            raise DefinitionGone(name=row)
    return held


def hold_all_of(model: type[M], ids: Iterable[int]) -> dict[int, M]:
    """The same for what may be gone: those that are there. What was deleted and stays for history
    is not."""
    found = model._default_manager.raw(HELD.format(model._meta.db_table), [list(ids)])
    return {row.pk: row for row in found if getattr(row, "deleted_at", None) is None}
