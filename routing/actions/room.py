"""Whether an agent has room for an item, by the locked loads."""

from collections import Counter
from datetime import datetime
from typing import Final

from agents.models import Agent, CapacityProfile
from config.prepared import Prepared
from routing.actions.hold_capacity import lock_load, lock_profile_loads
from routing.engine.excess import Excess
from routing.queries.end_of_day import counted_that_day
from workstreams.models import WorkItem

BEHIND_LOCK: Final = Prepared(
    lambda agent_id: Agent.objects.filter(pk=agent_id).order_by(), "agent_id"
)


def excess_of(
    item: WorkItem, agent: Agent, *, taken_at: datetime | None = None
) -> tuple[Excess, ...]:
    """Every limit the item would pass, none where there is room; locks the agent's loads.

    A profile the agent was never given has no room: a missing policy is not unlimited. The
    limits are read behind the locks: ``agent`` may be as old as the caller's first look. Work
    that he has by ``taken_at`` counts once a day, as ``note_day`` says.
    """
    load = lock_load(agent.pk)
    loads = lock_profile_loads(agent.pk, item.required_profiles)
    limit = BEHIND_LOCK(agent_id=agent.pk)[0].capacity_units or 0
    found = []
    if item.required_units:
        found.append(_passed("Units", limit, load.units_used, item.required_units))
    if item.required_profiles:
        limits = profile_limits(agent)
        short = [each for each in loads if loads[each].used >= limits.get(each, 0)]
        again = Counter[int]()
        if short and taken_at:
            again = counted_that_day(item, [agent.pk], taken_at)[agent.pk]
        names = dict(CapacityProfile.objects.filter(pk__in=short).values_list("pk", "name"))
        for profile in short:
            used = loads[profile].used - again[profile]
            found.append(
                _passed(names.get(profile, "A deleted profile"), limits.get(profile, 0), used, 1)
            )
    return tuple(each for each in found if each.over > 0)


def profile_limits(agent: Agent) -> dict[int, int]:
    """The agent's limits by profile; one query."""
    held = agent.capacity_profiles.select_related("profile")
    return {each.profile_id: each.limit for each in held}


def _passed(capacity: str, limit: int, used: int, need: int) -> Excess:
    return Excess(capacity=capacity, limit=limit, before=used, after=used + need)
