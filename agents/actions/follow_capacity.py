"""Presences that follow the capacity in use."""

from datetime import datetime
from typing import Final

from agents.actions.set_presence import give_presence, lock_presence
from agents.models import Agent, AgentPresence, Presence
from agents.queries.agent_load import capacity_in_use
from agents.queries.presence_by_capacity import presence_by_capacity
from agents.terms import FOLLOWING_CAPACITY, BasePresence
from config.prepared import Prepared

PRESENCE: Final = Prepared(
    lambda name: Presence.objects.filter(name=name).order_by(), words=["name"]
)


def follow_capacity(*, agent: Agent, now: datetime, ends_choice: bool) -> AgentPresence:
    """Give a signed-in agent the presence of his load, after it changed (A 14).

    A chosen *available* or *busy* lasts until work is accepted or closed (``ends_choice``); a
    chosen *do not disturb*, *away* or *offline* until its agent or a supervisor ends it.
    The caller has changed and locked the load, so two changes come one after the other. Two
    statements where the presence stays as it is.
    """
    current = lock_presence(agent, now)

    if not _follows(current, ends_choice):
        return current

    return set_by_capacity(current, now)


def set_by_capacity(current: AgentPresence, now: datetime) -> AgentPresence:
    """Give an agent whose presence is locked that of the capacity in use."""
    name = presence_by_capacity(capacity_in_use(current.agent_id))
    is_same = current.presence.name == name
    presence = current.presence if is_same else PRESENCE(name=name)[0]
    return give_presence(current, presence, now=now)


def _follows(current: AgentPresence, ends_choice: bool) -> bool:
    if current.base not in FOLLOWING_CAPACITY:
        return False
    if not current.is_manual:
        return True
    return ends_choice and current.base != BasePresence.BUSY_DND
