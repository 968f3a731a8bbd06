"""End a chosen presence, or one that the system set."""

from datetime import datetime

from django.db import transaction

from agents.actions.follow_capacity import set_by_capacity
from agents.actions.lock_agent import hold_agent, hold_limits
from agents.actions.set_presence import lock_presence
from agents.exceptions import NotSignedIn
from agents.models import Agent, AgentPresence, User
from agents.terms import BasePresence


@transaction.atomic
def reset_presence(*, agent: Agent, by: User, now: datetime) -> AgentPresence:
    """Back to the presence of the capacity in use (A 12, A 14). Refuses NotSignedIn, and
    DefinitionGone where he is deleted meanwhile."""
    hold_agent(agent)
    hold_limits(agent)
    current = lock_presence(agent, now)

    if current.base == BasePresence.OFFLINE:
        raise NotSignedIn(agent=str(agent))

    while_gone = by.pk != agent.user_id and current.is_set_while_gone
    return set_by_capacity(current, now, by=by, while_gone=while_gone)
