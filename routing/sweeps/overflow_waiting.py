"""Work that has waited too long in its queue goes on, or ends (A 8.4)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product
from typing import Any, Final

from django.db import connection

from routing import configuration
from routing.actions.overflow_item import overflow_item
from routing.engine.configuration import CompiledConfiguration, OverflowPair
from routing.engine.overflow import ends_what_came_by, waiting_pair
from routing.sql import statement
from routing.sweeps.each import Turns, count_changed
from workstreams.models import Queue
from workstreams.terms import OverflowAction

# More than this many at once are done in batches, so that no queue holds up the others. The
# reference says from where on (A 8.4), not how fast batches follow: here each round of the router,
# for a slower pace would keep customers waiting longer than the queue says.
BATCH: Final = 20
_turns: Final = Turns[int]()


def sweep(*, now: datetime, limit: int) -> int:
    """Let up to a batch of items overflow by what is published now; each is looked at again
    behind its lock, so whoever took it first keeps it."""
    compiled = configuration.current().compiled
    pairs = list(_pairs(compiled))
    if not pairs:
        return 0
    held = _held_back(compiled, {pair.threshold or 0 for _, pair in pairs if _ends(pair)}, now)
    names: dict[str, Any] = {
        "queue_ids": [queue_id for queue_id, _ in pairs],
        "seconds": [pair.threshold or 0 for _, pair in pairs],
        "came_by": [_came_by(compiled, queue_id, pair, now) for queue_id, pair in pairs],
        "may_be_held": [_ends(pair) and pair.threshold in held for _, pair in pairs],
        "held_seconds": [seconds for seconds, found in held.items() for _ in found],
        "held_hours_ids": [hours_id for found in held.values() for hours_id in found],
        "held_came_by": [came_by for found in held.values() for came_by in found.values()],
        "now": now,
    }
    ids = _turns.first(lambda most: _overdue(names | {"limit": most}), min(limit, BATCH))
    return count_changed(ids, lambda pk: overflow_item(item_id=pk, now=now), _turns)


def _overdue(names: dict[str, Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement("overdue_items"), names)
        return [row[0] for row in cursor.fetchall()]


def _pairs(compiled: CompiledConfiguration) -> Iterator[tuple[int, OverflowPair]]:
    """Queues, and what becomes of work that waits too long there. Those whose work would go to a
    queue that is there no more are left out: it stays, and a batch full of it would hold up all the
    others."""
    queues = compiled.queues.values()
    found = [(queue.id, pair) for queue in queues if (pair := waiting_pair(queue.overflow))]
    targets = {pair: compiled.queue_id_by_name.get(pair.queue or "", 0) for _, pair in found}
    living = set(Queue.objects.filter(pk__in=targets.values()).values_list("pk", flat=True))
    for queue_id, pair in found:
        if _ends(pair) or targets[pair] in living:
            yield queue_id, pair


def _came_by(
    compiled: CompiledConfiguration, queue_id: int, pair: OverflowPair, now: datetime
) -> datetime | None:
    """What may wait for its customer goes on, or ends, if it came to the queue by then."""
    hours = compiled.hours.get(compiled.queues[queue_id].operating_hours or "")
    heeded = [hours] if hours and _ends(pair) else []
    return ends_what_came_by(heeded, pair.threshold or 0, now)


def _held_back(
    compiled: CompiledConfiguration, waits: set[int], now: datetime
) -> dict[int, dict[int, datetime | None]]:
    """The same by the hours of its way in: those by which not all that has waited so long ends."""
    held: dict[int, dict[int, datetime | None]] = {}
    for hours, seconds in product(compiled.hours.values(), waits):
        came_by = ends_what_came_by([hours], seconds, now)
        if came_by != now - timedelta(seconds=seconds):
            held.setdefault(seconds, {})[hours.id] = came_by
    return held


def _ends(pair: OverflowPair) -> bool:
    return pair.action is OverflowAction.END
