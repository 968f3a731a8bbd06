"""Offers that ran out go back to their queues, or to the agents they are assigned to."""

from datetime import datetime

from routing.actions.end_offer import end_offer
from routing.models import Assignment
from routing.sweeps.each import count_changed
from routing.terms import Outcome


def sweep(*, now: datetime, limit: int) -> int:
    """End up to ``limit`` offers whose deadline has passed."""
    overdue = Assignment.objects.filter(outcome=Outcome.PENDING, deadline_at__lte=now)
    rows = list(overdue.order_by("deadline_at").values_list("item_id", "pk")[:limit])
    return count_changed(rows, lambda row: end_offer(item_id=row[0], assignment_id=row[1], now=now))
