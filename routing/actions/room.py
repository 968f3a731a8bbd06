"""Whether an agent has room for an item, by the locked loads."""

from dataclasses import dataclass

from agents.models import Agent
from routing.actions.hold_capacity import lock_load, lock_profile_loads
from workstreams.models import WorkItem


@dataclass(frozen=True, kw_only=True)
class Shortage:
    """The first limit an item would pass."""

    limit: int
    used: int


def shortage(item: WorkItem, agent: Agent) -> Shortage | None:
    """The limit the item would pass, if any; locks the agent's loads.

    A profile the agent was never given has no room: a missing policy is not unlimited. The
    limits are read behind the locks: ``agent`` may be as old as the caller's first look.
    """
    load = lock_load(agent.pk)
    loads = lock_profile_loads(agent.pk, item.required_profiles)
    limit = Agent.objects.values_list("capacity_units", flat=True).get(pk=agent.pk) or 0
    if item.required_units and load.units_used + item.required_units > limit:
        return Shortage(limit=limit, used=load.units_used)
    limits = profile_limits(agent)
    for profile in item.required_profiles:
        if loads[profile].used >= limits.get(profile, 0):
            return Shortage(limit=limits.get(profile, 0), used=loads[profile].used)
    return None


def is_over_limit(item: WorkItem, agent: Agent) -> bool:
    """Whether the item would pass a limit of the agent; locks the agent's loads."""
    return shortage(item, agent) is not None


def profile_limits(agent: Agent) -> dict[int, int]:
    """The agent's limits by profile; one query."""
    held = agent.capacity_profiles.select_related("profile")
    return {each.profile_id: each.limit for each in held}
