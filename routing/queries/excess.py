"""By how much work passes an agent's limits, before and after."""

from dataclasses import dataclass
from typing import Any

from routing.models import RoutingDecision
from routing.terms import DecisionStage


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


def excess_of_last(item_id: int) -> tuple[Excess, ...]:
    """What the last assignment of the item passed; 1 query."""
    decisions = RoutingDecision.objects.filter(
        work_item_id=item_id, stage=DecisionStage.ASSIGNMENT
    ).order_by("-pk")
    last = decisions.values_list("document", flat=True).first() or {}
    names = ("capacity", "limit", "before", "after")
    return tuple(Excess(**{name: each[name] for name in names}) for each in last.get("excess", ()))
