"""An agent goes home."""

from datetime import datetime

from agents.actions.set_presence import set_presence
from agents.models import Agent, AgentPresence, AgentWindow, Presence
from agents.terms import BasePresence


def sign_out_agent(*, agent: Agent, now: datetime) -> AgentPresence:
    """Take the agent offline, so that no work is offered to an empty chair; also one who was
    taken offline before: he does not come back by himself."""
    AgentWindow.objects.filter(agent=agent).delete()
    offline = Presence.objects.get(name=BasePresence.OFFLINE)
    return set_presence(agent=agent, presence=offline, by=None, now=now, is_manual=False)
