"""An agent starts work."""

from datetime import datetime
from typing import Final

from django.db import transaction

from agents.actions.follow_capacity import set_by_capacity
from agents.actions.set_presence import lock_presence, set_presence
from agents.models import Agent, AgentPresence
from agents.terms import BasePresence

# Default presences that the capacity in use replaces (A 14).
REPLACED: Final = (BasePresence.AVAILABLE, BasePresence.BUSY)


@transaction.atomic
def sign_in_agent(*, agent: Agent, now: datetime) -> AgentPresence:
    """Give an offline agent the default presence, without one that of the capacity in use.

    A second browser leaves the presence that was chosen in the first.
    """
    current = lock_presence(agent, now)
    if current.base != BasePresence.OFFLINE:
        return current
    presence = agent.default_presence
    if presence is None or presence.name in REPLACED:
        return set_by_capacity(agent, now)
    return set_presence(agent=agent, presence=presence, by=None, now=now, is_manual=False)
