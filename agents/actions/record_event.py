"""Write down what happened to an agent."""

from datetime import datetime
from typing import Any

from agents.models import Agent
from config.models import Event


def record_event(*, kind: str, agent: Agent, now: datetime, **data: Any) -> Event:
    """Append an event of the agent; call it after the change, in its transaction."""
    return Event.objects.create(at=now, kind=kind, agent_id=agent.pk, data=data)
