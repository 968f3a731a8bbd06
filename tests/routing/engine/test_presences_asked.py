"""In which presences the rules of a method may let agents have work."""

from typing import Any

import pytest

from agents.terms import BasePresence
from routing.engine.methods.condition import compile_agent_condition
from routing.engine.methods.presences import EVERY, presences_asked
from routing.engine.methods.shapes import AssignmentRuleset, CustomMethod, Step
from tests.routing.engine.methods import row
from workstreams.terms import MethodKind

ALLOWED = frozenset({BasePresence.BUSY})
PRESENCE = "agent.presence"
ITEMS = row(PRESENCE, "equals", item="workstream.allowed_presences")


def a_method(*conditions: dict[str, Any], kind: MethodKind = MethodKind.RULES) -> CustomMethod:
    steps = tuple(Step(name="", when=compile_agent_condition(each)) for each in conditions)
    rulesets = (AssignmentRuleset(name="", steps=steps),)
    return CustomMethod(id=1, name="", kind=kind, rulesets=rulesets)


CASES: dict[str, tuple[list[dict[str, Any]], Any]] = {
    "what the workstream allows": ([ITEMS], ALLOWED),
    "nothing": ([{}], EVERY),
    "one": ([row(PRESENCE, "equals", "away")], {"away"}),
    "one, however it is written": ([row(PRESENCE, "equals", " Away")], {"away"}),
    "some": ([row(PRESENCE, "in", ["AWAY", "offline"])], {"away", "offline"}),
    "all but one": ([row(PRESENCE, "not_equals", "away")], EVERY),
    "what cannot be": ([{"all": [ITEMS, row(PRESENCE, "equals", "away")]}], set()),
    "one way or another": ([{"any": [ITEMS, row(PRESENCE, "equals", "away")]}], EVERY),
    "by one rule or another": ([ITEMS, row(PRESENCE, "equals", "away")], {"busy", "away"}),
    "something else": ([row("agent.units", "greater", 0)], EVERY),
}


@pytest.mark.parametrize(("conditions", "presences"), CASES.values(), ids=CASES)
def test_a_rule_wants(conditions: list[dict[str, Any]], presences: Any) -> None:
    assert presences_asked(a_method(*conditions), ALLOWED) == presences


@pytest.mark.parametrize(
    "method", [None, a_method({}, kind=MethodKind.BEST_MATCH)], ids=["none", "match"]
)
def test_without_rules_of_ones_own_it_goes_by_the_workstream(method: CustomMethod | None) -> None:
    assert presences_asked(method, ALLOWED) == ALLOWED
