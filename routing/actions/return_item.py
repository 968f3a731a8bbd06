"""Put an item back into a queue."""

from datetime import datetime

from routing.actions.needed_capacity import renew_need
from routing.actions.wake_up import wake_up
from routing.queries.refusals import was_refused
from routing.requirement import requirement_key
from routing.terms import WakeUpKind
from workstreams.actions.move_item import move_item
from workstreams.models import Queue, WorkItem
from workstreams.terms import ItemState, Reason


def return_item(
    *,
    item: WorkItem,
    kind: str,
    now: datetime,
    queue: Queue | None = None,
    by: str = "",
    keeps_agent: bool = False,
    spares_agent: bool = False,
) -> None:
    """Open a locked item again, keeping its age, and wake the router. It needs what its
    workstream's work does now.

    After a decline or a miss its requirement is its own: who refused it decides who may
    take it next, so it is no longer interchangeable with others. So it is where ``spares_agent``
    says that who had it is not asked first again (A 17); ``keeps_agent`` offers it to the same
    agent again, where the workstream wants that. What people or overflow put there did not fall
    back.
    """
    if by or queue is not None:
        item.fell_back = False
    renew_need(item)
    item.last_agent_id = item.agent_id if keeps_agent else None
    is_personal = keeps_agent or spares_agent or was_refused(item)
    item.requirement_key = requirement_key(item, is_personal=is_personal)
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
