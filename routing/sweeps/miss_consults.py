"""Requests for advice that nobody answered in time, or can answer any more, are over."""

from datetime import datetime
from typing import Final

from django.db.models import Q

from routing.actions.consults.end_consult import miss_consult
from routing.sweeps.each import Turns, count_changed
from workstreams.models import Consult
from workstreams.terms import ConsultState

_turns: Final = Turns[int]()


def sweep(*, now: datetime, limit: int) -> int:
    """End up to ``limit`` requests whose deadline has passed, or whose queue was deleted."""
    is_over = Q(deadline_at__lte=now) | Q(queue__deleted_at__isnull=False)
    overdue = Consult.objects.filter(is_over, state=ConsultState.ASKED)
    due = overdue.order_by("deadline_at").values_list("pk", flat=True)
    ids = _turns.first(due, limit)
    return count_changed(ids, lambda pk: miss_consult(consult_id=pk, now=now), _turns)
