"""What is wrong with a method is named, whatever was sent."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.engine.conditions.check import TOO_DEEP
from routing.engine.methods.check import agent_condition_faults, method_faults
from routing.engine.methods.compile import compile_assignment_method
from routing.engine.methods.misread import misread, misread_entry
from routing.engine.methods.tidy import tidy_method
from tests.routing.engine.methods import a_rule, row

WORDS = (
    "name",
    "when",
    "rules",
    "order_by",
    "ruleset",
    "by",
    "field",
    "op",
    "item",
    "value",
    "all",
)
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(
        ["agent.locale", "agent.skills", "exact_match", "equals", "context.x", "capacity"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=4)
    ),
    max_leaves=25,
)
ANYBODY = {"name": "One", "rules": [a_rule("Any", row("agent.locale", "equals", "de"))]}
PARTS = ("name", "description", "kind", "prioritization", "rulesets", "selection", "weights")


@settings(max_examples=300, deadline=None)
@given(document=st.dictionaries(st.sampled_from(PARTS), ANYTHING))
def test_whatever_was_sent_is_refused_or_compiles(document):
    tidied = tidy_method(document)

    if not method_faults(tidied):
        compile_assignment_method(tidied, id=1)
        assert tidy_method(tidied) == tidied


def test_a_condition_that_is_nested_too_deeply_is_refused():
    condition: dict[str, Any] = row("agent.locale", "equals", "de")
    for _ in range(400):
        condition = {"not": condition}

    assert [each.message for each in agent_condition_faults(condition)] == [TOO_DEEP]


def test_a_text_that_cannot_be_stored_is_refused():
    document = {"name": "Ours", "description": "a\0b", "kind": "best_match"}

    assert [each.path for each in method_faults(tidy_method(document))] == ["description"]


@pytest.mark.parametrize("op", ["is_set", "is_not_set"])
def test_a_value_left_over_from_another_operator_is_no_fault(op):
    rule = a_rule("Any", row("agent.presence", op, "nowhere"))
    document = {"name": "Ours", "rulesets": [{"name": "One", "rules": [rule]}]}

    assert list(method_faults(tidy_method(document))) == []


@pytest.mark.parametrize("by", ["title", "channel", "sentiment"])
def test_items_are_not_ordered_by_what_is_neither_number_nor_date(by):
    order = {"by": by, "direction": "ascending"}
    bucket = {"name": "Gold", "when": row("priority", "greater", 3), "order_by": order}
    document = {"name": "Ours", "prioritization": [bucket], "rulesets": [ANYBODY]}

    [fault] = misread(document)

    assert fault.path == "prioritization.0.order_by.by"
    assert "neither a number nor a date" in fault.message
    assert not misread({**document, "description": "Ours alone."}, document)


@pytest.mark.parametrize("value", [False, "no", {"a": 1}])
def test_whether_somebody_works_is_asked_without_a_value(value):
    rule = a_rule("Off", {"not": row("agent.calendar", "is_working", value)})

    [fault] = misread_entry(rule, "rules.0")

    assert fault.path == "rules.0.when.all.1.not.value"


def test_skills_are_not_asked_to_contain_those_of_the_item():
    condition = {"field": "agent.skills", "op": "contains", "item": "skills"}

    [fault] = misread_entry(a_rule("Skilled", condition), "rules.0")

    assert "custom_match" in fault.message
    assert not [*misread_entry(a_rule("Not", condition | {"op": "not_contains"}), "rules.0")]
