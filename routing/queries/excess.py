"""By how much the last assignment of a work item passed the limits of its agent."""

from routing.engine.excess import Excess
from routing.models import RoutingDecision
from routing.terms import DecisionStage


def excess_of_last(item_id: int) -> tuple[Excess, ...]:
    """What the last assignment of the item passed; 1 query."""
    decisions = RoutingDecision.objects.filter(
        work_item_id=item_id, stage=DecisionStage.ASSIGNMENT
    ).order_by("-pk")
    last = decisions.values_list("document", flat=True).first() or {}
    names = ("capacity", "limit", "before", "after")
    return tuple(Excess(**{name: each[name] for name in names}) for each in last.get("excess", ()))
