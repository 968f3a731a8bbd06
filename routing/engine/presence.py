"""The presence of agents whose presence follows the capacity in use (A 14)."""

from collections.abc import Collection
from typing import Final

from agents.terms import FOLLOWING_CAPACITY, MOST_SESSIONS, BasePresence

# From the one to the next with what an agent is given.
WITH_MORE_WORK: Final = (BasePresence.AVAILABLE, BasePresence.BUSY, BasePresence.BUSY_DND)


def presence_in_use(
    base: BasePresence | None, *, follows: bool, is_in_use: bool, items_held: int
) -> BasePresence | None:
    """What routing goes by: who is available by himself is busy as soon as he holds anything, and
    not to be disturbed as soon as he holds as many work items as one may.

    An offer holds capacity from the moment it is made, while the agent's own presence changes
    only when he accepts. A presence he chose himself stays until then. Nobody need be told
    apart whose limits are reached: he has no room.
    """
    if not follows:
        return base
    if items_held >= MOST_SESSIONS and base in FOLLOWING_CAPACITY:
        return BasePresence.BUSY_DND
    if is_in_use and base is BasePresence.AVAILABLE:
        return BasePresence.BUSY
    return base


def is_only_lost(allowed: Collection[BasePresence]) -> bool:
    """Whether work may only take an agent out of these presences, never bring him among them."""
    among = [each in allowed for each in WITH_MORE_WORK]
    return among == sorted(among, reverse=True)
