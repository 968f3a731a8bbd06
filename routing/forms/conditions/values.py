"""Values as people type them, and as the public contract has them."""

import csv
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from routing.catalogue import ConditionField
from routing.engine.conditions import OPERATORS, Takes
from routing.engine.conditions.types import FieldType
from routing.engine.conditions.values import DURATION_UNITS, number_or_none

Shown = tuple[str | list[str], str]
ONE_LINE: Final = str.maketrans("", "", "\r\n")
DEFAULT_UNIT: Final = "minutes"
TYPED_AS_TEXT: Final = (FieldType.TEXT, FieldType.LOOKUP, FieldType.NAMES, FieldType.CHOICE)


class Input(StrEnum):
    """What somebody fills in beside an operator."""

    NOTHING = "nothing"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    NAME = "name"
    LIST = "list"
    RANGE = "range"
    DURATION = "duration"


BY_TYPE: Final = {
    FieldType.NUMBER: Input.NUMBER,
    FieldType.DATE: Input.DATE,
    FieldType.CHOICE: Input.CHOICE,
    FieldType.BOOLEAN: Input.CHOICE,
    FieldType.LOOKUP: Input.NAME,
    FieldType.NAMES: Input.NAME,
}
BY_TAKES: Final = {
    Takes.NOTHING: Input.NOTHING,
    Takes.NUMBER: Input.NUMBER,
    Takes.MOMENT: Input.DATE,
    Takes.DURATION: Input.DURATION,
    Takes.RANGE: Input.RANGE,
}


def input_of(field: ConditionField | None, op: str, *, has_choices: bool) -> Input:
    """The input that fits field and operator; names of few rows are choices, too."""
    takes = OPERATORS[op].takes if op in OPERATORS else Takes.VALUE
    type_ = field.type if field else FieldType.ANY
    if takes in BY_TAKES:
        return BY_TAKES[takes]
    if takes is Takes.VALUES:
        return Input.CHOICES if has_choices else Input.LIST
    if takes is Takes.TEXT:
        return Input.NAME if type_ in (FieldType.LOOKUP, FieldType.NAMES) else Input.TEXT
    return BY_TYPE.get(type_, Input.TEXT)


def shown(op: str, value: Any) -> Shown:
    """A value as it stands in the inputs: the first, and the second where there are two."""
    takes = OPERATORS[op].takes
    if takes is Takes.DURATION:
        return _shown_duration(value)
    if takes is Takes.RANGE and isinstance(value, list | tuple) and len(value) == 2:
        return in_text(value[0]), in_text(value[1])
    if takes is Takes.VALUES and isinstance(value, list | tuple):
        return [in_text(one) for one in value], ""
    return in_text(value), ""


def typed(field: ConditionField | None, op: str, value: str | list[str], second: str) -> Any:
    """What the operator wants out of what was typed; the engine's check says what is wrong."""
    takes = OPERATORS[op].takes
    type_ = field.type if field else FieldType.ANY
    if takes is Takes.VALUES:
        parts = value if isinstance(value, list) else parts_of(value)
        return [_of_type(type_, part) for part in parts]
    text = value[0] if isinstance(value, list) and value else str(value or "")
    if takes is Takes.RANGE:
        parts = [text, second] if second.strip() else parts_of(text.replace(" and ", ","))
        return [scalar(part) for part in parts if part.strip()]
    if takes is Takes.DURATION:
        return _duration(text, second)
    if takes is Takes.NUMBER:
        return scalar(text)
    if takes is Takes.VALUE:
        return _of_type(type_, text)
    return text.strip()


def scalar(text: str) -> Any:
    """A number or a truth value where the text is exactly one, else the text."""
    text = text.strip()
    if text in ("true", "false"):
        return text == "true"
    try:
        number = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return number if type(number) in (int, float) and str(number) == text else text


def in_text(value: Any) -> str:
    """One value as it is typed."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def listed(values: list[str]) -> str:
    """Several values in one line; one with a comma or a quotation mark in it is quoted."""
    return ", ".join(_quoted(value) for value in values)


def parts_of(text: str) -> list[str]:
    """The values of one line."""
    try:
        parts = next(csv.reader([text.translate(ONE_LINE)], skipinitialspace=True), [])
    except csv.Error:
        parts = text.split(",")
    return [part.strip() for part in parts if part.strip()]


def last_of(text: str) -> tuple[str, str]:
    """What stands before the value that is being typed, as it was typed, and that value; a comma
    within quotation marks ends none."""
    start, is_quoted = 0, False
    for place, sign in enumerate(text):
        if sign == '"':
            is_first = not text[start:place].strip()
            is_quoted = not is_quoted if is_quoted or is_first else text[place - 1] == '"'
        elif sign == "," and not is_quoted:
            start = place + 1
    before, last = text[:start], text[start:].strip()
    if last.startswith('"'):
        last = last[1:].removesuffix('"').replace('""', '"')
    return (f"{before} " if before else ""), last


def line_of(part: str | list[str]) -> str:
    """What a browser sends of a line that shows it."""
    text = listed(part) if isinstance(part, list) else part
    return text.translate(ONE_LINE).strip()


def is_same(one: Shown, other: Shown) -> bool:
    """Whether browsers show the same; they keep no ends of lines, a list in one line, and
    choices in any order."""
    if isinstance(one[0], list) and isinstance(other[0], list):
        return set(one[0]) == set(other[0])
    return [line_of(part) for part in one] == [line_of(part) for part in other]


def _quoted(value: str) -> str:
    needs = any(sign in value for sign in ',"') or value != value.strip()
    doubled = value.replace('"', '""')
    return f'"{doubled}"' if needs else value


def _of_type(type_: FieldType, text: str) -> Any:
    return text.strip() if type_ in TYPED_AS_TEXT else scalar(text)


def _shown_duration(value: Any) -> Shown:
    if isinstance(value, Mapping) and len(value) == 1:
        [(unit, amount)] = value.items()
        return in_text(amount), str(unit)
    if isinstance(value, Mapping):
        return " ".join(f"{amount} {unit}" for unit, amount in value.items()), ""
    return in_text(value), DEFAULT_UNIT


def _duration(text: str, unit: str) -> Any:
    """The amount with its unit, or both in one text as `2 days`."""
    amount, _, written = text.strip().partition(" ")
    unit = (written.strip() or unit).lower()
    unit = unit if unit.endswith("s") or not unit else f"{unit}s"
    is_amount = unit in DURATION_UNITS and number_or_none(scalar(amount)) is not None
    return {unit: scalar(amount)} if is_amount else scalar(text)
