"""Offers that ran out go back to their queues, or to the agents they are assigned to."""

from datetime import datetime
from typing import Final

from routing.actions.end_offer import end_offer
from routing.models import Assignment
from routing.sweeps.each import Turns, count_changed
from routing.terms import Outcome

_turns: Final = Turns[tuple[int, int]]()


def sweep(*, now: datetime, limit: int) -> int:
    """End up to ``limit`` offers whose deadline has passed."""
    overdue = Assignment.objects.filter(outcome=Outcome.PENDING, deadline_at__lte=now)
    due = overdue.order_by("deadline_at").values_list("item_id", "pk")
    rows = _turns.first(due, limit)
    return count_changed(
        rows, lambda row: end_offer(item_id=row[0], assignment_id=row[1], now=now), _turns
    )
