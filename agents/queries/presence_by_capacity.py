"""The presence that follows from the capacity in use (A 14)."""

from agents.queries.agent_load import AgentCapacity, Capacity
from agents.terms import MOST_SESSIONS, BasePresence


def presence_by_capacity(capacity: AgentCapacity) -> BasePresence:
    """Available with nothing in use, do not disturb when all is used up, else busy.

    An agent with units and profiles is full when both are. Profiles are used up when one
    that blocks assignment is, or else all of them. With ten work items at once he is full, too.
    """
    if _is_full(capacity) or capacity.items_held >= MOST_SESSIONS:
        return BasePresence.BUSY_DND
    held = (capacity.units, *capacity.profiles, *capacity.besides)
    is_idle = not any(each.used for each in held)
    return BasePresence.AVAILABLE if is_idle else BasePresence.BUSY


def _is_full(capacity: AgentCapacity) -> bool:
    parts = []
    if _is_there(units := capacity.visible_units):
        parts.append(_is_used_up(units))
    if profiles := list(filter(_is_there, (*capacity.profiles, *capacity.besides))):
        parts.append(_are_used_up(profiles))
    return bool(parts) and all(parts)


def _are_used_up(profiles: list[Capacity]) -> bool:
    blocking = [each for each in profiles if each.blocks_assignment]
    return any(map(_is_used_up, blocking)) or all(map(_is_used_up, profiles))


def _is_there(capacity: Capacity) -> bool:
    """A limit of nothing, or none, is no capacity at all, unless something is held all the same:
    then it is negative."""
    return capacity.limit is not None and bool(capacity.limit or capacity.used)


def _is_used_up(capacity: Capacity) -> bool:
    return capacity.limit is not None and capacity.used >= capacity.limit
