"""The rows of conditions: all of them, and those without which a condition cannot match."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

from routing.engine.conditions.operators import LISTS, OPERATORS, Takes
from routing.engine.conditions.values import (
    WrongTypeError,
    as_moment,
    number_or_none,
)

Row = Mapping[str, Any]
GROUPS: Final = ("all", "any")
# Whole numbers up to here are surely written as text, too.
SMALL: Final = 1 << 63


class Reads(StrEnum):
    """As what a row reads its live value; what does not read so leaves a note."""

    ANYTHING = "anything"
    SINGLE = "single"
    EACH = "each"
    NUMBER = "number"
    MOMENT = "moment"


BY_OPERATOR: Final = {
    "equals": Reads.SINGLE,
    "not_equals": Reads.SINGLE,
    "in": Reads.EACH,
    "not_in": Reads.EACH,
    "contains": Reads.EACH,
    "not_contains": Reads.EACH,
    "starts_with": Reads.SINGLE,
    "ends_with": Reads.SINGLE,
    "is_set": Reads.ANYTHING,
    "is_not_set": Reads.ANYTHING,
}
BY_VALUE: Final = {
    Takes.NUMBER: Reads.NUMBER,
    Takes.MOMENT: Reads.MOMENT,
    Takes.DURATION: Reads.MOMENT,
}


def all_rows(condition: Mapping[str, Any]) -> Iterator[Row]:
    """Every row, in groups and under not, too."""
    if "field" in condition:
        yield condition
    elif "not" in condition:
        yield from all_rows(condition["not"])
    for group in GROUPS:
        for child in condition.get(group, ()):
            yield from all_rows(child)


def needed_rows(condition: Mapping[str, Any]) -> Iterator[Row]:
    """The rows that all have to hold for the condition to match."""
    if "field" in condition:
        yield condition
        return
    children = condition.get("any", ())
    for child in condition.get("all", children if len(children) == 1 else ()):
        yield from needed_rows(child)


def reads(row: Row) -> Reads:
    """As what the row reads its field."""
    known = BY_OPERATOR.get(row["op"])
    if known is not None:
        return known
    if row["op"] == "between":
        is_number = number_or_none(row["value"][0]) is not None
        return Reads.NUMBER if is_number else Reads.MOMENT
    return BY_VALUE[OPERATORS[row["op"]].takes]


def can_be_read(live: Any, wanted: Reads) -> bool:
    """Whether a value that is there surely reads so, without any note."""
    if wanted is Reads.ANYTHING:
        return True
    if wanted is Reads.SINGLE:
        return _is_single(live)
    if wanted is Reads.EACH:
        return all(map(_is_single, live)) if type(live) in LISTS else _is_single(live)
    if wanted is Reads.NUMBER:
        return number_or_none(live) is not None
    try:
        as_moment(live)
    except WrongTypeError:
        return False
    return True


def _is_single(live: Any) -> bool:
    kind = type(live)
    return kind is str or kind is bool or kind is float or (kind is int and -SMALL < live < SMALL)
