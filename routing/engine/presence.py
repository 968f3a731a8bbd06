"""The presence of agents whose presence follows the capacity in use (A 14)."""

from agents.terms import BasePresence


def presence_in_use(
    base: BasePresence | None, *, follows: bool, is_in_use: bool
) -> BasePresence | None:
    """What routing goes by: who is available by himself is busy as soon as he holds anything.

    An offer holds capacity from the moment it is made, while the agent's own presence changes
    only when he accepts. A presence he chose himself stays until then. Nobody need be told
    apart who is full: he has no room.
    """
    if follows and is_in_use and base is BasePresence.AVAILABLE:
        return BasePresence.BUSY
    return base
