"""Remove a person who never handled work."""

from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from agents.actions.edit_agent import check_administrators_remain
from agents.actions.lock_agent import lock_administrators
from agents.actions.record_event import record_event
from agents.exceptions import AgentHasHistory
from agents.models import Agent, User


@transaction.atomic
def delete_agent(*, agent: Agent, by: User, now: datetime) -> None:
    """Delete the agent and the account, if they are still there.

    Refuses when work, messages or assignments name the agent: history stays; such an
    agent is disabled instead. Refuses the last administrator.
    """
    lock_administrators()
    user = User.objects.select_for_update().filter(pk=agent.user_id).first()
    locked = Agent.objects.select_for_update(of=("self",)).filter(pk=agent.pk).first()
    if user is None or locked is None:
        return

    check_administrators_remain(without=user)

    record_event(
        kind="agent-deleted", agent_id=locked.pk, now=now, username=user.username, by=by.username
    )
    try:
        locked.delete()
        user.delete()
    except ProtectedError as error:
        raise AgentHasHistory(agent=user.display_name) from error
