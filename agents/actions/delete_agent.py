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
    """Delete the agent and the account.

    Refuses when work, messages or assignments name the agent: history stays; such an
    agent is disabled instead. Refuses the last administrator.
    """
    lock_administrators()
    user = User.objects.select_for_update().get(pk=agent.user_id)
    agent = Agent.objects.select_for_update(of=("self",)).get(pk=agent.pk)

    check_administrators_remain(without=user)

    record_event(
        kind="agent-deleted", agent_id=agent.pk, now=now, username=user.username, by=by.username
    )
    try:
        agent.delete()
        user.delete()
    except ProtectedError as error:
        raise AgentHasHistory(agent=user.display_name) from error
