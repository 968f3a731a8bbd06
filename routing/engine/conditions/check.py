"""Is a condition well formed? Every fault is named with its path."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from routing.engine.conditions.fields import is_readable
from routing.engine.conditions.operators import OPERATORS, Takes
from routing.engine.conditions.related import levels, number_of_links
from routing.engine.conditions.values import WrongTypeError, is_missing, is_storable

MAXIMUM_DEPTH: Final = 20
MAXIMUM_ROWS: Final = 500
TOO_DEEP: Final = f"Conditions are nested at most {MAXIMUM_DEPTH} deep."
TOO_MANY: Final = f"A condition has at most {MAXIMUM_ROWS} rows."
# A rule's conditions go to related records at most so often, and so many records deep (A 4).
MAXIMUM_LINKS: Final = 14
MAXIMUM_LEVELS: Final = 2
# As long as the longest value of a context variable; of a list all values together.
MAXIMUM_TEXT: Final = 4000
MAXIMUM_FIELD: Final = 200
MAXIMUM_QUOTED: Final = 60
GROUPS: Final = ("all", "any")
NOT_STORABLE: Final = "This holds a character or a number that cannot be stored."

WANTED: Final = {
    Takes.VALUE: "a text, a number or true or false",
    Takes.VALUES: "texts or numbers such as sms, live_chat",
    Takes.TEXT: "a text or a number",
    Takes.NUMBER: "a number",
    Takes.RANGE: "two numbers such as 5, 10, or two dates",
    Takes.MOMENT: "a date such as 2025-03-01",
    Takes.DURATION: "a duration such as 2 days or 90 minutes",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A fault in a document: where, and the sentence a person reads."""

    path: str
    message: str


def validate(condition: Any, path: str = "when") -> list[Finding]:
    """All faults of a condition; none means that it compiles."""
    if condition is None or condition == {}:
        return []
    findings = list(_faults(condition, path, 1))
    if not findings and number_of_rows(condition) > MAXIMUM_ROWS:
        findings.append(_finding(path, TOO_MANY))
    return findings


def check_condition(condition: Any, path: str = "when") -> list[Finding]:
    """All faults of a condition that somebody wants to save: as ``validate``, and what is too
    long, too deep or too often."""
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
        findings.append(_finding(path, sentence))
    return findings


def _excesses(condition: Mapping[str, Any], path: str) -> Iterator[Finding]:
    if "field" not in condition:
        [(name, inside)] = condition.items()
        if name == "not":
            yield from _excesses(inside, f"{path}.not")
        else:
            for index, child in enumerate(inside):
                yield from _excesses(child, f"{path}.{name}.{index}")
        return
    for key in ("field", "value"):
        if not is_storable(condition.get(key)):
            yield _finding(f"{path}.{key}", NOT_STORABLE)
    if len(condition["field"]) > MAXIMUM_FIELD:
        sentence = f"The name of a field has at most {MAXIMUM_FIELD} characters."
        yield _finding(f"{path}.field", sentence)
    elif levels(condition["field"]) > MAXIMUM_LEVELS:
        sentence = f"Conditions reach related records at most {MAXIMUM_LEVELS} levels deep."
        yield _finding(f"{path}.field", sentence)
    if _length(condition.get("value")) > MAXIMUM_TEXT:
        sentence = f"A value has at most {MAXIMUM_TEXT} characters."
        yield _finding(f"{path}.value", sentence)


def _length(value: Any) -> int:
    if isinstance(value, list | tuple):
        return sum(map(_length, value))
    return len(str(value))


def number_of_rows(condition: Mapping[str, Any]) -> int:
    """The rows of a condition that is well formed."""
    if "not" in condition:
        return number_of_rows(condition["not"])
    for group in GROUPS:
        if group in condition:
            return sum(number_of_rows(child) for child in condition[group])
    return 1


def _faults(condition: Any, path: str, depth: int) -> Iterator[Finding]:
    if depth > MAXIMUM_DEPTH:
        yield _finding(path, TOO_DEEP)
    elif not isinstance(condition, Mapping):
        yield _finding(path, "A condition is a group or a row.")
    elif "field" in condition or "op" in condition:
        yield from _row_faults(condition, path)
    else:
        yield from _group_faults(condition, path, depth)


def _group_faults(condition: Mapping[str, Any], path: str, depth: int) -> Iterator[Finding]:
    if len(condition) != 1 or next(iter(condition)) not in (*GROUPS, "not"):
        yield _finding(path, 'A group is exactly one of "all", "any" or "not".')
        return
    [(name, inside)] = condition.items()
    path = f"{path}.{name}"
    if name == "not":
        yield from _faults(inside, path, depth + 1)
    elif not isinstance(inside, list | tuple):
        yield _finding(path, f'"{name}" holds a list of conditions.')
    else:
        for index, child in enumerate(inside):
            yield from _faults(child, f"{path}.{index}", depth + 1)


def _row_faults(row: Mapping[str, Any], path: str) -> Iterator[Finding]:
    for unknown in sorted(str(key) for key in set(row) - {"field", "op", "value"}):
        yield _finding(f"{path}.{unknown}", f"A row has no {unknown}.")
    if is_missing(row.get("field")):
        yield _finding(f"{path}.field", "Choose a field.")
    elif not is_readable(row.get("field")):
        yield _finding(f"{path}.field", f"There is no field {_quoted(row.get('field'))}.")
    operator = OPERATORS.get(row["op"]) if isinstance(row.get("op"), str) else None
    if operator is None:
        yield _finding(f"{path}.op", f"There is no operator {_quoted(row.get('op'))}.")
    elif operator.takes is Takes.NOTHING:
        return
    elif is_missing(row.get("value")):
        yield _finding(f"{path}.value", "Enter a value.")
    elif not _is_taken(operator.takes, row["value"]):
        yield _finding(f"{path}.value", f'"{operator.words}" needs {WANTED[operator.takes]}.')


def _is_taken(takes: Takes, value: Any) -> bool:
    if takes is Takes.VALUES:
        return isinstance(value, list | tuple) and bool(value) and all(map(_is_plain, value))
    if takes is Takes.RANGE:
        is_pair = isinstance(value, list | tuple) and len(value) == 2
        return is_pair and _compiles("between", value)
    if takes is Takes.NUMBER:
        return _compiles("greater", value)
    if takes is Takes.MOMENT:
        return _compiles("on_or_after", value)
    if takes is Takes.DURATION:
        return _compiles("older_than", value)
    return _is_plain(value)


def _is_plain(value: Any) -> bool:
    is_single = isinstance(value, str | int | float) and not is_missing(value)
    return is_single and _compiles("contains", value)


def _compiles(op: str, value: Any) -> bool:
    try:
        OPERATORS[op].compile(value)
    except WrongTypeError:
        return False
    return True


def _quoted(value: Any) -> str:
    """What was sent, as far as a sentence has room for it."""
    text = repr(value)
    return text if len(text) <= MAXIMUM_QUOTED else f"{text[:MAXIMUM_QUOTED]}…"


def _finding(path: str, message: str) -> Finding:
    return Finding(path=path, message=message)
