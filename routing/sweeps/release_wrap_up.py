"""Capacity that wrap-up blocked for a time comes back."""

from datetime import datetime
from typing import Final

from django.db import transaction

from config.models import Event
from routing.actions.hold_capacity import release_capacity
from routing.models import Assignment
from routing.sweeps.each import Turns, count_changed

_turns: Final = Turns[int]()


def sweep(*, now: datetime, limit: int) -> int:
    """Release up to ``limit`` receipts whose time is over."""
    due = Assignment.objects.filter(
        capacity_released_at__isnull=True, capacity_release_due_at__lte=now
    )
    ids = _turns.first(due.order_by("capacity_release_due_at").values_list("pk", flat=True), limit)
    return count_changed(ids, lambda pk: _release(pk, now), _turns)


def _release(assignment_id: int, now: datetime) -> bool:
    with transaction.atomic():
        assignment = (
            Assignment.objects.select_for_update(skip_locked=True)
            .filter(pk=assignment_id, capacity_released_at__isnull=True)
            .first()
        )
        if assignment is None:
            return False
        if not release_capacity(assignment=assignment, now=now):
            return False
        Event.objects.create(kind="capacity-released", at=now, agent_id=assignment.agent_id)
    return True
