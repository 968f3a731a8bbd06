"""What an agent's presence control shows."""

from dataclasses import dataclass

from agents.models import Agent, AgentPresence, Presence
from agents.queries.agent_load import Capacity, capacity_of, with_load
from agents.terms import BasePresence


@dataclass(frozen=True, kw_only=True)
class PresenceControl:
    """The current presence, those to choose from, and the capacity in use."""

    agent: Agent
    text: str
    base: str
    choices: list[Presence]
    current_id: int | None
    capacity: Capacity


def presence_control(agent_id: int) -> PresenceControl:
    """Five statements."""
    agent = with_load(Agent.objects.select_related("user")).get(pk=agent_id)
    current = AgentPresence.objects.select_related("presence").filter(agent=agent).first()
    return PresenceControl(
        agent=agent,
        text=current.presence.text if current else "Offline",
        base=current.base if current else BasePresence.OFFLINE,
        choices=list(Presence.objects.filter(agents_may_set=True)),
        current_id=current.presence_id if current else None,
        capacity=capacity_of(agent).shown,
    )
