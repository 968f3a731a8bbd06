"""The screen rules out what testing would, and nothing else."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.engine.choose_queue import choose_queue
from routing.engine.classify import classify
from routing.engine.conditions import OPERATORS, Condition, compile_condition
from routing.engine.configuration import RouteRule, Rule
from routing.engine.decisions import RuleOutcome
from routing.engine.screen import RuleList, Screen
from routing.engine.screen.screen import MOST_FIELDS, SORTS
from routing.terms import RuleResult
from tests.routing.engine.situations import NOW, a_workstream
from tests.routing.engine.strategies import conditions, items

TIER = {"field": "context.tier", "op": "equals", "value": "gold"}


def left(sources: list[Any], fields: Mapping[str, Any]) -> list[int]:
    bits = Screen([compile_condition(source) for source in sources]).left(fields)
    return [place for place in range(len(sources)) if bits >> place & 1]


def answer_of(condition: Condition, fields: Mapping[str, Any]) -> tuple[bool, list[str]]:
    notes: list[str] = []
    return condition.matches(fields, NOW, notes), notes


@settings(max_examples=400, deadline=None)
@given(sources=st.lists(conditions, max_size=8), fields=items)
def test_what_is_ruled_out_neither_matches_nor_leaves_a_note(sources, fields):
    compiled = [compile_condition(source) for source in sources]
    bits = Screen(compiled).left(fields)

    for place, condition in enumerate(compiled):
        if not bits >> place & 1:
            assert answer_of(condition, fields) == (False, [])


def plainly_classified(rules: tuple[Rule, ...], fields: Mapping[str, Any]) -> list[RuleOutcome]:
    """Each rule tested in order until one matches, as the reference says it (A 5)."""
    outcomes, is_decided = [], False
    for rule in rules:
        notes: list[str] = []
        result = RuleResult.NOT_PROCESSED
        if not is_decided:
            is_decided, notes = answer_of(rule.when, fields)
            result = RuleResult.APPLIED if is_decided else RuleResult.PROCESSED
        outcomes.append(RuleOutcome(name=rule.name, result=result, note="; ".join(notes)))
    return outcomes


def plainly_routed(rules: tuple[RouteRule, ...], fields: Mapping[str, Any]) -> list[RuleOutcome]:
    """Every rule tested, the first match applied (A 6)."""
    outcomes, is_chosen = [], False
    for rule in rules:
        matched, notes = answer_of(rule.when, fields)
        result = RuleResult.MATCHED if is_chosen else RuleResult.APPLIED
        is_chosen = is_chosen or matched
        result = result if matched else RuleResult.PROCESSED
        outcomes.append(RuleOutcome(name=rule.name, result=result, note="; ".join(notes)))
    return outcomes


@settings(max_examples=400, deadline=None)
@given(sources=st.lists(conditions, min_size=1, max_size=8), fields=items)
def test_a_list_decides_as_if_every_rule_were_tested_notes_included(sources, fields):
    names = [{"name": f"rule {number}", "when": when} for number, when in enumerate(sources)]
    workstream = a_workstream(
        classification=[{"name": "one", "rules": [rule | {"then": {}} for rule in names]}],
        route_to_queue=[rule | {"queues": [{"queue": "A"}]} for rule in names],
    )
    [ruleset] = workstream.classification
    seen = {**fields, "skills": [], "priority": 0}

    classified = classify([ruleset], fields, now=NOW)
    routed = choose_queue(
        workstream.route_to_queue, seen, now=NOW, draw_key="1", fallback_queue="F",
        known_queues=["A"],
    )  # fmt: skip

    assert list(classified.stages[0].rules) == plainly_classified(tuple(ruleset.rules), seen)
    assert list(routed.stages[0].rules) == plainly_routed(tuple(workstream.route_to_queue), seen)


RULED_OUT = [
    ("equals", "gold", "silver"),
    ("not_equals", "gold", "GOLD "),
    ("in", ["gold", 5], 6),
    ("not_in", ["gold", 5], "5"),
    ("contains", "old", "silver"),
    ("not_contains", "old", "Gold"),
    ("starts_with", "go", "old"),
    ("ends_with", "ld", "go"),
    ("greater", 5, 5),
    ("greater_or_equal", 5, 4.9),
    ("less", 5, "5"),
    ("less_or_equal", 5, 6),
    ("between", [1, 5], 0),
    ("is_set", None, ""),
    ("is_not_set", None, 0),
]


@pytest.mark.parametrize(("op", "value", "live"), RULED_OUT, ids=lambda part: str(part))
def test_a_row_that_fails_rules_out_its_rule(op, value, live):
    row = {"field": "context.a", "op": op} | ({} if value is None else {"value": value})
    condition = {"all": [TIER, {"any": [row]}]}

    assert left([condition, TIER], {"context": {"tier": "gold", "a": live}}) == [1]


def test_every_sort_of_row_that_can_be_looked_up_is():
    dates = {"between", "on_or_after", "on_or_before", "older_than", "newer_than"}

    assert {row[0] for row in RULED_OUT} | dates == set(OPERATORS)
    assert set(SORTS) == set(OPERATORS) - dates


NOT_RULED_OUT = [
    ("one of two may hold", {"any": [TIER, {**TIER, "value": "iron"}]}),
    ("a negation", {"not": TIER}),
    ("nothing asked", {}),
    ("dates are tested", {"field": "context.tier", "op": "on_or_after", "value": "2025-01-01"}),
]


@pytest.mark.parametrize("source", [c[1] for c in NOT_RULED_OUT], ids=[c[0] for c in NOT_RULED_OUT])
def test_what_a_look_cannot_tell_is_tested(source):
    assert left([source], {"context": {"tier": "silver"}}) == [0]


def test_a_rule_that_reads_a_wrong_type_is_tested_so_that_its_note_is_kept():
    many = {"field": "context.count", "op": "greater", "value": 3}
    fields = {"context": {"tier": "silver", "count": "many"}}

    assert left([{"all": [TIER, {"any": [many, TIER]}]}, TIER], fields) == [0]


def test_rules_over_rarely_read_fields_are_tested():
    common = [{"field": f"context.f{n}", "op": "is_set"} for n in range(MOST_FIELDS)]
    rare = {"all": [{"field": "context.rare", "op": "is_set"}, common[0]]}

    assert left([*common, *common, rare], {}) == [2 * MOST_FIELDS]


def test_a_list_is_worked_out_once():
    rules = RuleList(a_workstream(route_to_queue=[]).route_to_queue)

    assert RuleList.of(rules) is rules
    assert rules.outcomes(RuleResult.PROCESSED) is rules.outcomes(RuleResult.PROCESSED)
