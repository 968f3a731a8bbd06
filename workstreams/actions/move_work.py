"""Move all unfinished work of a queue that goes away to another one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import Case, F, Q, Value, When

from config.models import Event
from workstreams.models import Queue, WorkItem
from workstreams.signals import work_items_moved
from workstreams.terms import ItemState, Reason

BATCH: Final = 1000
# An offer that nobody took goes on with its time in the queue.
UNTAKEN: Final = Q(state=ItemState.OPEN) | Q(reason=Reason.AWAITING_AGENT_ACCEPTANCE)


def move_work(
    *, item_ids: Sequence[int], from_queue: Queue, to: Queue, now: datetime, by: str
) -> None:
    """Locked items change their queue, with an event each, and are announced; statements by
    the thousand, however many there are.

    What waits, or is offered, keeps its age, and waits anew in the other queue; what somebody has
    goes back there one day. Whoever hears of it may refuse the queue.
    """
    for start in range(0, len(item_ids), BATCH):
        _move(item_ids[start : start + BATCH], from_queue, to, now, by)
    work_items_moved.send(sender=WorkItem, queue_ids=[to.pk], now=now)


def _move(ids: Sequence[int], from_queue: Queue, to: Queue, now: datetime, by: str) -> None:
    items = WorkItem.objects.filter(pk__in=ids)
    items.update(
        queue=to,
        fell_back=False,
        queued_at=Case(When(UNTAKEN, then=Value(now)), default=F("queued_at")),
        overflow_checked_at=Case(
            When(overflow_checked_at=None, then=Value(now)), default=F("overflow_checked_at")
        ),
    )
    facts: dict[str, Any] = {"from_queue_id": from_queue.pk, "by": by}
    rows = items.values_list("pk", "workstream_id", "agent_id", "state", "reason").order_by("pk")
    Event.objects.bulk_create(
        Event(
            at=now,
            kind="work-item-moved",
            work_item_id=pk,
            workstream_id=workstream_id,
            queue_id=to.pk,
            agent_id=agent_id,
            state=state,
            reason=reason,
            data=facts,
        )
        for pk, workstream_id, agent_id, state, reason in rows
    )
