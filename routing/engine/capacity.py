"""Room: what an agent can still take, in units and in capacity profiles."""

from collections.abc import Mapping
from typing import Protocol

from routing.engine.facts import ProfileRoom


class HasLoad(Protocol):
    """Anybody with limits and use."""

    @property
    def units_limit(self) -> int | None: ...
    @property
    def units_used(self) -> int: ...
    @property
    def profiles(self) -> Mapping[str, ProfileRoom]: ...


class Needs(Protocol):
    """What an item holds: units, and one of each profile."""

    @property
    def capacity_units(self) -> int: ...
    @property
    def capacity_profiles(self) -> tuple[str, ...]: ...


def needs_units(item: Needs) -> bool:
    """Items of profile workstreams need no units; with neither, room of zero units is needed."""
    return item.capacity_units > 0 or not item.capacity_profiles


def units_free(agent: HasLoad) -> int | None:
    """Units left, negative after an override; None where the agent has no unit capacity."""
    return None if agent.units_limit is None else agent.units_limit - agent.units_used


def room(agent: HasLoad, item: Needs) -> int | None:
    """The number agents are ranked by: free units, or the least free of the needed profiles."""
    if needs_units(item):
        return units_free(agent)
    profiles = agent.profiles
    free = [profiles[name].free for name in item.capacity_profiles if name in profiles]
    return min(free) if len(free) == len(item.capacity_profiles) else None


def has_room_for(agent: HasLoad, item: Needs) -> bool:
    """Units and all profiles have room, and no blocking profile is at its limit."""
    if is_blocked(agent):
        return False
    if needs_units(item):
        free = units_free(agent)
        if free is None or free < item.capacity_units:
            return False
    wanted = item.capacity_profiles
    return not wanted or all(_takes_one(agent, name) for name in wanted)


def could_have_room_for(agent: HasLoad, item: Needs) -> bool:
    """Whether the limits let the item through with nothing else in hand: a profile that he was
    not given, or fewer units than it needs, never do."""
    profiles = agent.profiles
    if needs_units(item):
        limit = agent.units_limit
        if limit is None or limit < item.capacity_units:
            return False
    return not any(each.blocks and each.limit < 1 for each in profiles.values()) and all(
        name in profiles and profiles[name].limit >= 1 for name in item.capacity_profiles
    )


def is_blocked(agent: HasLoad) -> bool:
    """A blocking profile at its limit stops all new automatic work."""
    profiles = agent.profiles
    if not profiles:  # as of most agents: asked some ten thousand times a cycle
        return False
    return any(each.blocks and each.used >= each.limit for each in profiles.values())


def _takes_one(agent: HasLoad, name: str) -> bool:
    profile = agent.profiles.get(name)
    return profile is not None and profile.free >= 1
