"""Change a work item's state: the only place that does."""

from datetime import datetime
from typing import Any, Final

from agents.models import Agent
from config.models import Event
from workstreams.actions.record_event import record_event
from workstreams.exceptions import IllegalMove
from workstreams.lifecycle import may_move
from workstreams.models import Queue, WorkItem
from workstreams.terms import LABELS, ItemState, Reason

CHANGED_FIELDS: Final = [
    "state",
    "reason",
    "agent",
    "queue",
    "last_agent",
    "requirement_key",
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
) -> Event:
    """Move a locked item and record the event ``kind``; refuses what ``lifecycle`` does.

    An open item loses its agent; any other move keeps the agent unless one is given.
    The event names the agent who has, or had, the item. Fields that the caller set on
    the item (``last_agent``, ``requirement_key``) are saved with it.
    """
    if not may_move(from_state=item.state, to_state=to):
        raise IllegalMove(state=LABELS[ItemState(item.state)].lower(), to=LABELS[to].lower())

    had = item.agent_id
    item.state = to
    item.reason = reason
    item.agent = None if to == ItemState.OPEN else agent or item.agent
    item.queue = queue or item.queue
    item.state_changed_at = item.last_activity_at = now
    item.closed_at = now if to == ItemState.CLOSED else None
    item.save(update_fields=CHANGED_FIELDS)

    return record_event(kind=kind, item=item, now=now, agent_id=item.agent_id or had, **data)
