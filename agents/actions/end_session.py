"""A sign-in that was never ended is over."""

from datetime import datetime

from django.db import transaction

from agents.actions.set_presence import leave, lock_presence
from agents.models import Agent, AgentSession, AgentWindow


@transaction.atomic
def end_session(*, session_id: int, now: datetime) -> bool:
    """Forget a sign-in whose cookie is over; False when it is there still, or gone already.

    Pages with scripts tell when their agent is gone: their windows stay, for ``take_offline`` to
    find him by. Without any, the end of the cookie is what tells it: he is taken offline, unless he
    is there by another one.
    """
    session = AgentSession.objects.filter(pk=session_id).first()
    if session is None:
        return False
    agent = Agent.objects.select_related("user").get(pk=session.agent_id)
    current = lock_presence(agent, now)
    over = AgentSession.objects.over(now).filter(pk=session_id)
    AgentWindow.objects.filter(session__in=over).update(session=None)
    if not over.delete()[0]:
        return False
    if not session.has_told and not _is_there(agent, now):
        leave(current, now=now)
    return True


def _is_there(agent: Agent, now: datetime) -> bool:
    by_session = AgentSession.objects.filter(agent=agent).living(now)
    return by_session.exists() or AgentWindow.objects.filter(agent=agent).living(now).exists()
