"""Presences that follow the capacity in use."""

from datetime import datetime
from typing import Any, Final

from django.db.models import Subquery

from agents.actions.set_presence import give_presence, lock_presence
from agents.models import Agent, AgentPresence, Presence, User
from agents.queries.agent_load import (
    AgentCapacity,
    capacity_in_use,
    capacity_of_loaded,
    has_any_profile,
)
from agents.queries.presence_by_capacity import presence_by_capacity
from agents.terms import FOLLOWING_CAPACITY, BasePresence
from config.prepared import Prepared

PRESENCE: Final = Prepared(
    lambda name: Presence.objects.filter(name=name).order_by(), words=["name"]
)
# The ids of those that it may become: the built-in ones, which nobody renames.
IDS: Final[dict[str, Any]] = {
    f"id_of_{name}": Subquery(Presence.objects.filter(name=name).order_by().values("pk")[:1])
    for name in FOLLOWING_CAPACITY
}
# With the agent and his load: who gets here has locked the load, so nobody changes it meanwhile,
# and whoever changes limits looks again behind that lock.
LOCKED: Final = Prepared(
    lambda agent_id: (
        AgentPresence.objects.select_for_update(of=("self",))
        .select_related("presence", "agent__load")
        .annotate(
            has_profiles=has_any_profile("agent_id"),
            **IDS,
        )
        .filter(agent_id=agent_id)
    ),
    "agent_id",
)


def follow_capacity(
    *, agent: Agent, now: datetime, ends_choice: bool, is_there: bool = False
) -> AgentPresence:
    """Give a signed-in agent the presence of his load, after it changed (A 14).

    A chosen *available* or *busy* lasts until work is accepted or closed (``ends_choice``); a
    chosen *do not disturb*, *away* or *offline* until its agent or a supervisor ends it. Who
    changed it himself ``is_there``, and is not taken for gone any more.
    The caller has changed and locked the load, so two changes come one after the other. One
    statement where the presence stays as it is.
    """
    found = LOCKED.first(agent_id=agent.pk)
    current = found or lock_presence(agent, now)

    if is_there and current.is_set_while_gone:
        current.before = None
        current.save(update_fields=["before"])
    if not _follows(current, ends_choice):
        return current

    capacity = None
    if found is not None:
        capacity = capacity_of_loaded(found.agent, has_profiles=found.has_profiles)  # type: ignore[attr-defined]  # annotated
    return set_by_capacity(current, now, capacity, while_gone=current.is_set_while_gone)


def set_by_capacity(
    current: AgentPresence,
    now: datetime,
    capacity: AgentCapacity | None = None,
    *,
    by: User | None = None,
    while_gone: bool = False,
) -> AgentPresence:
    """Give an agent whose load and presence are locked that of the capacity in use, read unless it
    is given; ``by`` whom, where a person asked, and ``while_gone`` as ``give_presence`` says."""
    name = presence_by_capacity(capacity or capacity_in_use(current.agent_id))
    return give_presence(current, _named(name, current), now=now, by=by, while_gone=while_gone)


def _named(name: BasePresence, current: AgentPresence) -> Presence:
    """The built-in one, whose base is its name, and all else of which is read when asked for."""
    if current.presence.name == name:
        return current.presence
    if (pk := getattr(current, f"id_of_{name}", None)) is None:
        return PRESENCE(name=name)[0]
    return Presence.from_db("default", ["id", "name", "base"], [pk, name, name])


def _follows(current: AgentPresence, ends_choice: bool) -> bool:
    if current.base not in FOLLOWING_CAPACITY:
        return False
    if not current.is_manual:
        return True
    return ends_choice and current.base != BasePresence.BUSY_DND
