"""Work in hand whose capacity profiles are of the day: when that day ends (A 13)."""

from datetime import datetime
from typing import Final

from django.db import transaction

from routing.actions.hold_capacity import note_day
from routing.models import Assignment
from routing.queries.end_of_day import profiles_of_the_day
from routing.sweeps.each import Turns, count_changed
from routing.terms import Outcome

_turns: Final = Turns[int]()


def sweep(*, now: datetime, limit: int) -> int:
    """Write it into up to ``limit`` receipts whose profiles became such after they were taken."""
    profiles = list(profiles_of_the_day().values_list("pk", flat=True))
    if not profiles:
        return 0
    held = Assignment.objects.filter(
        outcome=Outcome.ACCEPTED,
        capacity_released_at__isnull=True,
        day_ends_at__isnull=True,
        profiles__overlap=profiles,
    )
    due = held.order_by("pk").values_list("pk", flat=True)
    ids = _turns.first(due, limit)
    return count_changed(ids, lambda pk: _note(pk, now), _turns)


def _note(assignment_id: int, now: datetime) -> bool:
    with transaction.atomic():
        held = Assignment.objects.select_for_update(skip_locked=True).filter(
            pk=assignment_id, capacity_released_at__isnull=True, day_ends_at__isnull=True
        )
        assignment = held.first()
        return assignment is not None and note_day(assignment, now)
