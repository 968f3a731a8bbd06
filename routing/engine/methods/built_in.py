"""The built-in methods as custom ones: what a new method may start from, and what a test compares
with the built-in ones."""

from typing import Any, Final

from routing.engine.methods.people import EXACT_MATCH
from routing.engine.methods.shapes import Order
from workstreams.terms import AssignmentMethodName, SkillMatching

ALLOWED: Final = {
    "field": "agent.presence",
    "op": "equals",
    "item": "workstream.allowed_presences",
}
ROOM: Final = {
    "field": "agent.capacity",
    "op": "greater_or_equal",
    "item": "workstream.capacity",
}
SKILLED: Final = {"field": "agent.skills", "op": EXACT_MATCH}
ORDERS: Final[dict[str, list[dict[str, Any]]]] = {
    AssignmentMethodName.HIGHEST_CAPACITY: [{"by": Order.CAPACITY, "direction": "descending"}],
    AssignmentMethodName.ADVANCED_ROUND_ROBIN: [{"by": Order.ROUND_ROBIN}],
    AssignmentMethodName.LEAST_ACTIVE: [{"by": Order.LEAST_ACTIVE}],
}
RULESET_NAME: Final = "All items"
RULE_NAME: Final = "Agents who may take it"


def rulesets_of(method: str, matching: SkillMatching) -> list[dict[str, Any]]:
    """One ruleset of one rule that decides as the built-in method does in workstreams of this
    skill matching."""
    rows = [ALLOWED, ROOM, *([SKILLED] if matching is SkillMatching.EXACT else [])]
    closest = [{"by": Order.NEAREST}] if matching is SkillMatching.CLOSEST else []
    order = [
        {key: str(value) for key, value in each.items()} for each in (*closest, *ORDERS[method])
    ]
    rule = {"name": RULE_NAME, "when": {"all": [dict(row) for row in rows]}, "order_by": order}
    return [{"name": RULESET_NAME, "rules": [rule]}]
