"""Write down what happened to a work item."""

from datetime import datetime
from typing import Any

from config.models import Event
from workstreams.models import WorkItem


def record_event(
    *, kind: str, item: WorkItem, now: datetime, agent_id: int | None = None, **data: Any
) -> None:
    """Append an event with the item's present state: after the change, in its transaction."""
    Event.append(event_of(kind=kind, item=item, now=now, agent_id=agent_id, data=data))


def event_of(
    *, kind: str, item: WorkItem, now: datetime, data: dict[str, Any], agent_id: int | None = None
) -> dict[str, Any]:
    """What ``APPEND`` takes, for a statement that changes the item and tells of it at once."""
    return Event.of(
        at=now,
        kind=kind,
        work_item_id=item.pk,
        workstream_id=item.workstream_id,
        queue_id=item.queue_id,
        agent_id=agent_id if agent_id is not None else item.agent_id,
        state=item.state,
        reason=item.reason,
        data=data,
    )
