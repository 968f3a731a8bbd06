"""The agents nobody sits at, and their coming and going."""

from datetime import datetime, timedelta
from random import Random
from typing import Final

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from agents.actions.set_presence import set_presence
from agents.actions.sign_out_agent import sign_out_agent
from agents.models import Agent, AgentPresence, Presence
from agents.terms import BasePresence
from routing.demo.people import AGENTS
from routing.demo.timing import is_due

RECENTLY: Final = timedelta(minutes=15)
ARRIVING_AT_ONCE: Final = 3
CHANCE_OF_A_BREAK: Final = 0.001
BREAK_SECONDS: Final = (60.0, 240.0)


def free_agents(now: datetime) -> list[Agent]:
    """Enabled demo agents whom no person is, or was a moment ago, signed in as."""
    usernames = [person.username for person in AGENTS]
    agents = Agent.objects.filter(user__username__in=usernames, is_enabled=True)
    signed_in = _signed_in(now)
    return [
        agent
        for agent in agents.select_related("user", "presence__presence", "load")
        if agent.user_id not in signed_in and not _was_just_here(agent, now)
    ]


def come_and_go(agents: list[Agent], *, random: Random, now: datetime) -> int:
    """Some come to work, some go for lunch and return; presences people chose stay."""
    moves = 0
    for agent in agents:
        wanted = _wanted_presence(agent, random, now, may_come=moves < ARRIVING_AT_ONCE)
        if wanted is not None:
            _set(agent, wanted, now)
            moves += 1
    return moves


def go_home(agents: list[Agent], *, now: datetime) -> int:
    """Everybody the traffic brought in leaves."""
    staying = [agent for agent in agents if _presence(agent) is not None and not _is_away(agent)]
    for agent in staying:
        sign_out_agent(agent=agent, now=now)
    return len(staying)


def _wanted_presence(agent: Agent, random: Random, now: datetime, *, may_come: bool) -> str | None:
    current = _presence(agent)
    if current is None or (current.base == BasePresence.OFFLINE and not current.is_manual):
        return "available" if may_come else None
    if current.is_manual:
        return None
    if current.presence.name == "lunch":
        key = f"lunch-{agent.pk}-{current.since}"
        return "available" if is_due(current.since, now, key, BREAK_SECONDS) else None
    return "lunch" if random.random() < CHANCE_OF_A_BREAK else None


def _set(agent: Agent, name: str, now: datetime) -> None:
    presence = Presence.objects.filter(name=name).first()
    if presence is not None:
        set_presence(agent=agent, presence=presence, by=None, now=now, is_manual=False)


def _presence(agent: Agent) -> AgentPresence | None:
    return getattr(agent, "presence", None)


def _is_away(agent: Agent) -> bool:
    """Offline already, or by somebody's choice what it is."""
    return agent.presence.base == BasePresence.OFFLINE or agent.presence.is_manual


def _signed_in(now: datetime) -> set[int]:
    sessions = Session.objects.filter(expire_date__gt=now)
    return {int(user) for each in sessions if (user := each.get_decoded().get(SESSION_KEY))}


def _was_just_here(agent: Agent, now: datetime) -> bool:
    return agent.user.last_login is not None and agent.user.last_login > now - RECENTLY
