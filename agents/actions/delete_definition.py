"""Remove a skill, skill type, rating model, capacity profile, presence or operating hours."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from agents.exceptions import BuiltIn, InUse
from agents.models import (
    CapacityProfile,
    OperatingHours,
    Presence,
    RatingModel,
    Skill,
    SkillType,
    User,
)
from agents.queries.dependents import dependents, name_of
from agents.signals import configuration_changed

Definition = CapacityProfile | OperatingHours | Presence | RatingModel | Skill | SkillType
Dependency = dict[str, str]


@transaction.atomic
def delete_definition(
    *, row: Definition, by: User, now: datetime, dependencies: Sequence[Dependency] = ()
) -> None:
    """Delete the row. Refuses built-in rows, and with a list of dependencies those in use.

    ``dependencies`` adds what only upper apps know to refer to the row, such as rules.
    """
    row = type(row)._default_manager.select_for_update().get(pk=row.pk)

    if isinstance(row, Presence) and row.is_built_in:
        raise BuiltIn(name=row.text)
    if used_by := [*dependencies, *_own_dependencies(row)]:
        raise InUse(name=str(row), dependencies=used_by)

    row.delete()

    configuration_changed.send(sender=type(row), by=by, now=now)


def _own_dependencies(row: Definition) -> list[Dependency]:
    return [
        {"kind": str(each._meta.verbose_name), "name": name_of(each), "url": ""}
        for each in dependents(row)
    ]
