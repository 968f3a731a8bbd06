"""Classification: first match of each ruleset, outputs, chaining."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.engine.classify import classify
from routing.engine.configuration import Ruleset
from routing.engine.facts import RequiredSkill
from routing.terms import RuleResult
from tests.routing.engine.situations import NOW, a_workstream, required

ALWAYS: dict[str, Any] = {}
NEVER = {"field": "title", "op": "equals", "value": "nothing has this title"}


def rule(name: str, when: Any = ALWAYS, **then: Any) -> dict[str, Any]:
    return {"name": name, "when": when, "then": then}


def rulesets(*lists: list[dict[str, Any]]) -> tuple[Ruleset, ...]:
    documents = [
        {"name": f"Ruleset {number}", "kind": "logical", "rules": rules}
        for number, rules in enumerate(lists)
    ]
    compiled: tuple[Ruleset, ...] = a_workstream(classification=documents).classification
    return compiled


def test_the_first_matching_rule_acts_and_the_rest_is_not_processed():
    lists = rulesets([rule("a", NEVER, priority=1), rule("b", priority=2), rule("c", priority=3)])

    result = classify(lists, {"title": "Refund"}, now=NOW)

    assert result.priority == 2
    assert [outcome.result for outcome in result.stages[0].rules] == [
        RuleResult.PROCESSED,
        RuleResult.APPLIED,
        RuleResult.NOT_PROCESSED,
    ]


def test_a_later_ruleset_reads_what_an_earlier_one_wrote():
    vip = {"field": "attributes.vip", "op": "equals", "value": True}
    french = {"field": "skills", "op": "contains", "value": "french"}
    lists = rulesets(
        [rule("a", set={"attributes.vip": True}, skills=[{"skill": "French", "rating": 3}])],
        [rule("b", {"all": [vip, french]}, priority=9, capacity_profiles=["High"])],
    )

    result = classify(lists, {"attributes": {"kept": 1}}, now=NOW, profiles=["Day"])

    assert result.fields["attributes"] == {"kept": 1, "vip": True}
    assert result.profiles == ("Day", "High")
    assert result.priority == result.fields["priority"] == 9


def test_a_rule_does_not_see_its_own_ruleset_and_the_given_fields_stay_as_they_were():
    fields = {"context": {"tier": "gold"}}

    result = classify(rulesets([rule("a", set={"context.tier": "iron"})]), fields, now=NOW)

    assert fields == {"context": {"tier": "gold"}}
    assert result.fields["context"] == {"tier": "iron"}


def test_skills_are_appended_and_a_later_rating_replaces_the_earlier():
    lists = rulesets([rule("a", skills=[{"skill": "French", "rating": 4}, {"skill": "Tax"}])])

    result = classify(lists, {}, now=NOW, skills=required("French", "Phone", rating=2))

    assert result.skills == (
        RequiredSkill(skill="French", rating=4),
        RequiredSkill(skill="Phone", rating=2),
        RequiredSkill(skill="Tax"),
    )
    assert classify(lists, {}, now=NOW, skills=result.skills).skills == result.skills


@pytest.mark.parametrize("value", [3, "high"])
def test_priority_can_be_set_as_a_field(value):
    result = classify(rulesets([rule("a", set={"priority": value})]), {}, now=NOW, priority=1)

    assert result.priority == (3 if value == 3 else 1)


def test_a_value_of_a_wrong_type_is_noted_at_its_rule():
    many = {"field": "context.count", "op": "greater", "value": 1}

    result = classify(rulesets([rule("a", many)]), {"context": {"count": "many"}}, now=NOW)

    assert result.stages[0].rules[0].note == "context count is not a number"


@given(st.lists(st.booleans(), max_size=12))
def test_first_match_wins_whatever_the_order(matching):
    rules = [
        rule(str(index), ALWAYS if matches else NEVER, priority=index + 1)
        for index, matches in enumerate(matching)
    ]

    result = classify(rulesets(rules), {"title": "Refund"}, now=NOW)

    first = matching.index(True) + 1 if any(matching) else 0
    applied = [r.name for r in result.stages[0].rules if r.result is RuleResult.APPLIED]
    assert result.priority == first
    assert applied == ([str(first - 1)] if first else [])
