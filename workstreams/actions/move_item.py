"""Change a work item's state: the only place that does."""

from datetime import datetime
from typing import Any

from agents.models import Agent
from workstreams.actions.record_event import record_event
from workstreams.exceptions import IllegalMove
from workstreams.lifecycle import may_move
from workstreams.models import Queue, WorkItem
from workstreams.terms import LABELS, ItemState, Reason

CHANGED_FIELDS = [
    "state",
    "reason",
    "agent",
    "last_agent",
    "queue",
    "state_changed_at",
    "last_activity_at",
    "closed_at",
]


def move_item(
    *,
    item: WorkItem,
    to: ItemState,
    reason: Reason,
    kind: str,
    now: datetime,
    agent: Agent | None = None,
    queue: Queue | None = None,
    **data: Any,
) -> None:
    """Move a locked item and record the event ``kind``. Refuses what ``lifecycle`` does.

    An open item loses its agent; any other move keeps the agent unless one is given.
    The event names the agent who has, or had, the item.
    """
    if not may_move(from_state=item.state, to_state=to):
        raise IllegalMove(state=LABELS[ItemState(item.state)].lower(), to=LABELS[to].lower())

    had = item.agent_id
    item.state = to
    item.reason = reason
    item.agent = None if to == ItemState.OPEN else agent or item.agent
    if item.agent is not None:
        item.last_agent = item.agent
    if queue is not None:
        item.queue = queue
    item.state_changed_at = item.last_activity_at = now
    item.closed_at = now if to == ItemState.CLOSED else None
    item.save(update_fields=CHANGED_FIELDS)

    record_event(kind=kind, item=item, now=now, agent_id=item.agent_id or had, **data)
