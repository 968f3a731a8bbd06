"""Customers whose chat page closed or fell silent: their agents are told."""

from datetime import datetime
from typing import Final

from django.db.models import Q

from routing.sweeps.each import Turns, count_changed
from workstreams.actions.note_visit import GRACE, SILENCE, tell_departure
from workstreams.models import ChatVisit

_turns: Final = Turns[int]()


def sweep(*, now: datetime, limit: int) -> int:
    """Tell of up to ``limit`` customers who left."""
    closed = Q(left_at__lte=now - GRACE)
    silent = Q(left_at__isnull=True, seen_at__lte=now - SILENCE)
    gone = ChatVisit.objects.filter(closed | silent, is_told=False)
    due = gone.order_by("seen_at").values_list("pk", flat=True)
    ids = _turns.first(due, limit)
    return count_changed(ids, lambda pk: tell_departure(item_id=pk, now=now), _turns)
