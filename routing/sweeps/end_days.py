"""Capacity profiles of the day come back when it ends, whatever work goes on (A 13)."""

from datetime import datetime
from typing import Final

from django.db import transaction

from config.models import Event
from routing.actions.hold_capacity import release_day
from routing.models import Assignment
from routing.sweeps.each import Turns, count_changed

_turns: Final = Turns[int]()


def sweep(*, now: datetime, limit: int) -> int:
    """Give back those of up to ``limit`` receipts whose day is over as noted."""
    over = Assignment.objects.filter(day_released_at__isnull=True, day_ends_at__lte=now)
    ids = _turns.first(over.order_by("day_ends_at").values_list("pk", flat=True), limit)
    return count_changed(ids, lambda pk: end_day(pk, now), _turns)


def end_day(assignment_id: int, now: datetime) -> bool:
    with transaction.atomic():
        held = Assignment.objects.select_for_update(skip_locked=True).filter(
            pk=assignment_id, day_released_at__isnull=True
        )
        assignment = held.first()
        if assignment is None or not release_day(assignment=assignment, now=now):
            return False
        Event.objects.create(kind="capacity-released", at=now, agent_id=assignment.agent_id)
    return True
