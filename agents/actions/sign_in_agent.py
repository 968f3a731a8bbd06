"""An agent starts work."""

from datetime import datetime

from django.db import transaction

from agents.actions.set_presence import set_presence
from agents.models import Agent, AgentPresence, Presence
from agents.terms import BasePresence


@transaction.atomic
def sign_in_agent(*, agent: Agent, now: datetime) -> AgentPresence:
    """Give an offline agent the default presence, *available* without one.

    A second browser leaves the presence that was chosen in the first.
    """
    current = AgentPresence.objects.select_for_update().filter(agent=agent).first()
    if current is not None and current.base != BasePresence.OFFLINE:
        return current
    presence = agent.default_presence or Presence.objects.get(name=BasePresence.AVAILABLE)
    return set_presence(agent=agent, presence=presence, by=None, now=now, is_manual=False)
