"""Conditions about agents, and orders, as sentences."""

from collections.abc import Mapping
from typing import Any, Final

from routing.engine.conditions import OPERATORS, describe
from routing.engine.conditions.fields import in_words
from routing.engine.methods.attributes import attribute_of
from routing.engine.methods.people import CUSTOM_MATCH, EXACT_MATCH, OWN_OPERATORS, agent_field
from routing.engine.methods.shapes import Order

ORDER_WORDS: Final[dict[str, str]] = {
    Order.LEAST_ACTIVE: "least active first",
    Order.ROUND_ROBIN: "longest without an assignment in this queue first",
    Order.CAPACITY: "available capacity",
    Order.UNITS: "free units",
    Order.PROFILES: "room in capacity profiles",
    Order.NEAREST: "nearest proficiency first",
    Order.MOST: "most proficient first",
    Order.SKILL_COUNT: "most of the required skills first",
}
OF_AMOUNTS: Final = ("least first", "most first")
OF_TEXTS: Final = ("A to Z", "Z to A")
WAYS: Final[dict[str, tuple[str, str]]] = {
    "agent.units_limit": OF_AMOUNTS,
    "agent.created_at": ("longest here first", "newest first"),
}
ITEM_WORDS: Final[dict[str, str]] = {
    "workstream.allowed_presences": "the workstream's allowed presences",
    "workstream.capacity": "the capacity that the item needs",
    "workstream.name": "the workstream's name",
    "skills": "the skills that the item requires",
}


def row_in_words(row: Mapping[str, Any]) -> str:
    """One row, or a group of rows, of a condition about an agent."""
    if not row:
        return "always"
    if "not" in row:
        return f"not ({row_in_words(row['not'])})"
    for name, word in (("all", " and "), ("any", " or ")):
        if name in row:
            parts = [row_in_words(child) for child in row[name]]
            sentence = word.join(parts) or "always"
            return f"({sentence})" if len(parts) > 1 else sentence
    return _single(row)


def condition_in_words(condition: Mapping[str, Any] | None) -> str:
    """A whole condition; without one everybody meets it."""
    sentence = row_in_words(condition or {})
    return sentence[1:-1] if sentence.startswith("(") and _is_one(sentence) else sentence


def order_in_words(order: Mapping[str, Any]) -> str:
    """One column of an order of agents."""
    by = order["by"]
    words = ORDER_WORDS.get(by) or _field(by)
    if order.get("skill_type"):
        words = f"{words}, by skills of the type {order['skill_type']}"
    if not order.get("direction"):
        return words
    if attribute_of(by) is not None:
        return f"{words}, {order['direction']}"
    first, last = WAYS.get(by) or (OF_TEXTS if agent_field(by) else OF_AMOUNTS)
    return f"{words}, {first if order['direction'] == 'ascending' else last}"


def _single(row: Mapping[str, Any]) -> str:
    op, field = row["op"], _field(row["field"])
    other = _item(row["item"]) if "item" in row else ""
    if op == EXACT_MATCH:
        kind = f" of the type {row['value']}" if row.get("value") else ""
        return f"{field} {OWN_OPERATORS[op]}{kind}"
    if op == CUSTOM_MATCH:
        return f"{field} {OWN_OPERATORS[op]} {other}"
    if op in OWN_OPERATORS:
        return f"{field} {OWN_OPERATORS[op]}"
    if other:
        return f"{field} {OPERATORS[op].words} {other}"
    return describe(row, words=_field)


def _field(path: str) -> str:
    known = agent_field(path)
    return known.words if known else in_words(path)


def _item(path: str) -> str:
    return ITEM_WORDS.get(path) or f"the item's {in_words(path)}"


def _is_one(sentence: str) -> bool:
    """Whether the first bracket is closed by the last sign."""
    depth = 0
    for index, sign in enumerate(sentence):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return index == len(sentence) - 1
    return False
