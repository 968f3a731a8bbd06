"""Every operator against every sort of live value: one table to read."""

from typing import Any

import pytest

from routing.engine.conditions import OPERATORS, compile_condition
from routing.engine.screen import Screen
from tests.routing.engine.situations import NOW

LIVES: dict[str, Any] = {
    # nothing there
    "null": None,
    "blank": " \t",
    # texts
    "word": "Gold",
    "spaced": "  gOLD ",
    "another": "golden age",
    # what reads as a number, and true
    "numeral": "5",
    "padded": " 05.0 ",
    "whole": 5,
    "float": 5.5,
    "true": True,
    # lists and objects
    "words": ["Gold", "iron"],
    "numbers": [5, 7],
    "nested": [["gold"]],
    "object": {"a": 1},
    # dates: a day, 04:30 on the next day in UTC, without a zone
    "day": "2025-03-01",
    "zoned": "2025-03-01T23:30:00-05:00",
    "naive": "2025-03-01T12:00",
    # what should not come, and does
    "huge": 10**400,
    "digits": "9" * 5000,
    "nan": float("nan"),
    "infinite": "inf",
    "long": "gold " * 20_000,
    "half a pair": "gold\ud800",
    "nul": "gold\0",
}
# y matches, . does not, ! does not and leaves a note; in the order and the groups of LIVES.
TABLE: list[tuple[str, Any, str]] = [
    # op, value, nothing texts numbers lists dates odd
    ("equals", "gold", ".. yy. ..... !!!! ... ......."),
    ("equals", 5, ".. ... yyy.. !!!! ... ......."),
    ("equals", "5", ".. ... y.y.. !!!! ... ......."),
    ("equals", "05.0", ".. ... .yy.. !!!! ... ......."),
    ("in", ["5", True], ".. ... y.y.y .y!! ... ......."),
    ("equals", True, ".. ... ....y !!!! ... ......."),
    ("equals", "2025-03-01", ".. ... ..... !!!! y.. ......."),
    ("not_equals", "gold", "yy ..y yyyyy !!!! yyy yyyyyyy"),
    ("in", ["gold", 5], ".. yy. yyy.. yy!! ... ......."),
    ("not_in", ["gold", 5], "yy ..y ...yy ..!! yyy yyyyyyy"),
    ("contains", "gold", ".. yyy ..... y.!! ... ....yyy"),
    ("contains", 5, ".. ... yyyy. .y!! yyy ......."),
    ("not_contains", "gold", "yy ... yyyyy .y!! yyy yyyy..."),
    ("starts_with", "GO", ".. yyy ..... !!!! ... ....yyy"),
    ("ends_with", "5", ".. ... y.yy. !!!! ... ......."),
    ("greater", 5, ".. !!! ...y! !!!! !!! !!!!!!!"),
    ("greater_or_equal", "5", ".. !!! yyyy! !!!! !!! !!!!!!!"),
    ("less", 5.5, ".. !!! yyy.! !!!! !!! !!!!!!!"),
    ("less_or_equal", 5, ".. !!! yyy.! !!!! !!! !!!!!!!"),
    ("between", [5, 6], ".. !!! yyyy! !!!! !!! !!!!!!!"),
    ("between", ["2025-03-01", "2025-03-02"], ".. !!! !!!!! !!!! yyy !!!!!!!"),
    ("is_set", None, ".. yyy yyyyy yyyy yyy yyyyyyy"),
    ("is_not_set", None, "yy ... ..... .... ... ......."),
    ("on_or_after", "2025-03-02", ".. !!! !!!!! !!!! .y. !!!!!!!"),
    ("on_or_before", "2025-03-01", ".. !!! !!!!! !!!! y.y !!!!!!!"),
    ("older_than", {"days": 2}, ".. !!! !!!!! !!!! y.. !!!!!!!"),
    ("newer_than", {"hours": 56}, ".. !!! !!!!! !!!! .yy !!!!!!!"),
]
ANSWERS = {"y": (True, False), ".": (False, False), "!": (False, True)}


def condition(op: str, value: Any) -> Any:
    row = {"field": "context.x", "op": op}
    return compile_condition(row if value is None else {**row, "value": value})


@pytest.mark.parametrize(
    ("op", "value", "marks"), TABLE, ids=[f"{op} {value}" for op, value, _ in TABLE]
)
def test_an_operator_answers_for_every_sort_of_value(op, value, marks):
    compiled = condition(op, value)
    marks = marks.replace(" ", "")
    wrong = {}

    for (name, live), mark in zip(LIVES.items(), marks, strict=True):
        notes: list[str] = []
        matched = compiled.matches({"context": {"x": live}}, NOW, notes)
        if (matched, bool(notes)) != ANSWERS[mark]:
            wrong[name] = (matched, notes)

    assert not wrong


@pytest.mark.parametrize(
    ("op", "value", "marks"), TABLE, ids=[f"{op} {value}" for op, value, _ in TABLE]
)
def test_the_screen_leaves_what_matches_or_leaves_a_note(op, value, marks):
    screen = Screen([condition(op, value)])

    for live, mark in zip(LIVES.values(), marks.replace(" ", ""), strict=True):
        assert screen.left({"context": {"x": live}}) or mark == "."


def test_the_table_has_every_operator():
    assert {op for op, _, _ in TABLE} == set(OPERATORS)


@pytest.mark.parametrize("op", sorted(OPERATORS))
def test_a_value_nested_without_end_is_no_trouble_for_any_operator(op):
    value = next(value for name, value, _ in TABLE if name == op)
    bomb: Any = "gold"
    for _ in range(50_000):
        bomb = [bomb] if op in ("in", "contains") else {"a": bomb}

    assert condition(op, value).matches({"context": {"x": bomb}}, NOW, []) is (op == "is_set")
