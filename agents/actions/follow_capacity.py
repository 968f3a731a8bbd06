"""Presences that follow the capacity in use."""

from datetime import datetime

from django.db import transaction

from agents.actions.set_presence import lock_presence, set_presence
from agents.models import Agent, AgentPresence, Presence
from agents.queries.agent_load import capacity_of, with_load
from agents.queries.presence_by_capacity import presence_by_capacity
from agents.terms import FOLLOWING_CAPACITY, BasePresence


@transaction.atomic
def follow_capacity(*, agent: Agent, now: datetime, ends_choice: bool) -> AgentPresence:
    """Give a signed-in agent the presence of his load, after it changed (A 14).

    A chosen *available* or *busy* lasts until work is accepted or closed (``ends_choice``); a
    chosen *do not disturb*, *away* or *offline* until its agent or a supervisor ends it.
    The caller has changed and locked the load, so two changes come one after the other.
    """
    current = lock_presence(agent, now)

    if not _follows(current, ends_choice):
        return current

    return set_by_capacity(agent, now)


def set_by_capacity(agent: Agent, now: datetime) -> AgentPresence:
    """Give an agent whose presence is locked that of the capacity in use."""
    loaded = with_load(Agent.objects.all()).get(pk=agent.pk)
    name = presence_by_capacity(capacity_of(loaded))
    presence = Presence.objects.get(name=name)
    return set_presence(agent=agent, presence=presence, by=None, now=now, is_manual=False)


def _follows(current: AgentPresence, ends_choice: bool) -> bool:
    if current.base not in FOLLOWING_CAPACITY:
        return False
    if not current.is_manual:
        return True
    return ends_choice and current.base != BasePresence.BUSY_DND
