"""An agent goes home, or leaves one of several devices."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from agents.actions.lock_agent import hold_agent
from agents.actions.set_presence import leave, lock_presence
from agents.models import Agent, AgentPresence, AgentSession, AgentWindow


@transaction.atomic
def sign_out_agent(*, agent: Agent, now: datetime, session: UUID | None = None) -> AgentPresence:
    """Take the agent offline, so that no work is offered to an empty chair; also one who was
    taken offline before: he does not come back by himself.

    With ``session`` only that sign-in ends: who is there on another device stays as he is. The
    presence is locked before them, so of two that sign out at once the second is the last. Refuses
    DefinitionGone where he is deleted meanwhile.
    """
    hold_agent(agent)
    current = lock_presence(agent, now)
    if session is not None:
        AgentSession.objects.filter(agent=agent, key=session).delete()
        if AgentSession.objects.filter(agent=agent).living(now).exists():
            return current

    windows, _ = AgentWindow.objects.filter(agent=agent).delete()
    sessions, _ = AgentSession.objects.filter(agent=agent).delete()
    was_there = session is not None or current.is_manual or bool(windows or sessions)
    return leave(current, now=now, was_there=was_there)
