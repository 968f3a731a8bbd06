"""Is a condition well formed? Every fault is named with its path."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from routing.engine.conditions.fields import is_readable
from routing.engine.conditions.operators import OPERATORS, Takes
from routing.engine.conditions.values import WrongTypeError, is_missing

MAXIMUM_DEPTH: Final = 20
MAXIMUM_ROWS: Final = 500
TOO_DEEP: Final = f"Conditions are nested at most {MAXIMUM_DEPTH} deep."
TOO_MANY: Final = f"A condition has at most {MAXIMUM_ROWS} rows."
MAXIMUM_QUOTED: Final = 60
GROUPS: Final = ("all", "any")

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
