"""Conditions about agents as the builder has them, and back.

In the builder a value in braces stands for a field of the item, and what an operator of agents'
own asks (is working, all required skills) is a field that is true or not.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from routing.engine.conditions import Finding
from routing.engine.methods.people import CUSTOM_MATCH, EXACT_MATCH, IS_WORKING
from routing.forms.methods.catalogue import ALL_SKILLS, STAND_IN, WORKS_NOW, AgentCatalogue

BRACES: Final = re.compile(r"\{(.+)\}")
Condition = dict[str, Any]
MIXED: Final = "A field of the item stands alone: choose it, or values."


def to_builder(condition: Any, catalogue: AgentCatalogue) -> Any:
    """A stored condition in the builder's words."""
    if not isinstance(condition, Mapping):
        return condition
    if "field" in condition:
        return _row_to_builder(condition, catalogue)
    return {key: _inside(each, catalogue, to_builder) for key, each in condition.items()}


def from_builder(condition: Any, catalogue: AgentCatalogue) -> Any:
    """The builder's condition in the words of the public contract."""
    if not isinstance(condition, Mapping):
        return condition
    if "field" in condition:
        return _row_from_builder(condition, catalogue)
    return {key: _inside(each, catalogue, from_builder) for key, each in condition.items()}


def mixed_faults(condition: Condition, path: str = "when") -> Iterator[Finding]:
    """Rows that name a field of the item among constants: it would be compared as a text."""
    for name in ("all", "any"):
        for index, child in enumerate(condition.get(name, ())):
            yield from mixed_faults(child, f"{path}.{name}.{index}")
    if "not" in condition:
        yield from mixed_faults(condition["not"], f"{path}.not")
    value = condition.get("value")
    if isinstance(value, list) and any(
        isinstance(one, str) and BRACES.fullmatch(one) for one in value
    ):
        yield Finding(path=f"{path}.value", message=MIXED)


def _inside(value: Any, catalogue: AgentCatalogue, turn: Any) -> Any:
    if isinstance(value, list | tuple):
        return [turn(each, catalogue) for each in value]
    return turn(value, catalogue)


def _row_to_builder(row: Mapping[str, Any], catalogue: AgentCatalogue) -> Condition:
    path, op = row["field"], row["op"]
    if op == IS_WORKING:
        return {"field": f"{STAND_IN}{path}", "op": "equals", "value": True}
    if op == EXACT_MATCH:
        kind = f".{row['value']}" if row.get("value") else ""
        return {"field": f"{STAND_IN}{ALL_SKILLS}{kind}", "op": "equals", "value": True}
    said: Condition = {"field": f"{STAND_IN}{path}", "op": "contains" if op == CUSTOM_MATCH else op}
    if "item" in row:
        said["value"] = _braced(row["item"], said["op"], catalogue)
    elif "value" in row:
        said["value"] = row["value"]
    return said


def _braced(path: str, op: str, catalogue: AgentCatalogue) -> Any:
    is_choice = path == "workstream.allowed_presences"
    value = f"{{{path if is_choice else catalogue.item_label(path)}}}"
    return [value] if op in ("in", "not_in") else value


def _row_from_builder(row: Mapping[str, Any], catalogue: AgentCatalogue) -> Condition:
    path, op, value = str(row["field"]).removeprefix(STAND_IN), row["op"], row.get("value")
    if path in (WORKS_NOW, ALL_SKILLS) or path.startswith(f"{ALL_SKILLS}."):
        return _truth(path, op, value)
    item = _item_of(value, catalogue)
    if item is None:
        return {**row, "field": path}
    is_match = path == "agent.skills" and op == "contains"
    return {"field": path, "op": CUSTOM_MATCH if is_match else op, "item": item}


def _item_of(value: Any, catalogue: AgentCatalogue) -> str | None:
    single = _whole(value, catalogue) if isinstance(value, list) else value
    found = BRACES.fullmatch(single.strip()) if isinstance(single, str) else None
    return catalogue.item_path(found[1]) if found else None


def _whole(values: list[Any], catalogue: AgentCatalogue) -> Any:
    """The one value; of several the field of the item whose label has commas between them."""
    if len(values) < 2:
        return values[0] if values else None
    inside = BRACES.fullmatch(", ".join(map(str, values)))
    label = catalogue.label_cut_up(inside[1].split(", ")) if inside else None
    return label and f"{{{label}}}"


def _truth(path: str, op: str, value: Any) -> Condition:
    """A question with yes and no as the operator that asks it."""
    if path == WORKS_NOW:
        asked: Condition = {"field": path, "op": IS_WORKING}
    else:
        kind = path.removeprefix(ALL_SKILLS).removeprefix(".")
        asked = {"field": "agent.skills", "op": EXACT_MATCH} | ({"value": kind} if kind else {})
    if op not in ("equals", "not_equals") or not isinstance(value, bool):
        return {"field": asked["field"], "op": op, "value": value}
    return asked if value is (op == "equals") else {"not": asked}
