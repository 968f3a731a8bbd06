"""Lock an agent with the account behind, in the order that all who change people keep."""

from collections.abc import Collection
from typing import Final

from django.db import connection

from agents.exceptions import DefinitionGone
from agents.models import Agent, User
from agents.terms import Role

# As a foreign key holds a row: nobody who changes it waits.
HOLD: Final = "SELECT 1 FROM agents_agent WHERE id = %s FOR KEY SHARE"


def lock_agent(agent: Agent, *, to_change: Collection[str]) -> Agent:
    """The agent as saved by now, for the rest of the caller's transaction.

    Where the role is about to change, the administrators come first. Refuses DefinitionGone.
    """
    if "role" in to_change:
        lock_administrators()
    users = User.objects.select_for_update(no_key=True)
    user = users.filter(pk=agent.user_id).first()
    agents = Agent.objects.select_for_update(of=("self",), no_key=True)
    locked = agents.filter(pk=agent.pk).first()
    if user is None or locked is None:
        raise DefinitionGone(name=agent)
    locked.user = user
    return locked


def hold_agent(agent: Agent) -> None:
    """Against deletion only, before his load is locked: whoever deletes him locks him first, and
    then all that goes with him. Refuses DefinitionGone."""
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [agent.pk])
        if cursor.fetchone() is None:
            raise DefinitionGone(name=agent)


def hold_limits(agent: Agent) -> None:
    """What he may hold and does hold stays until the end, as whoever changes either locks his load:
    for a presence that follows from them. Before that of his presence; nothing where he never had
    work, which no limit makes busy."""
    loaded = Agent.objects.filter(pk=agent.pk, load__isnull=False).select_related("load")
    list(loaded.order_by().select_for_update(of=("load",), no_key=True))


def lock_administrators() -> None:
    """Makes changes of roles wait for each other: two administrators may demote each other."""
    list(User.objects.filter(role=Role.ADMINISTRATOR).order_by("pk").select_for_update(no_key=True))
