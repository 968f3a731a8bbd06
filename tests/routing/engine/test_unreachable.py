"""Rules that can never match: what is said of them is true of every item."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from routing.engine.conditions import compile_condition
from routing.engine.configuration import Outputs, Rule
from routing.engine.coverage.unreachable import looked_at, unreachable
from tests.routing.engine.strategies import conditions, items

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def rule(when, name="rule"):
    return Rule(name=name, when=compile_condition(when), then=Outputs())


def row(op, value=None, field="context.x"):
    return {"field": field, "op": op} | ({} if value is None else {"value": value})


def found(*conditions):
    return [
        (each.index, each.shadowed_by)
        for each in unreachable([looked_at(rule(one)) for one in conditions])
    ]


@pytest.mark.parametrize(
    "condition",
    [
        {"all": [row("equals", "gold"), row("equals", "silver")]},
        {"all": [row("equals", 5), row("greater", 7)]},
        {"all": [row("greater", 7), row("less", 7)]},
        {"all": [row("between", [1, 5]), row("greater_or_equal", 6)]},
        {"all": [row("in", ["a", "b"]), row("equals", "c")]},
        {"all": [row("equals", "a"), row("not_in", ["A ", "b"])]},
        {"all": [row("is_set"), row("is_not_set")]},
        {"all": [row("is_not_set"), row("equals", "a")]},
        {"all": [row("on_or_after", "2026-03-02"), row("on_or_before", "2026-03-01")]},
        {"all": [row("older_than", {"days": 2}), row("newer_than", {"days": 1})]},
        {"all": [row("starts_with", "ab"), row("starts_with", "b")]},
        {"not": {"any": []}},
        {"all": [row("contains", "vip"), {"not": row("contains", "VIP")}]},
        {"all": [row("greater", 3), {"any": [row("less", 2), row("is_not_set")]}]},
    ],
    ids=str,
)
def test_a_contradiction_is_found(condition):
    assert found(condition) == [(0, None)]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ({}, row("equals", "gold")),
        (row("is_set"), row("equals", "gold")),
        (row("in", ["gold", "silver"]), row("equals", "Gold")),
        (row("greater", 3), row("greater", 5)),
        (row("greater", 3), row("equals", 5)),
        (row("not_equals", "a"), row("equals", "b")),
        (row("not_equals", 3), row("greater", 5)),
        (row("on_or_after", "2026-01-01"), row("between", ["2026-02-01", "2026-02-05"])),
        (row("older_than", {"days": 1}), row("older_than", {"hours": 25})),
        (row("starts_with", "a"), row("starts_with", "ab")),
        ({}, {"all": []}),
        (row("ends_with", "b"), row("ends_with", "ab")),
        (
            {"any": [row("equals", "a"), row("equals", "b")]},
            {"all": [row("equals", "a"), row("is_set", field="title")]},
        ),
        ({"not": row("equals", "a")}, row("is_not_set")),
        ({"not": row("greater", 5)}, {"not": row("greater", 3)}),
    ],
    ids=str,
)
def test_a_shadow_is_found(earlier, later):
    assert found(earlier, later) == [(1, 0)]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (row("equals", "5"), row("equals", 5)),
        (row("equals", "gold"), row("equals", "gold", field="context.y")),
        (row("contains", "a"), row("in", ["abc"])),
        (row("greater", 5), row("greater", 3)),
        ({"not": row("greater", 3)}, {"not": row("greater", 5)}),
        (row("not_equals", "a"), row("is_set")),
        (row("older_than", {"days": 2}), row("older_than", {"days": 1})),
    ],
    ids=str,
)
def test_what_can_match_is_never_reported(earlier, later):
    assert found(earlier, later) == []


WORDS = ["a", "A ", "ab", "b", "abc", "5", "5.0", "+5", "7", "true", "False", "2026-03-01", "x y"]
TEXTS = st.sampled_from([*WORDS, "2026-03-01T00:00Z", "", " "])
PLAIN = TEXTS.filter(str.strip) | st.sampled_from([5, 5.0, 7, 0, -1, True, False, 6.5])
NUMBERS = st.sampled_from([0, 3, 5, 5.0, 6.5, 7, "5", "7.0"])
DAYS = ["2026-02-28", "2026-03-01", "2026-03-01T00:00Z", "2026-03-01T12:00+01:00", "2026-03-02"]
DATES = st.sampled_from(DAYS)
AGES = st.sampled_from([{"days": 1}, {"hours": 24}, {"hours": 12}, 30])
VALUES = {
    **dict.fromkeys(("equals", "not_equals"), PLAIN),
    **dict.fromkeys(("in", "not_in"), st.lists(PLAIN, min_size=1, max_size=3)),
    **dict.fromkeys(("contains", "not_contains", "starts_with", "ends_with"), PLAIN),
    **dict.fromkeys(("greater", "greater_or_equal", "less", "less_or_equal"), NUMBERS),
    "between": st.tuples(NUMBERS, NUMBERS).map(list) | st.tuples(DATES, DATES).map(list),
    **dict.fromkeys(("on_or_after", "on_or_before"), DATES),
    **dict.fromkeys(("older_than", "newer_than"), AGES),
    **dict.fromkeys(("is_set", "is_not_set"), st.none()),
}
ROWS = st.sampled_from(sorted(VALUES)).flatmap(lambda op: VALUES[op].map(partial(row, op)))
SCALARS = (
    st.none()
    | TEXTS
    | st.sampled_from([5, 5.0, 6, 6.5, 7, 8, 0, -1, True, False, 2**60])
    | DATES
    | st.integers(-60, 60).map(lambda hours: NOW + timedelta(hours=hours))
    | st.integers(-60, 60).map(lambda hours: (NOW + timedelta(hours=hours)).isoformat())
    | st.dates(date(2026, 2, 27), date(2026, 3, 3))
)
LIVE = SCALARS | st.lists(SCALARS, max_size=3) | st.dictionaries(TEXTS, SCALARS, max_size=1)


@settings(max_examples=150, deadline=None)
@given(
    rules=st.lists(conditions, min_size=1, max_size=4),
    fields=st.lists(items, min_size=10, max_size=20),
    hours=st.integers(-60, 60),
)
def test_a_rule_that_is_called_unreachable_never_applies(rules, fields, hours):
    compiled = [rule(when) for when in rules]
    dead = {each.index for each in unreachable([looked_at(one) for one in compiled])}
    assume(dead)
    now = NOW + timedelta(hours=hours)

    for item in fields:
        first = next((i for i, one in enumerate(compiled) if one.when.matches(item, now)), None)
        assert first not in dead


@settings(max_examples=200, deadline=None)
@given(
    rows=st.lists(ROWS.map(lambda one: one | {"field": "context.x"}), min_size=1, max_size=3),
    later=ROWS.map(lambda one: one | {"field": "context.x"}),
    values=st.lists(LIVE, min_size=30, max_size=60),
    negates=st.lists(st.booleans(), min_size=4, max_size=4),
)
def test_what_follows_on_one_field_follows_for_every_value(rows, later, values, negates):
    """Many rows on the same field, where all reasoning is."""
    group = [{"not": one} if no else one for one, no in zip(rows, negates, strict=False)]
    wanted = {"not": later} if negates[3] else later
    earlier, second = rule(wanted), rule({"all": group})
    dead = {each.index for each in unreachable([looked_at(earlier), looked_at(second)])}
    assume(dead)

    for value in values:
        fields = {"context": {"x": value}}
        if 1 in dead and second.when.matches(fields, NOW):
            assert earlier.when.matches(fields, NOW), (wanted, group, value)
        if 0 in dead:
            assert not earlier.when.matches(fields, NOW), (wanted, value)
