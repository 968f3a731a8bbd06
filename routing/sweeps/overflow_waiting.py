"""Work that has waited too long in its queue goes on, or ends (A 8.4)."""

from datetime import datetime
from typing import Any, Final

from django.db import connection

from routing import configuration
from routing.actions.overflow_item import overflow_item
from routing.engine.overflow import waiting_pair
from routing.sql import statement
from routing.sweeps.each import count_changed

# More than this many at once are done in batches, so that no queue holds up the others. The
# reference says from where on (A 8.4), not how fast batches follow: here each round of the router,
# for a slower pace would keep customers waiting longer than the queue says.
BATCH: Final = 20


def sweep(*, now: datetime, limit: int) -> int:
    """Let up to a batch of items overflow by what is published now; each is looked at again
    behind its lock, so whoever took it first keeps it."""
    compiled = configuration.current().compiled
    queues = compiled.queues.values()
    pairs = [(queue.id, pair) for queue in queues if (pair := waiting_pair(queue.overflow))]
    if not pairs:
        return 0
    names: dict[str, Any] = {
        "queue_ids": [queue_id for queue_id, _ in pairs],
        "seconds": [pair.threshold for _, pair in pairs],
        "now": now,
        "limit": min(limit, BATCH),
    }
    with connection.cursor() as cursor:
        cursor.execute(statement("overdue_items"), names)
        ids = [row[0] for row in cursor.fetchall()]
    return count_changed(ids, lambda pk: overflow_item(item_id=pk, now=now))
