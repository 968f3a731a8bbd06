"""Offers that ran out go back to their queues."""

from datetime import datetime

from routing.actions.decline_offer import miss_offer
from routing.models import Assignment
from routing.sweeps.each import count_changed
from routing.terms import Outcome


def sweep(*, now: datetime, limit: int) -> int:
    """Miss up to ``limit`` offers whose deadline has passed."""
    overdue = Assignment.objects.filter(outcome=Outcome.PENDING, deadline_at__lte=now)
    rows = list(overdue.order_by("deadline_at").values_list("item_id", "pk")[:limit])
    return count_changed(
        rows, lambda row: miss_offer(item_id=row[0], assignment_id=row[1], now=now)
    )
