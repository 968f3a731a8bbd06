"""What may come with a conversation as its context variables (B 10.1)."""

import re
from collections.abc import Mapping
from typing import Any, Final

from config.prepared import Prepared
from workstreams.actions.refusals import InvalidSettings
from workstreams.models import ContextVariable, Workstream
from workstreams.terms import VariableType

MOST_VARIABLES: Final = 100
NAME_LENGTH: Final = 100
VALUE_LENGTH: Final = 4000
# The one mapping: what a channel tells of the visitor's language, device and page.
ENGAGEMENT: Final = "engagement"
NUMBER: Final = re.compile(r"[+-]?\d{1,15}(\.\d{1,15})?", re.ASCII)
NUMBERS: Final = Prepared(
    lambda workstream_id: ContextVariable.objects.filter(
        workstream_id=workstream_id, type=VariableType.NUMBER
    ),
    "workstream_id",
)


def checked_context(
    *, workstream: Workstream, context: Mapping[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """The variables as they are stored, and notes on those that are no numbers but should be.

    Texts of Number variables become numbers. Refuses InvalidSettings: too many, too long,
    or neither text, number nor truth value. One query, none without context.
    """
    if not context:
        return {}, []
    errors = _errors(context)
    if errors:
        raise InvalidSettings(errors)
    stored, notes = dict(context), []
    for name in _numbers(workstream, context):
        stored[name] = _number(context[name])
        if isinstance(stored[name], str | bool):
            notes.append(f"The variable {name} is a number, but its value is not: kept as text.")
    return stored, notes


def _errors(context: Mapping[str, Any]) -> dict[str, str]:
    if len([name for name in context if name != ENGAGEMENT]) > MOST_VARIABLES:
        return {"context": f"A conversation has at most {MOST_VARIABLES} context variables."}
    found = {
        f"context.{name[:NAME_LENGTH]}": _fault(name, value) for name, value in context.items()
    }
    return {name: fault for name, fault in found.items() if fault}


def _fault(name: str, value: Any) -> str:
    if not name.strip():
        return "A context variable needs a name."
    if len(name) > NAME_LENGTH:
        return f"The name of a context variable has at most {NAME_LENGTH} characters."
    if name == ENGAGEMENT and isinstance(value, Mapping):
        return next((_fault(str(key), each) for key, each in value.items()), "")
    if not (value is None or isinstance(value, str | bool | int | float)):
        return "A context variable holds a text, a number, or true or false."
    if len(str(value)) > VALUE_LENGTH:
        return f"The value of a context variable has at most {VALUE_LENGTH} characters."
    return ""


def _numbers(workstream: Workstream, context: Mapping[str, Any]) -> list[str]:
    """The Number variables among those given; names may stand more than once in no case."""
    return [each.name for each in NUMBERS(workstream_id=workstream.pk) if each.name in context]


def _number(value: Any) -> Any:
    """The number that a text says, else the value as it is."""
    text = value.strip() if isinstance(value, str) else ""
    if not NUMBER.fullmatch(text):
        return value
    return float(text) if "." in text else int(text)
