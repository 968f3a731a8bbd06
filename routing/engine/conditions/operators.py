"""The operators of conditions: what each takes, how it reads, and how it tests a live value."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from operator import ge, gt, le, lt
from typing import Any, Final

from routing.engine.conditions.values import (
    WrongTypeError,
    are_equal,
    as_duration,
    as_moment,
    as_number,
    as_text,
    is_missing,
)

ValueTest = Callable[[Any, datetime], bool]
Compile = Callable[[Any], ValueTest]
LISTS: Final = (list, tuple)


class Takes(StrEnum):
    """What an operator wants as its value."""

    NOTHING = "nothing"
    VALUE = "value"
    VALUES = "values"
    TEXT = "text"
    NUMBER = "number"
    RANGE = "range"
    MOMENT = "moment"
    DURATION = "duration"


@dataclass(frozen=True, kw_only=True, slots=True)
class Operator:
    """One operator. `when_missing` is its answer for a value that is not there."""

    words: str
    takes: Takes
    compile: Compile
    when_missing: bool = False


def _equals(expected: Any) -> ValueTest:
    if not isinstance(expected, str):
        return lambda live, now: are_equal(live, expected)
    text = as_text(expected)

    def test(live: Any, now: datetime) -> bool:
        return as_text(live) == text if type(live) is str else are_equal(live, expected)

    return test


def _in(expected: Any) -> ValueTest:
    def test(live: Any, now: datetime) -> bool:
        values = live if isinstance(live, LISTS) else (live,)
        return any(are_equal(value, one) for value in values for one in expected)

    return test


def _contains(expected: Any) -> ValueTest:
    text = as_text(expected)

    def test(live: Any, now: datetime) -> bool:
        if isinstance(live, LISTS):
            return any(are_equal(value, expected) for value in live)
        return text in as_text(live)

    return test


def _starts_with(expected: Any) -> ValueTest:
    start = as_text(expected)
    return lambda live, now: as_text(live).startswith(start)


def _ends_with(expected: Any) -> ValueTest:
    end = as_text(expected)
    return lambda live, now: as_text(live).endswith(end)


def _number(compare: Callable[[Any, Any], bool]) -> Compile:
    def compiled(expected: Any) -> ValueTest:
        bound = as_number(expected)
        return lambda live, now: compare(as_number(live), bound)

    return compiled


def _between(expected: Any) -> ValueTest:
    low, high = expected
    if _are_numbers(low, high):
        lowest, highest = as_number(low), as_number(high)
        return lambda live, now: lowest <= as_number(live) <= highest
    first, last = as_moment(low), as_moment(high, end_of_day=True)
    return lambda live, now: first <= as_moment(live) <= last


def _on_or_after(expected: Any) -> ValueTest:
    first = as_moment(expected)
    return lambda live, now: as_moment(live) >= first


def _on_or_before(expected: Any) -> ValueTest:
    last = as_moment(expected, end_of_day=True)
    return lambda live, now: as_moment(live) <= last


def _older_than(expected: Any) -> ValueTest:
    age = as_duration(expected)
    return lambda live, now: now - as_moment(live) > age


def _newer_than(expected: Any) -> ValueTest:
    age = as_duration(expected)
    return lambda live, now: now - as_moment(live) < age


def _is_set(expected: Any) -> ValueTest:
    return lambda live, now: not is_missing(live)


def _are_numbers(*values: Any) -> bool:
    try:
        return all(as_number(value) is not None for value in values)
    except WrongTypeError:
        return False


def _not(compiled: Compile) -> Compile:
    def negated(expected: Any) -> ValueTest:
        test = compiled(expected)
        return lambda live, now: not test(live, now)

    return negated


def _operator(words: str, takes: Takes, compiled: Compile) -> Operator:
    return Operator(words=words, takes=takes, compile=compiled)


def _negative(words: str, takes: Takes, compiled: Compile) -> Operator:
    return Operator(words=words, takes=takes, compile=_not(compiled), when_missing=True)


OPERATORS: Final[dict[str, Operator]] = {
    "equals": _operator("equals", Takes.VALUE, _equals),
    "not_equals": _negative("does not equal", Takes.VALUE, _equals),
    "in": _operator("is one of", Takes.VALUES, _in),
    "not_in": _negative("is none of", Takes.VALUES, _in),
    "contains": _operator("contains", Takes.TEXT, _contains),
    "not_contains": _negative("does not contain", Takes.TEXT, _contains),
    "starts_with": _operator("starts with", Takes.TEXT, _starts_with),
    "ends_with": _operator("ends with", Takes.TEXT, _ends_with),
    "greater": _operator("is greater than", Takes.NUMBER, _number(gt)),
    "greater_or_equal": _operator("is at least", Takes.NUMBER, _number(ge)),
    "less": _operator("is less than", Takes.NUMBER, _number(lt)),
    "less_or_equal": _operator("is at most", Takes.NUMBER, _number(le)),
    "between": _operator("is between", Takes.RANGE, _between),
    "is_set": _operator("is set", Takes.NOTHING, _is_set),
    "is_not_set": _negative("is not set", Takes.NOTHING, _is_set),
    "on_or_after": _operator("is on or after", Takes.MOMENT, _on_or_after),
    "on_or_before": _operator("is on or before", Takes.MOMENT, _on_or_before),
    "older_than": _operator("is older than", Takes.DURATION, _older_than),
    "newer_than": _operator("is newer than", Takes.DURATION, _newer_than),
}
