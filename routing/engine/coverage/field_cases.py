"""What rows on one field mean together: can they all hold, and do they make another one hold?

A live value is missing, one value, a list, or an object; each case is looked at alone. Where
a few values are all that is possible, they are tried with the engine's own operators.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from routing.engine.conditions.values import (
    WrongTypeError,
    as_moment,
    as_number,
    as_text,
    is_missing,
)
from routing.engine.coverage.literal import BY_AGE, Literal, opposite
from routing.engine.coverage.ranges import is_within, ranges_of

Literals = Sequence[Literal]

# What can be true of a list; all else is of a wrong type for it.
OF_LISTS: Final = ("in", "not_in", "contains", "not_contains", "is_set")
# From here on several whole numbers are one number to the engine.
LARGEST: Final = 2.0**53


def cannot_hold(literals: Literals) -> bool:
    """Whether no live value whatever meets all rows."""
    if any(opposite(each) in literals for each in literals):
        return True
    return not (
        _may_be_missing(literals)
        or _may_be_one_value(literals)
        or _may_be_list(literals)
        or _may_be_object(literals)
    )


def follows(literals: Literals, wanted: Literal) -> bool:
    """Whether every live value that meets all rows meets this one too."""
    if wanted in literals:
        return True
    return (
        (not _may_be_missing(literals) or wanted.holds_when_missing)
        and (not _may_be_one_value(literals) or _follows_for_one(literals, wanted))
        and (not _may_be_list(literals) or _follows_for_lists(literals, wanted))
        and (not _may_be_object(literals) or wanted.op == "is_set")
    )


def _may_be_missing(literals: Literals) -> bool:
    return all(each.holds_when_missing for each in literals)


def _may_be_object(literals: Literals) -> bool:
    return all(each.op == "is_set" and not each.is_negated for each in literals)


def _may_be_one_value(literals: Literals) -> bool:
    if any(_says_missing(each) for each in literals):
        return False
    values = _possible_values(literals)
    if values is not None:
        return any(_may_meet(value, literals) for value in values)
    return ranges_of(literals) is not None and _texts_agree(literals)


def _may_be_list(literals: Literals) -> bool:
    return all(each.op in OF_LISTS and not each.is_negated for each in literals)


def _follows_for_one(literals: Literals, wanted: Literal) -> bool:
    if _is_set(wanted):
        return True
    values = _possible_values([*literals, wanted], sure=literals)
    if values is not None and wanted.op not in BY_AGE:
        return all(wanted.holds(value) for value in values if _may_meet(value, literals))
    return is_within(literals, wanted) or any(_text_follows(each, wanted) for each in literals)


def _follows_for_lists(literals: Literals, wanted: Literal) -> bool:
    if _is_set(wanted):
        return True
    if wanted.is_negated or wanted.op != "in":
        return False
    allowed = {_same(value) for value in wanted.value}
    return any({_same(value) for value in _named(each)} <= allowed for each in _naming(literals))


def _naming(literals: Literals) -> Iterator[Literal]:
    return (each for each in literals if not each.is_negated and each.op in ("in", "contains"))


def _possible_values(literals: Literals, sure: Literals | None = None) -> list[Any] | None:
    """All live values that one of the ``sure`` rows leaves, up to what no row can tell apart.

    None where there are too many: without such a row, or where a number is expected and
    another row reads how it is written ("7", "7.0", "+7").
    """
    for each in literals if sure is None else sure:
        if each.is_negated or each.op not in ("equals", "in"):
            continue
        expected = _named(each)
        numbers = [number for value in expected if (number := _number(value)) is not None]
        is_written = all(isinstance(value, str | bool) for value in expected)
        is_told = is_written or all(_reads_numbers(other) for other in literals)
        if is_told and all(abs(number) < LARGEST for number in numbers):
            return [live for value in expected for live in _equal_to(value)]
    return None


def _equal_to(expected: Any) -> Iterator[Any]:
    """Every sort of value that equals the expected one."""
    if isinstance(expected, str):
        yield from (expected, expected.upper(), expected.lower())
    if (number := _number(expected)) is not None:
        yield from (number, str(number))
        if number.is_integer():
            yield int(number)
    if as_text(expected) in ("true", "false"):
        yield from (as_text(expected) == "true", as_text(expected))
    if (moment := _moment(expected)) is not None:
        yield moment


def _reads_numbers(each: Literal) -> bool:
    """Whether the row asks for nothing but the number that a value reads as."""
    if each.op in ("equals", "not_equals", "in", "not_in"):
        return all(_is_number(value) for value in _named(each))
    if each.op == "between":
        return all(_is_number(value) for value in each.value)
    return each.op in ("greater", "greater_or_equal", "less", "less_or_equal", "is_set")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _may_meet(value: Any, literals: Literals) -> bool:
    """Whether the value may meet all rows, whatever the moment."""
    return all(each.op in BY_AGE or each.holds(value) for each in literals)


def _says_missing(each: Literal) -> bool:
    return each.op == "is_not_set" and not each.is_negated


def _is_set(each: Literal) -> bool:
    return each.op == "is_set" and not each.is_negated


def _named(each: Literal) -> list[Any]:
    value = each.value
    return list(value) if isinstance(value, list) else [value]


def _texts_agree(literals: Literals) -> bool:
    starts = [as_text(each.value) for each in _positive(literals, "starts_with")]
    ends = [as_text(each.value) for each in _positive(literals, "ends_with")]
    parts = [*starts, *ends, *(as_text(each.value) for each in _positive(literals, "contains"))]
    lacking = [as_text(each.value) for each in _positive(literals, "not_contains")]
    return (
        all(a.startswith(b) or b.startswith(a) for a in starts for b in starts)
        and all(a.endswith(b) or b.endswith(a) for a in ends for b in ends)
        and not any(lack in part for lack in lacking for part in parts)
    )


def _positive(literals: Iterable[Literal], op: str) -> list[Literal]:
    return [each for each in literals if each.op == op and not each.is_negated]


def _text_follows(each: Literal, wanted: Literal) -> bool:
    """Of one value's text: what begins with "abc" begins with "ab" and contains "b"."""
    if each.is_negated or wanted.is_negated:
        return False
    pair = (each.op, wanted.op)
    if pair not in TEXT_FOLLOWS:
        return False
    return bool(TEXT_FOLLOWS[pair](as_text(each.value), as_text(wanted.value)))


TEXT_FOLLOWS: Final[dict[tuple[str, str], Any]] = {
    ("starts_with", "starts_with"): lambda has, wanted: has.startswith(wanted),
    ("ends_with", "ends_with"): lambda has, wanted: has.endswith(wanted),
    ("starts_with", "contains"): lambda has, wanted: wanted in has,
    ("ends_with", "contains"): lambda has, wanted: wanted in has,
    ("contains", "contains"): lambda has, wanted: wanted in has,
    ("not_contains", "not_contains"): lambda has, wanted: has in wanted,
}


def _same(value: Any) -> Any:
    """Equal keys only where the engine calls the two equal, whatever they are compared with."""
    return (type(value).__name__, as_text(value))


def _number(value: Any) -> float | None:
    try:
        return None if is_missing(value) else as_number(value)
    except WrongTypeError:
        return None


def _moment(value: Any) -> datetime | None:
    try:
        return as_moment(value)
    except WrongTypeError:
        return None
