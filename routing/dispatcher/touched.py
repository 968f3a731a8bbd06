"""Which queues the wake-ups of a moment touch."""

from django.db import connection

from routing.sql import statement
from workstreams.models import WorkItem
from workstreams.terms import ItemState


def read_wake_ups() -> list[int] | None:
    """Take the wake-ups that are visible now; the queues they touch, or None for all.

    An empty list means that nothing happened. Rows of transactions that commit later
    are seen later; what is taken is gone, because a full cycle follows soon anyway.
    """
    with connection.cursor() as cursor:
        cursor.execute(statement("take_wake_ups"))
        rows = cursor.fetchall()
    if any(queue_id is None for (queue_id,) in rows):
        return None
    return [queue_id for (queue_id,) in rows]


def waiting_queues() -> list[int]:
    """The queues in which pushed work waits."""
    waiting = WorkItem.objects.filter(state=ItemState.OPEN, is_pushed=True)
    return list(waiting.order_by("queue_id").values_list("queue_id", flat=True).distinct())
