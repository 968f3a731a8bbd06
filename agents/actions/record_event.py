"""Write down what happened to an agent."""

from datetime import datetime
from typing import Any

from config.models import Event


def record_event(*, kind: str, agent_id: int, now: datetime, **data: Any) -> None:
    """Append an event of the agent; call it after the change, in its transaction."""
    Event.append(Event.of(at=now, kind=kind, agent_id=agent_id, data=data))
