"""May a condition be saved? What is well formed can still be too long, too deep, or senseless."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from routing.engine.conditions.check import Finding, validate
from routing.engine.conditions.describe import moment_words
from routing.engine.conditions.fields import is_readable
from routing.engine.conditions.operators import OPERATORS, Takes
from routing.engine.conditions.related import levels, number_of_links
from routing.engine.conditions.values import (
    WrongTypeError,
    as_moment,
    as_number,
    is_storable,
    number_or_none,
)

# A rule's conditions go to related records at most so often, and so many records deep (A 4).
MAXIMUM_LINKS: Final = 14
MAXIMUM_LEVELS: Final = 2
# As long as the longest value of a context variable; of a list all values together.
MAXIMUM_TEXT: Final = 4000
MAXIMUM_FIELD: Final = 200
NOT_STORABLE: Final = "This holds a character or a number that cannot be stored."
NO_RANGE: Final = "This is between nothing: {first} comes after {last}. Enter the {order} first."


def is_nameable(path: str) -> bool:
    """Whether a condition may name the field."""
    return is_readable(path) and is_storable(path) and len(path) <= MAXIMUM_FIELD


def check_condition(condition: Any, path: str = "when") -> list[Finding]:
    """All faults of a condition that somebody wants to save: as ``validate``, and what is too
    long, too deep, too often or can hold for nothing."""
    findings = validate(condition, path)
    if findings or not condition:
        return findings
    findings = list(_excesses(condition, path))
    links = number_of_links(condition)
    if links > MAXIMUM_LINKS:
        sentence = (
            f"A rule's conditions go to related records at most {MAXIMUM_LINKS} times; these do"
            f" {links} times. Put conditions about the same record into one group."
        )
        findings.append(Finding(path=path, message=sentence))
    return findings


def _excesses(condition: Mapping[str, Any], path: str) -> Iterator[Finding]:
    if "field" in condition:
        yield from _row_excesses(condition, path)
        return
    [(name, inside)] = condition.items()
    if name == "not":
        yield from _excesses(inside, f"{path}.not")
        return
    for index, child in enumerate(inside):
        yield from _excesses(child, f"{path}.{name}.{index}")


def _row_excesses(row: Mapping[str, Any], path: str) -> Iterator[Finding]:
    for key in ("field", "value"):
        if not is_storable(row.get(key)):
            yield Finding(path=f"{path}.{key}", message=NOT_STORABLE)
    if len(row["field"]) > MAXIMUM_FIELD:
        sentence = f"The name of a field has at most {MAXIMUM_FIELD} characters."
        yield Finding(path=f"{path}.field", message=sentence)
    elif levels(row["field"]) > MAXIMUM_LEVELS:
        sentence = f"Conditions reach related records at most {MAXIMUM_LEVELS} levels deep."
        yield Finding(path=f"{path}.field", message=sentence)
    if _length(row.get("value")) > MAXIMUM_TEXT:
        sentence = f"A value has at most {MAXIMUM_TEXT} characters."
        yield Finding(path=f"{path}.value", message=sentence)
    elif OPERATORS[row["op"]].takes is Takes.RANGE and (order := _reversed(*row["value"])):
        first, last = map(moment_words, row["value"])
        sentence = NO_RANGE.format(first=first, last=last, order=order)
        yield Finding(path=f"{path}.value", message=sentence)


def _reversed(first: Any, last: Any) -> str:
    """Which of two bounds belongs first, where they stand the wrong way round."""
    if number_or_none(first) is not None and number_or_none(last) is not None:
        return "smaller number" if as_number(first) > as_number(last) else ""
    try:
        return "earlier date" if as_moment(first) > as_moment(last, end_of_day=True) else ""
    except WrongTypeError:
        return ""


def _length(value: Any) -> int:
    if isinstance(value, list | tuple):
        return sum(map(_length, value))
    return len(str(value))
