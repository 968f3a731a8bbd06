"""Put an item back into a queue."""

from datetime import datetime

from routing.actions.wake_up import wake_up
from routing.requirement import requirement_key
from routing.terms import WakeUpKind
from workstreams.actions.move_item import move_item
from workstreams.models import Queue, WorkItem
from workstreams.terms import ItemState, Reason


def return_item(
    *, item: WorkItem, kind: str, now: datetime, queue: Queue | None = None, by: str = ""
) -> None:
    """Open a locked item again, keeping its age, and wake the router.

    Its requirement is its own from now on: whom it was with before decides who may
    take it next, so it is no longer interchangeable with others.
    """
    item.last_agent = None
    item.requirement_key = requirement_key(item, is_personal=True)
    move_item(
        item=item,
        to=ItemState.OPEN,
        reason=Reason.AWAITING_AGENT_ASSIGNMENT,
        kind=kind,
        queue=queue,
        now=now,
        by=by,
    )
    wake_up(WakeUpKind.ARRIVAL, queue_ids=[item.queue_id])
