"""Values as conditions compare them: text, numbers and moments, from live items or from rules."""

import math
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

DURATION_UNITS: Final = ("minutes", "hours", "days")
# As constants, because conditions ask for them a thousand times an item.
COLLECTIONS: Final = (Mapping, list, tuple, set)
SCALARS: Final = (bool, int, float)


class WrongTypeError(Exception):
    """A live value cannot be read as the operator needs it."""


def is_missing(value: Any) -> bool:
    """Whether nothing is there: null, blank text or an empty collection."""
    if isinstance(value, str):
        return not value or value.isspace()
    return value is None or (not value and isinstance(value, COLLECTIONS))


def is_storable(value: Any) -> bool:
    """Whether a database keeps it: text without NUL and half pairs, and numbers that are finite."""
    if isinstance(value, list | tuple):
        return all(map(is_storable, value))
    if isinstance(value, float):
        return math.isfinite(value)
    if not isinstance(value, str) or value.isascii():
        return not isinstance(value, str) or "\0" not in value
    try:
        value.encode()
    except UnicodeEncodeError:  # half of a pair
        return False
    return "\0" not in value


def as_text(value: Any) -> str:
    """Text without case and surrounding blanks; numbers as they are written."""
    if isinstance(value, str):
        return value.strip().casefold()
    if isinstance(value, SCALARS):
        try:
            return str(value).casefold()
        except ValueError:  # more digits than Python writes
            raise WrongTypeError("is too large a number") from None
    raise WrongTypeError("is not text")


def as_number(value: Any) -> float:
    """A finite number, or text that reads as one."""
    number = number_or_none(value)
    if number is None:
        raise WrongTypeError("is not a number")
    return number


def as_moment(value: Any, *, end_of_day: bool = False) -> datetime:
    """A moment in UTC terms. A date alone is its midnight, or its last microsecond."""
    moment = _parse_moment(value, time.max if end_of_day else time.min)
    if moment is None:
        raise WrongTypeError("is not a date")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def as_duration(value: Any) -> timedelta:
    """`{"days" | "hours" | "minutes": n}`, or a plain number of minutes."""
    parts = value if isinstance(value, Mapping) else {"minutes": value}
    if not parts or not set(parts) <= set(DURATION_UNITS):
        raise WrongTypeError("is not a duration")
    try:
        return timedelta(**{unit: as_number(amount) for unit, amount in parts.items()})
    except OverflowError:
        raise WrongTypeError("is not a duration") from None


def are_equal(live: Any, expected: Any) -> bool:
    """Equality across types: numbers and numeric text by value, text without case."""
    if isinstance(live, COLLECTIONS):
        raise WrongTypeError("is not a single value")
    if isinstance(live, date):
        return as_moment(live) == _moment_or_none(expected)
    if isinstance(live, bool) or isinstance(expected, bool):
        return as_text(live) == as_text(expected)
    if not (isinstance(live, str) and isinstance(expected, str)):
        numbers = number_or_none(live), number_or_none(expected)
        return numbers[0] is not None and numbers[0] == numbers[1]
    return as_text(live) == as_text(expected)


def number_or_none(value: Any) -> float | None:
    """The finite number that a value reads as; true and false are none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, str) and "_" in value:
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _moment_or_none(value: Any) -> datetime | None:
    try:
        return as_moment(value)
    except WrongTypeError:
        return None


def _parse_moment(value: Any, of_day: time) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, of_day)
    if not isinstance(value, str):
        return None
    try:
        return datetime.combine(date.fromisoformat(value.strip()), of_day)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(value.strip())
    except ValueError:
        return None
