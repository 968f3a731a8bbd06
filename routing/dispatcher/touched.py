"""Which queues the wake-ups of a moment touch."""

from collections.abc import Collection, Iterable

from django.db.models import Min

from config.prepared import prepared_cursor
from routing.sql import statement
from workstreams.models import WorkItem
from workstreams.terms import ItemState


class Touched:
    """The queues that cycles look at until nothing more can be assigned; None stands for all."""

    def __init__(
        self, queue_ids: Iterable[int] | None, *, epoch: int = 0, is_alone: bool = False
    ) -> None:
        self.queue_ids = None if queue_ids is None else list(queue_ids)
        self._epoch, self._is_alone = epoch, is_alone

    def so_far(self) -> list[int] | None:
        """These, and those that were woken meanwhile unless it ``is_alone``.

        Agents change in the transaction of their wake-up, so that of whomever a router knows
        before it asks all queues are in it: else he got the less urgent work of some of them.
        """
        if not self._is_alone:
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


def waiting_queues(among: Collection[int] | None) -> list[int]:
    """The queues in which pushed work waits, the most urgent first, and of equals the one in which
    it waits longest."""
    waiting = WorkItem.objects.filter(state=ItemState.OPEN, is_pushed=True)
    if among is not None:
        waiting = waiting.filter(queue__in=among)
    queues = waiting.order_by().values("queue_id", "queue__priority")
    longest = queues.annotate(since=Min("waiting_since")).order_by("queue__priority", "since")
    return [each["queue_id"] for each in longest]
