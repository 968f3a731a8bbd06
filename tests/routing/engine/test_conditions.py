"""Groups, depth, words and faults of conditions."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.engine.conditions import (
    ConditionError,
    check_condition,
    compile_condition,
    describe,
    validate,
)
from routing.engine.conditions.check import MAXIMUM_DEPTH, MAXIMUM_ROWS
from routing.engine.conditions.limits import MAXIMUM_LINKS
from tests.routing.engine.situations import NOW

GOLD = {"field": "context.tier", "op": "equals", "value": "gold"}
FRENCH = {"field": "skills", "op": "contains", "value": "French"}
GREATER = {"field": "priority", "op": "greater", "value": 3}
FIELDS: dict[str, Any] = {"context": {"tier": "gold"}, "skills": ["Dutch"], "priority": "high"}

GROUPS: list[tuple[str, Any, bool]] = [
    ("none", None, True),
    ("empty", {}, True),
    ("empty all", {"all": []}, True),
    ("empty any", {"any": []}, True),
    ("all of two", {"all": [GOLD, FRENCH]}, False),
    ("any of two", {"any": [GOLD, FRENCH]}, True),
    ("not", {"not": FRENCH}, True),
    ("not not", {"not": {"not": GOLD}}, True),
    ("not of a wrong type", {"not": GREATER}, False),
    ("name with a dot", {"field": "record.a.b", "op": "is_set"}, True),
    ("two levels", {"field": "customer.address.city", "op": "is_set"}, True),
    ("unknown name", {"field": "case.nothing.there", "op": "is_set"}, False),
]

FAULTS: list[tuple[str, Any, str]] = [
    ("a list", [], "when"),
    ("a text", "gold", "when"),
    ("two groups", {"all": [], "any": []}, "when"),
    ("unknown group", {"none": []}, "when"),
    ("group without list", {"all": GOLD}, "when.all"),
    ("unknown field", {"all": [{**GOLD, "field": "planet"}]}, "when.all.0.field"),
    ("group without name", {**GOLD, "field": "context."}, "when.field"),
    ("unknown operator", {"not": {**GOLD, "op": "matches"}}, "when.not.op"),
    ("operator of a wrong type", {**GOLD, "op": ["equals"]}, "when.op"),
    ("no value", {"field": "title", "op": "equals"}, "when.value"),
    ("blank value", {**GOLD, "value": " "}, "when.value"),
    ("not a number", {**GREATER, "value": "x"}, "when.value"),
    ("no list", {**GOLD, "op": "in", "value": "gold"}, "when.value"),
    ("empty list", {**GOLD, "op": "in", "value": []}, "when.value"),
    ("half a range", {**GOLD, "op": "between", "value": [1]}, "when.value"),
    ("mixed range", {**GOLD, "op": "between", "value": [1, "2025-01-01"]}, "when.value"),
    ("no date", {**GOLD, "op": "on_or_after", "value": "soon"}, "when.value"),
    ("unknown unit", {**GOLD, "op": "older_than", "value": {"weeks": 1}}, "when.value"),
    ("endless age", {**GOLD, "op": "older_than", "value": {"days": 1e300}}, "when.value"),
    ("extra key", {**GOLD, "regex": "x"}, "when.regex"),
]


def nested(depth: int) -> dict[str, Any]:
    condition: dict[str, Any] = GOLD
    for _ in range(depth - 1):
        condition = {"not": condition}
    return condition


@pytest.mark.parametrize(
    ("source", "expected"), [case[1:] for case in GROUPS], ids=[case[0] for case in GROUPS]
)
def test_groups_join_their_rows(source, expected):
    fields = {**FIELDS, "record": {"a.b": 1}, "customer": {"address": {"city": "Ghent"}}}

    assert compile_condition(source).matches(fields, NOW) is expected


@pytest.mark.parametrize(
    ("source", "path"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS]
)
def test_a_fault_is_named_with_its_path(source, path):
    assert path in [finding.path for finding in validate(source)]
    with pytest.raises(ConditionError) as refused:
        compile_condition(source)
    assert refused.value.path.startswith("when")


def test_a_condition_thirty_deep_is_refused_with_its_path():
    with pytest.raises(ConditionError) as refused:
        compile_condition(nested(30))

    assert refused.value.path == "when" + ".not" * MAXIMUM_DEPTH
    assert compile_condition(nested(MAXIMUM_DEPTH)) is not None


def test_a_condition_nested_without_end_is_refused_and_not_followed():
    assert validate(nested(100_000))[0].message.startswith("Conditions are nested at most")


def test_a_condition_has_a_greatest_number_of_rows():
    assert validate({"any": [GOLD] * (MAXIMUM_ROWS + 1)})
    assert not validate({"any": [GOLD] * MAXIMUM_ROWS})


def test_describe_reads_as_a_sentence():
    condition = {
        "all": [
            GOLD,
            {"any": [FRENCH, {"not": GREATER}]},
            {"field": "case.opened_at", "op": "older_than", "value": {"days": 2}},
            {"field": "channel", "op": "in", "value": ["sms", "line"]},
            {"field": "priority", "op": "between", "value": [1, 3]},
            {"field": "contact.email", "op": "is_not_set"},
        ]
    }

    assert describe(condition) == (
        "context tier equals gold and (skills contains French or not (priority is greater "
        "than 3)) and case opened at is older than 2 days and channel is one of sms, line and "
        "priority is between 1 and 3 and contact email is not set"
    )
    assert describe({}) == describe(None) == "always"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
    max_leaves=12,
)
ROWS = st.fixed_dictionaries(
    {
        "field": st.sampled_from(["title", "skills", "context.x"]),
        "value": JSON,
        "op": st.sampled_from(
            [
                "equals",
                "in",
                "contains",
                "greater",
                "between",
                "older_than",
                "on_or_before",
                "not_contains",
                "is_set",
            ]
        ),
    }
)


@given(source=JSON | ROWS, live=JSON)
def test_any_document_compiles_or_has_findings_and_never_fails_on_a_live_item(source, live):
    if validate(source):
        return

    condition = compile_condition(source)

    assert condition.matches({"title": live, "context": {"x": live}, "skills": live}, NOW) in (
        True,
        False,
    )
    assert describe(source)


def about(*paths: str) -> list[dict[str, Any]]:
    return [{"field": path, "op": "is_set"} for path in paths]


EXCESSES: list[tuple[str, Any, str]] = [
    ("three levels", {"all": about("case.contact.account.name")}, "when.all.0.field"),
    ("a long name", {"not": about("context." + "x" * 200)[0]}, "when.not.field"),
    ("100 KB", {**GOLD, "value": "x" * 100_000}, "when.value"),
    ("a long list", {"all": [{**GOLD, "op": "in", "value": ["x" * 99] * 50}]}, "when.all.0.value"),
    ("a long half of a list", {**GOLD, "op": "in", "value": ["x", "y" * 4001]}, "when.value"),
    ("15 links", {"any": [{"all": about("contact.name")}] * 15}, "when"),
    ("15 links by 8 groups", {"any": [{"all": about("case.contact.name")}] * 8}, "when"),
    ("30 levels", nested(30), "when" + ".not" * MAXIMUM_DEPTH),
]


@pytest.mark.parametrize(
    ("source", "path"), [case[1:] for case in EXCESSES], ids=[case[0] for case in EXCESSES]
)
def test_what_is_too_much_is_refused_before_it_is_saved(source, path):
    [finding] = check_condition(source)

    assert finding.path == path
    assert finding.message.endswith(".")


def test_rows_of_a_group_go_to_a_related_record_together():
    together = about("contact.name", "contact.email", "contact.account.name")
    apart = [{"all": together}] * (MAXIMUM_LINKS // 2)

    assert check_condition({"any": apart}) == []
    assert check_condition({"any": [*apart, *about("account.name")]}) != []
    assert check_condition({"all": about("record.title", "context.a", "customer.name")}) == []
    assert check_condition({"all": about("record.contact.account.name")}) == []


def test_a_stored_condition_that_is_too_much_still_works():
    long = {**GOLD, "value": "x" * 5000}

    assert compile_condition(long).matches(FIELDS, NOW) is False
