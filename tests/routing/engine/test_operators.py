"""Every operator of the public contract, against live values of right and wrong types."""

from datetime import date
from typing import Any

import pytest

from routing.engine.conditions import OPERATORS, compile_condition
from tests.routing.engine.situations import NOW

GOLD = "  Gold "
MISSING: list[Any] = [None, "", "  ", [], {}]

CASES: list[tuple[str, Any, Any, bool]] = [
    ("equals", "gold", GOLD, True),
    ("equals", "gold", "golden", False),
    ("equals", 5, "5", True),
    ("equals", "5.0", 5, True),
    ("equals", "05", "5", False),
    ("equals", 5, "five", False),
    ("equals", "gold", 5, False),
    ("equals", True, "true", True),
    ("equals", True, 1, False),
    ("equals", "2025-03-01", date(2025, 3, 1), True),
    ("not_equals", "gold", "silver", True),
    ("not_equals", "gold", GOLD, False),
    ("in", ["gold", "silver"], GOLD, True),
    ("in", ["gold", 3], "3", True),
    ("in", ["gold"], "bronze", False),
    ("in", ["French", "German"], ["german", "dutch"], True),
    ("not_in", ["gold"], "bronze", True),
    ("not_in", ["gold"], GOLD, False),
    ("contains", "OLD", GOLD, True),
    ("contains", "french", ["French", "German"], True),
    ("contains", "fre", ["French"], False),
    ("contains", 4, 1234, True),
    ("not_contains", "old", "silver", True),
    ("not_contains", "old", GOLD, False),
    ("starts_with", "go", GOLD, True),
    ("starts_with", "old", GOLD, False),
    ("ends_with", "LD", GOLD, True),
    ("ends_with", "go", GOLD, False),
    ("greater", 3, 4, True),
    ("greater", 3, 3, False),
    ("greater", "3", "4", True),
    ("greater_or_equal", 3, 3, True),
    ("greater_or_equal", 3, 2, False),
    ("less", 3, 2.5, True),
    ("less", 3, 3, False),
    ("less_or_equal", 3, 3, True),
    ("less_or_equal", 3, 4, False),
    ("between", [1, 3], 3, True),
    ("between", [1, 3], 4, False),
    ("between", ["2025-03-01", "2025-03-03"], "2025-03-03T23:59:59Z", True),
    ("between", ["2025-03-01", "2025-03-03"], "2025-03-04", False),
    ("is_set", None, 0, True),
    ("is_set", None, False, True),
    ("is_not_set", None, "x", False),
    ("on_or_after", "2025-03-03", "2025-03-03T00:00:00+00:00", True),
    ("on_or_after", "2025-03-03", "2025-03-02T23:59:59Z", False),
    ("on_or_before", "2025-03-03", "2025-03-03T23:00:00", True),
    ("on_or_before", "2025-03-03", "2025-03-04", False),
    ("older_than", {"hours": 2}, "2025-03-03T09:59:00Z", True),
    ("older_than", {"hours": 2}, "2025-03-03T10:00:00Z", False),
    ("older_than", 30, "2025-03-03T11:29:00Z", True),
    ("newer_than", {"days": 1}, "2025-03-02T12:01:00Z", True),
    ("newer_than", {"days": 1, "minutes": 5}, "2025-03-02T11:54:00Z", False),
]

WRONG_TYPES: list[tuple[str, Any, Any]] = [
    ("equals", "gold", ["gold"]),
    ("not_equals", "gold", ["silver"]),
    ("contains", "a", {"a": 1}),
    ("not_contains", "a", {"a": 1}),
    ("starts_with", "a", ["a"]),
    ("greater", 3, "many"),
    ("greater", 3, True),
    ("less", 3, "nan"),
    ("less", 3, "9" * 5000),
    ("less", 3, 10**400),
    ("between", [1, 2], "one"),
    ("on_or_after", "2025-01-01", "yesterday"),
    ("on_or_before", "2025-01-01", 20250101),
    ("older_than", 5, "long ago"),
    ("newer_than", 5, ["2025-01-01"]),
]


def _named(case: tuple[Any, ...]) -> str:
    return " ".join(str(part) for part in case)[:70]


def matches(op: str, value: Any, live: Any, notes: list[str] | None = None) -> bool:
    row = {"field": "context.tier", "op": op}
    condition = compile_condition(row if value is None else {**row, "value": value})
    return condition.matches({"context": {"tier": live}}, NOW, notes)


@pytest.mark.parametrize("case", CASES, ids=_named)
def test_an_operator_compares_as_its_name_says(case):
    op, value, live, expected = case

    assert matches(op, value, live) is expected


@pytest.mark.parametrize("case", WRONG_TYPES, ids=_named)
def test_a_wrong_type_matches_nothing_and_leaves_a_note(case):
    op, value, live = case
    notes: list[str] = []

    assert matches(op, value, live, notes) is False
    assert notes[0].startswith("context tier is not")


@pytest.mark.parametrize("live", MISSING, ids=repr)
@pytest.mark.parametrize("op", OPERATORS)
def test_a_missing_value_matches_negative_operators_only(op, live):
    value = next((case[1] for case in CASES if case[0] == op), None)

    assert matches(op, value, live) is (
        op in {"not_equals", "not_in", "not_contains", "is_not_set"}
    )


def test_every_operator_stands_in_the_table():
    assert {case[0] for case in CASES} == set(OPERATORS)
