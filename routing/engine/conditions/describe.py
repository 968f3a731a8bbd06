"""A condition as a sentence."""

from collections.abc import Mapping
from typing import Any

from routing.engine.conditions.fields import in_words
from routing.engine.conditions.operators import OPERATORS, Takes


def describe(condition: Mapping[str, Any] | None) -> str:
    """`context tier equals gold and (case type is one of refund, fault or ...)`."""
    return _describe(condition, nested=False) if condition else "always"


def _describe(condition: Mapping[str, Any], *, nested: bool) -> str:
    if not condition:
        return "always"
    if "not" in condition:
        return f"not ({_describe(condition['not'], nested=False)})"
    if "all" in condition:
        return _joined(condition["all"], " and ", nested)
    if "any" in condition:
        return _joined(condition["any"], " or ", nested)
    return _row(condition)


def _joined(children: list[Mapping[str, Any]], word: str, nested: bool) -> str:
    if not children:
        return "always"
    sentence = word.join(_describe(child, nested=len(children) > 1) for child in children)
    return f"({sentence})" if nested and len(children) > 1 else sentence


def _row(row: Mapping[str, Any]) -> str:
    operator = OPERATORS[row["op"]]
    words = f"{in_words(row['field'])} {operator.words}"
    if operator.takes is Takes.NOTHING:
        return words
    return f"{words} {_value(operator.takes, row['value'])}"


def _value(takes: Takes, value: Any) -> str:
    if takes is Takes.RANGE:
        return f"{value[0]} and {value[1]}"
    if takes is Takes.VALUES:
        return ", ".join(str(one) for one in value)
    if takes is Takes.DURATION:
        parts = value if isinstance(value, Mapping) else {"minutes": value}
        return " ".join(f"{amount} {unit}" for unit, amount in parts.items())
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
