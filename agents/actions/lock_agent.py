"""Lock an agent with the account behind, in the order that all who change people keep."""

from collections.abc import Collection

from agents.models import Agent, User
from agents.terms import Role


def lock_agent(agent: Agent, *, to_change: Collection[str]) -> Agent:
    """The agent as saved by now, for the rest of the caller's transaction.

    Where the role is about to change, the administrators come first.
    """
    if "role" in to_change:
        lock_administrators()
    user = User.objects.select_for_update(no_key=True).get(pk=agent.user_id)
    locked = Agent.objects.select_for_update(of=("self",), no_key=True).get(pk=agent.pk)
    locked.user = user
    return locked


def lock_administrators() -> None:
    """Makes changes of roles wait for each other: two administrators may demote each other."""
    list(User.objects.filter(role=Role.ADMINISTRATOR).order_by("pk").select_for_update(no_key=True))
