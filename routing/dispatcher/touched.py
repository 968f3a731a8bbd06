"""Which queues the wake-ups of a moment touch."""

from django.db import connection

from routing.sql import statement


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
