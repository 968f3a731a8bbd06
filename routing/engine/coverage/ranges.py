"""Ranges of numbers, moments and ages that rows on one field leave."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from routing.engine.conditions.values import WrongTypeError, as_duration, as_moment, as_number
from routing.engine.coverage.literal import Literal

NUMBER: Final = "number"
MOMENT: Final = "moment"
AGE: Final = "age"


@dataclass(frozen=True, kw_only=True, slots=True)
class Range:
    """From ``low`` to ``high``; None is without end."""

    low: Any = None
    high: Any = None
    is_low_open: bool = False
    is_high_open: bool = False

    @property
    def is_empty(self) -> bool:
        if self.low is None or self.high is None:
            return False
        is_point_open = self.is_low_open or self.is_high_open
        return bool(self.low > self.high or (self.low == self.high and is_point_open))

    def both(self, other: "Range") -> "Range":
        """What lies in this and in the other."""
        low, high = self, self
        if self.low is None or (other.low is not None and _starts_later(other, self)):
            low = other
        if self.high is None or (other.high is not None and _ends_earlier(other, self)):
            high = other
        return Range(
            low=low.low,
            high=high.high,
            is_low_open=low.is_low_open,
            is_high_open=high.is_high_open,
        )

    def is_inside(self, other: "Range") -> bool:
        """Whether all of this lies in the other."""
        return self.is_empty or self.both(other) == self


def range_of(each: Literal) -> tuple[str, Range] | None:
    """What a row says of numbers, moments or ages; None where it says something else."""
    if (tell := RANGES.get(each.op)) is None:
        return None
    sort, found = tell(each.value)
    if not each.is_negated:
        return sort, found
    opposite = _opposite(found)
    return (sort, opposite) if opposite else None


def ranges_of(literals: Iterable[Literal]) -> dict[str, Range] | None:
    """By sort; None where the rows contradict each other."""
    found: dict[str, Range] = {}
    for each in literals:
        if (told := range_of(each)) is not None:
            sort, told_range = told
            found[sort] = found.get(sort, Range()).both(told_range)
    return None if any(one.is_empty for one in found.values()) else found


def is_within(literals: Iterable[Literal], wanted: Literal) -> bool:
    """Whether one value in these ranges is sure to meet the row."""
    ranges = ranges_of(literals)
    if ranges is None:
        return True
    if wanted.op in ("not_equals", "not_in") and not wanted.is_negated:
        numbers = ranges.get(NUMBER)
        values = wanted.value if isinstance(wanted.value, list) else [wanted.value]
        return numbers is not None and all(_is_outside(value, numbers) for value in values)
    if wanted.op == "between" and wanted.is_negated:
        sort, between = RANGES["between"](wanted.value)
        known = ranges.get(sort)
        return known is not None and known.both(between).is_empty
    told = range_of(wanted)
    if told is None:
        return False
    sort, allowed = told
    return sort in ranges and ranges[sort].is_inside(allowed)


def _is_outside(value: Any, numbers: Range) -> bool:
    """Nothing in the range equals the value; what is no number equals no number."""
    try:
        number = as_number(value)
    except WrongTypeError:
        return True
    return numbers.both(Range(low=number, high=number)).is_empty


def _opposite(found: Range) -> Range | None:
    """The rest of the line where it is in one piece."""
    if found.low is not None and found.high is None:
        return Range(high=found.low, is_high_open=not found.is_low_open)
    if found.high is not None and found.low is None:
        return Range(low=found.high, is_low_open=not found.is_high_open)
    return None


def _starts_later(one: Range, other: Range) -> bool:
    if one.low == other.low:
        return one.is_low_open
    return bool(one.low > other.low)


def _ends_earlier(one: Range, other: Range) -> bool:
    if one.high == other.high:
        return one.is_high_open
    return bool(one.high < other.high)


def _between(value: Any) -> tuple[str, Range]:
    low, high = value
    try:
        return NUMBER, Range(low=as_number(low), high=as_number(high))
    except WrongTypeError:
        return MOMENT, Range(low=as_moment(low), high=as_moment(high, end_of_day=True))


RANGES: Final[dict[str, Any]] = {
    "greater": lambda value: (NUMBER, Range(low=as_number(value), is_low_open=True)),
    "greater_or_equal": lambda value: (NUMBER, Range(low=as_number(value))),
    "less": lambda value: (NUMBER, Range(high=as_number(value), is_high_open=True)),
    "less_or_equal": lambda value: (NUMBER, Range(high=as_number(value))),
    "between": _between,
    "on_or_after": lambda value: (MOMENT, Range(low=as_moment(value))),
    "on_or_before": lambda value: (MOMENT, Range(high=as_moment(value, end_of_day=True))),
    "older_than": lambda value: (AGE, Range(low=as_duration(value), is_low_open=True)),
    "newer_than": lambda value: (AGE, Range(high=as_duration(value), is_high_open=True)),
}
