"""By how much work passes an agent's limits, before and after."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from routing.engine.capacity import HasLoad, Needs
from routing.engine.facts import ProfileRoom

NEVER_GIVEN: Final = ProfileRoom(limit=0)
NOTHING: Final[Mapping[str, int]] = {}


@dataclass(frozen=True, kw_only=True)
class Excess:
    """One limit that a work item passes: units, or a profile by its name.

    ``limit`` is 0 for a profile that the agent was never given.
    """

    capacity: str
    limit: int
    before: int
    after: int

    @property
    def over(self) -> int:
        return self.after - self.limit

    @property
    def sentence(self) -> str:
        """Before, after, and by how much."""
        if not self.limit:
            return f"{self.capacity}: none allowed, {self.before} before, {self.after} with it"
        return (
            f"{self.capacity}: {self.before} of {self.limit} before,"
            f" {self.after} of {self.limit} with it, {self.over} over"
        )

    @property
    def document(self) -> dict[str, Any]:
        """As a decision keeps it."""
        return {
            "capacity": self.capacity,
            "limit": self.limit,
            "before": self.before,
            "after": self.after,
            "over": self.over,
            "sentence": self.sentence,
        }


def excess_of(
    agent: HasLoad, item: Needs, counted: Mapping[str, int] = NOTHING
) -> tuple[Excess, ...]:
    """Every limit that the item would pass, none where there is room; ``counted`` is how often it
    counts already by profile."""
    return tuple(each for each in _with_item(agent, item, counted) if each.over > 0)


def _with_item(agent: HasLoad, item: Needs, counted: Mapping[str, int]) -> Iterator[Excess]:
    used, units = agent.units_used, item.capacity_units
    if units:
        limit = agent.units_limit or 0
        yield Excess(capacity="Units", limit=limit, before=used, after=used + units)
    for name in item.capacity_profiles:
        room = agent.profiles.get(name, NEVER_GIVEN)
        used = max(room.used - counted.get(name, 0), 0)
        yield Excess(capacity=name, limit=room.limit, before=used, after=used + 1)
