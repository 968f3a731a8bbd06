"""What an attribute of agents may be called, and what one may hold."""

import math
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from agents.terms import AttributeType
from config.clock import YEARS

LONGEST_NAME: Final = 100
LONGEST_TEXT: Final = 200
MOST_OPTIONS: Final = 100
MOST_ATTRIBUTES: Final = 100
LARGEST_NUMBER: Final = 1e15
WANTED: Final = {
    AttributeType.TEXT: f"a text of at most {LONGEST_TEXT} characters",
    AttributeType.NUMBER: "a number",
    AttributeType.CHOICE: "one of its options",
    AttributeType.BOOLEAN: "true or false",
    AttributeType.DATE: "a date such as 2026-12-24",
}


def name_fault(name: str) -> str:
    """Why no attribute can be called so; empty when one can."""
    if not name.strip():
        return "An attribute needs a name."
    if len(name) > LONGEST_NAME or not _is_storable(name):
        return f"A name has at most {LONGEST_NAME} characters."
    if any(sign in name for sign in ".{}"):
        return "A name has no dots and no braces: rules name attributes with them."
    return "" if name == " ".join(name.split()) else "A name has single blanks between its words."


def options_fault(type: str, options: Sequence[str]) -> str:
    """Why an attribute of the type cannot have these options; empty when it can."""
    if type != AttributeType.CHOICE:
        return "Only a choice has options." if options else ""
    if not 1 <= len(options) <= MOST_OPTIONS:
        return f"Name 1 to {MOST_OPTIONS} options."
    lengths = {len(each.strip()) for each in options}
    if not lengths <= set(range(1, LONGEST_NAME + 1)) or not all(map(_is_storable, options)):
        return f"An option has 1 to {LONGEST_NAME} characters."
    folded = {each.strip().casefold() for each in options}
    return "" if len(folded) == len(options) else "Two options are the same."


def stored_value(type: str, options: Sequence[str], value: Any) -> Any:
    """The value as it is stored; None of one that the attribute cannot hold."""
    read = READERS.get(AttributeType(type))
    return _option(value, options) if read is None else read(value)


def wanted(type: str, options: Sequence[str]) -> str:
    """What would be right."""
    if type == AttributeType.CHOICE:
        return f"one of {', '.join(options)}"
    return WANTED[AttributeType(type)]


def value_in_words(value: Any) -> str:
    """A stored value as people read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _option(value: Any, options: Sequence[str]) -> str | None:
    if not isinstance(value, str):
        return None
    typed = value.strip().casefold()
    return next((each for each in options if each.casefold() == typed), None)


def _text(value: Any) -> str | None:
    if not isinstance(value, str) or not _is_storable(value):
        return None
    text = value.strip()
    return text if 1 <= len(text) <= LONGEST_TEXT else None


def _number(value: Any) -> int | float | None:
    """Whole ones without a point, so that one value is written in one way."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if abs(value) > LARGEST_NUMBER or not math.isfinite(value):
        return None
    return int(value) if value == int(value) else value


def _boolean(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _date(value: Any) -> str | None:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value.strip())
        except ValueError:
            return None
    return value.isoformat() if isinstance(value, date) and value.year in YEARS else None


def _is_storable(text: str) -> bool:
    """Without NUL and half pairs, which no database keeps."""
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False


READERS: Final[dict[AttributeType, Callable[[Any], Any]]] = {
    AttributeType.TEXT: _text,
    AttributeType.NUMBER: _number,
    AttributeType.BOOLEAN: _boolean,
    AttributeType.DATE: _date,
}
