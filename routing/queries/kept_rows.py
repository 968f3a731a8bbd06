"""In which rows the rules of a list, or its rulesets, go on when it is written anew.

By its row a form that is open tells what it was opened for from another of the same name, so
nothing may ever go on in the row of something that was deleted.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeVar

from django.db.models import Max

from routing.models import Rule, Ruleset
from workstreams.models import IdentificationRule

Kept = TypeVar("Kept", Rule, Ruleset, IdentificationRule)
TRAIL: Final[Any] = Ruleset.pgh_event_model  # type: ignore[attr-defined]  # of the audit trail


def kept_rows(before: Iterable[Kept], names: Sequence[str]) -> list[Kept | None]:
    """For each name the row that has it, else the one at its place if nobody else keeps that: what
    is only renamed stays what it is."""
    rows = list(before)
    left = {row.pk: row for row in rows}
    kept: list[Kept | None] = []
    for name in names:
        same = next((row for row in left.values() if _said(row.name) == _said(name)), None)
        kept.append(left.pop(same.pk) if same else None)
    for place, row in enumerate(rows[: len(names)]):
        if kept[place] is None:
            kept[place] = left.pop(row.pk, None)
    return kept


def next_revision(rows: Sequence[Ruleset], **whose: Any) -> int:
    """One that the list never had, though it was emptied meanwhile: the audit trail still knows
    what it had then. ``whose`` names the kind and the owner."""
    present = max((row.revision for row in rows), default=0)
    if present == 0:
        found = TRAIL.objects.filter(**whose).aggregate(last=Max("revision"))
        present = found["last"] or 0
    return present + 1


def _said(name: str) -> str:
    return name.strip().casefold()
