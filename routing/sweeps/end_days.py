"""Capacity profiles of the day come back when it ends, whatever work goes on (A 13)."""

from datetime import datetime
from itertools import islice
from typing import Final

from django.db import transaction

from config.models import Event
from routing.actions.hold_capacity import release_day
from routing.models import Assignment
from routing.queries.end_of_day import over_before_noted
from routing.sweeps.each import Turns, count_changed

_turns: Final = Turns[int]()


def sweep(*, now: datetime, limit: int) -> int:
    """Give back those of up to ``limit`` receipts whose day is over, also where that is earlier
    than noted, because hours have become shorter."""
    ids = _turns.first(lambda most: _due(now, most), limit)
    return count_changed(ids, lambda pk: _end(pk, now), _turns)


def _due(now: datetime, most: int) -> list[int]:
    as_noted = Assignment.objects.filter(day_released_at__isnull=True, day_ends_at__lte=now)
    due = [as_noted.order_by("day_ends_at"), over_before_noted(now).order_by("pk")]
    found = (pk for each in due for pk in each.values_list("pk", flat=True)[:most])
    return list(islice(found, most))


def _end(assignment_id: int, now: datetime) -> bool:
    with transaction.atomic():
        held = Assignment.objects.select_for_update(skip_locked=True).filter(
            pk=assignment_id, day_released_at__isnull=True
        )
        assignment = held.first()
        if assignment is None or not release_day(assignment=assignment, now=now):
            return False
        Event.objects.create(kind="capacity-released", at=now, agent_id=assignment.agent_id)
    return True
