"""Which queues the wake-ups of a moment touch."""

import math
from collections.abc import Collection, Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Min

from config.prepared import prepared_cursor
from routing import configuration
from routing.engine.configuration import CompiledConfiguration
from routing.engine.order import place_by_name
from routing.sql import statement
from workstreams.models import WorkItem
from workstreams.terms import ItemState, MethodKind


class Touched:
    """The queues that cycles look at until nothing more can be assigned; None stands for all."""

    def __init__(
        self, queue_ids: Iterable[int] | None, *, epoch: int = 0, is_alone: bool = False
    ) -> None:
        self.queue_ids = None if queue_ids is None else list(queue_ids)
        self.is_alone, self._epoch = is_alone, epoch

    def so_far(self) -> list[int] | None:
        """These, and those that were woken meanwhile unless it ``is_alone``.

        Agents change in the transaction of their wake-up, so that of whomever a router knows
        before it asks all queues are in it: else he got the less urgent work of some of them.
        """
        if not self.is_alone:
            woken, known = read_wake_ups(self._epoch), self.queue_ids
            self.queue_ids = None if woken is None or known is None else sorted({*known, *woken})
        return self.queue_ids


def read_wake_ups(epoch: int = 0) -> list[int] | None:
    """Take the wake-ups that are visible now; the queues they touch, or None for all.

    An empty list means that nothing happened, or that another router has taken over since this
    ``epoch``; 0 is for tests and tools. Rows of transactions that commit later are seen later; what
    is taken is gone, because a full cycle follows soon anyway.
    """
    with prepared_cursor() as cursor:
        cursor.execute(statement("take_wake_ups"), {"epoch": epoch})
        rows = cursor.fetchall()
    if any(queue_id is None for (queue_id,) in rows):
        return None
    return [queue_id for (queue_id,) in rows]


def to_try_apart(among: Collection[int] | None) -> list[list[int]]:
    """The queues in which pushed work waits, in the published order of work: those of one priority
    together, as their work goes by age, or where all are of one each alone, first the one in which
    it waits longest."""
    waiting = WorkItem.objects.filter(state=ItemState.OPEN, is_pushed=True)
    if among is not None:
        waiting = waiting.filter(queue__in=among)
    longest = waiting.order_by().values_list("queue_id").annotate(Min("waiting_since"))
    compiled = configuration.current().compiled
    found = sorted((*_standing(compiled, queue_id), since, queue_id) for queue_id, since in longest)
    alike = [[row[-1] for row in rows] for _, rows in groupby(found, key=itemgetter(0))]
    return alike if len(alike) > 1 else [[row[-1]] for row in found]


def _standing(compiled: CompiledConfiguration, queue_id: int) -> tuple[Any, ...]:
    """Where the queue's work stands, as in a cycle of many; last where it is not published."""
    queue = compiled.queues.get(queue_id)
    if queue is None:
        return math.inf, 0, ""
    method = compiled.method_of(queue_id)
    goes_by_age = method is None or not (
        method.prioritization or method.kind is MethodKind.BEST_MATCH
    )
    return (queue.priority, 0, "") if goes_by_age else (queue.priority, 1, place_by_name(queue))
