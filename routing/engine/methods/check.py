"""What is wrong with an assignment method, each fault with its path."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from routing.engine.conditions import (
    MAXIMUM_FIELD,
    OPERATORS,
    Finding,
    check_condition,
    is_readable,
    is_storable,
)
from routing.engine.conditions.check import MAXIMUM_DEPTH
from routing.engine.methods.attributes import attribute_of
from routing.engine.methods.people import (
    CUSTOM_MATCH,
    EXACT_MATCH,
    OWN_OPERATORS,
    agent_field,
    is_item_path,
)
from routing.engine.methods.shapes import Order
from routing.engine.methods.values import value_faults
from workstreams.terms import AssignmentMethodName, MethodKind

MOST_NAME: Final = 100
MOST_QUOTED: Final = 60
MOST_DESCRIPTION: Final = 500
MOST_RULES: Final = 100
MOST_RULESETS: Final = 20
MOST_ORDERS: Final = 5
DIRECTIONS: Final = ("ascending", "descending")
DIRECTED: Final = (Order.CAPACITY, Order.UNITS, Order.PROFILES)
BY_SKILLS: Final = (Order.NEAREST, Order.MOST, Order.SKILL_COUNT)
# Agents are ordered by these, and by attributes of the organisation; the others come and go.
ORDERED_ATTRIBUTES: Final = (
    "agent.username",
    "agent.name",
    "agent.nickname",
    "agent.role",
    "agent.locale",
    "agent.hours",
    "agent.units_limit",
    "agent.created_at",
)
WEIGHTS: Final = ("skills", "waiting", "fairness")
MOST_WEIGHT: Final = 100
A_WEIGHT: Final = f"A weight is a number from 0 to {MOST_WEIGHT}."
LISTS: Final = ("prioritization", "rulesets", "selection")

Faults = Iterator[Finding]


def method_faults(document: Mapping[str, Any]) -> list[Finding]:
    """All of them; none means that it compiles."""
    return list(_faults(document))


def agent_condition_faults(condition: Any, path: str = "when") -> list[Finding]:
    """All faults of a condition about agents."""
    if condition is None or condition == {}:
        return []
    # Its shape is that of all conditions; its rows are looked at here.
    findings = check_condition(_stand_in(condition), path)
    return findings or list(_rows(condition, path))


def _faults(document: Mapping[str, Any]) -> Faults:
    yield from _name(document, "name")
    name = str(document.get("name") or "").strip().casefold()
    if name in {each.value for each in AssignmentMethodName}:
        yield _finding("name", "A built-in method has this name.")
    description = document.get("description") or ""
    is_text = isinstance(description, str) and is_storable(description)
    if not is_text or len(description) > MOST_DESCRIPTION:
        yield _finding("description", f"A description has at most {MOST_DESCRIPTION} characters.")
    kind = document.get("kind") or MethodKind.RULES
    if kind not in list(MethodKind):
        yield _finding("kind", f"There is no kind {kind!r}.")
        return
    if kind == MethodKind.BEST_MATCH:
        yield from _of_match(document)
    else:
        yield from _of_rules(document)


def _of_match(document: Mapping[str, Any]) -> Faults:
    for key in LISTS:
        if document.get(key):
            yield _finding(key, "A best overall match has weights and no rules.")
    weights = document.get("weights") or {}
    if not isinstance(weights, Mapping) or not set(weights) <= set(WEIGHTS):
        yield _finding("weights", f"Weights are numbers for {', '.join(WEIGHTS)}.")
        return
    for name, value in weights.items():
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not 0 <= value <= MOST_WEIGHT:
            yield _finding(f"weights.{name}", A_WEIGHT)


def _of_rules(document: Mapping[str, Any]) -> Faults:
    if document.get("weights"):
        yield _finding("weights", "Only a best overall match has weights.")
    yield from _each(document, "prioritization", "", _bucket)
    rulesets = document.get("rulesets")
    if isinstance(rulesets, list) and not rulesets:
        yield _finding("rulesets", "A method has at least one assignment ruleset.")
    yield from _each(document, "rulesets", "", _ruleset, most=MOST_RULESETS)
    listed = rulesets if isinstance(rulesets, list) else []
    names = [each.get("name") for each in listed if isinstance(each, Mapping)]

    def criterion(each: Mapping[str, Any], path: str) -> Faults:
        yield from check_condition(each.get("when"), f"{path}.when")
        if each.get("ruleset") not in names:
            yield _finding(f"{path}.ruleset", "Choose one of the method's rulesets.")

    yield from _each(document, "selection", "", criterion)


def _bucket(bucket: Mapping[str, Any], path: str) -> Faults:
    yield from check_condition(bucket.get("when"), f"{path}.when")
    order = bucket.get("order_by")
    if order is None:
        return
    path = f"{path}.order_by"
    if not isinstance(order, Mapping) or not set(order) <= {"by", "direction"}:
        yield _finding(path, "An order has a field (by) and a direction.")
    elif not _is_path(order.get("by"), is_readable) or order["by"] == "skills":
        yield _finding(f"{path}.by", f"There is no field {str(order.get('by'))[:MOST_QUOTED]!r}.")
    elif order.get("direction") not in DIRECTIONS:
        yield _finding(f"{path}.direction", "Choose ascending or descending.")


def _ruleset(ruleset: Mapping[str, Any], path: str) -> Faults:
    rules = ruleset.get("rules")
    if isinstance(rules, list) and not rules:
        yield _finding(f"{path}.rules", "A ruleset has at least one rule.")
    yield from _each(ruleset, "rules", f"{path}.", _rule)


def _rule(rule: Mapping[str, Any], path: str) -> Faults:
    when, at = rule.get("when"), f"{path}.when"
    yield from agent_condition_faults(when, at) or value_faults(when, at)
    orders = rule.get("order_by") or []
    if not isinstance(orders, list) or len(orders) > MOST_ORDERS:
        yield _finding(f"{path}.order_by", f"Agents are ordered by at most {MOST_ORDERS} things.")
        return
    for index, order in enumerate(orders):
        yield from _order(order, f"{path}.order_by.{index}")


def _order(order: Any, path: str) -> Faults:
    if not isinstance(order, Mapping) or not set(order) <= {"by", "direction", "skill_type"}:
        yield _finding(path, "An order has a thing (by), and perhaps a direction or a skill_type.")
        return
    by = order.get("by")
    is_own = by in ORDERED_ATTRIBUTES or (attribute_of(by) is not None and _is_path(by, _is_any))
    if not isinstance(by, str) or not (is_own or by in list(Order)):
        yield _finding(f"{path}.by", f"Agents are not ordered by {str(by)[:MOST_QUOTED]!r}.")
    elif by in DIRECTED or is_own:
        if order.get("direction") not in DIRECTIONS:
            yield _finding(f"{path}.direction", "Choose ascending or descending.")
    elif order.get("direction"):
        yield _finding(f"{path}.direction", "This order has one direction only.")
    skill_type = order.get("skill_type")
    if skill_type and by not in BY_SKILLS:
        yield _finding(f"{path}.skill_type", "Only orders by skills have a skill type.")
    elif skill_type and not (isinstance(skill_type, str) and is_storable(skill_type)):
        yield _finding(f"{path}.skill_type", "A skill type is a name.")


def _each(
    holder: Mapping[str, Any],
    key: str,
    path: str,
    look: Callable[[Mapping[str, Any], str], Faults],
    *,
    most: int = MOST_RULES,
) -> Faults:
    """A list of named things, each with a name of its own."""
    listed, path = holder.get(key, []), f"{path}{key}"
    if not isinstance(listed, list) or len(listed) > most:
        yield _finding(path, f"This is a list of at most {most}.")
        return
    seen: set[str] = set()
    for index, each in enumerate(listed):
        if not isinstance(each, Mapping):
            yield _finding(f"{path}.{index}", "This is an object with a name.")
            continue
        yield from (
            _finding(f"{path}.{index}.{one.path}", one.message) for one in _name(each, "name")
        )
        unknown = sorted(map(str, set(each) - KEYS[key]))
        if unknown:
            yield _finding(f"{path}.{index}.{unknown[0]}", f"There is no {unknown[0]} here.")
        name = str(each.get("name")).strip().casefold()
        if name in seen:
            yield _finding(f"{path}.{index}.name", "Another one in this list has this name.")
        seen.add(name)
        yield from look(each, f"{path}.{index}")


KEYS: Final = {
    "prioritization": {"name", "when", "order_by"},
    "rulesets": {"name", "rules"},
    "rules": {"name", "when", "order_by"},
    "selection": {"name", "when", "ruleset"},
}


def _name(holder: Mapping[str, Any], path: str) -> Faults:
    """The path ends with the key."""
    name = holder.get("name")
    is_fine = isinstance(name, str) and len(name.strip()) > 0 and len(name) <= MOST_NAME
    if not is_fine or not is_storable(name):
        yield _finding(path, f"A name has 1 to {MOST_NAME} characters.")


def _stand_in(condition: Any, depth: int = 0) -> Any:
    """The same condition about an item, for what all conditions have in common; what is nested too
    deeply is refused as it is."""
    if depth > MAXIMUM_DEPTH:
        return condition
    if isinstance(condition, list | tuple):
        return [_stand_in(each, depth) for each in condition]
    if not isinstance(condition, Mapping):
        return condition
    if "field" not in condition and "op" not in condition:
        return {key: _stand_in(each, depth + 1) for key, each in condition.items()}
    op = condition.get("op")
    if (isinstance(op, str) and op in OWN_OPERATORS) or "item" in condition:
        return {"field": "title", "op": "is_set"}
    return {"field": "title", **{key: each for key, each in condition.items() if key != "field"}}


def _rows(condition: Mapping[str, Any], path: str) -> Faults:
    for name in ("all", "any"):
        for index, child in enumerate(condition.get(name, ())):
            yield from _rows(child, f"{path}.{name}.{index}")
    if "not" in condition:
        yield from _rows(condition["not"], f"{path}.not")
    if "field" in condition or "op" in condition:
        yield from _row(condition, path)


def _row(row: Mapping[str, Any], path: str) -> Faults:
    field = agent_field(row["field"]) if _is_path(row.get("field"), _is_any) else None
    if field is None:
        yield _finding(
            f"{path}.field", f"Agents have no field {str(row.get('field'))[:MOST_QUOTED]!r}."
        )
        return
    op = row.get("op")
    if not isinstance(op, str) or op not in field.operators:
        op = str(op)[:MOST_QUOTED]
        known = OWN_OPERATORS.get(op) or (OPERATORS[op].words if op in OPERATORS else op)
        yield _finding(f"{path}.op", f"“{known}” does not fit {field.words}.")
    for key in sorted(set(row) - {"field", "op", "value", "item"}):
        yield _finding(f"{path}.{key}", f"A row has no {key}.")
    yield from _right_side(row, path, may_be_dynamic=field.may_be_dynamic)


def _right_side(row: Mapping[str, Any], path: str, *, may_be_dynamic: bool) -> Faults:
    op, is_dynamic = row.get("op"), "item" in row
    if is_dynamic and "value" in row:
        yield _finding(f"{path}.value", "A row compares with a value or with the item, not both.")
    if op == CUSTOM_MATCH and not is_dynamic:
        yield _finding(f"{path}.item", "Choose the field of the item that names the skill.")
    if is_dynamic and (op == EXACT_MATCH or not may_be_dynamic or op in ("is_set", "is_not_set")):
        yield _finding(f"{path}.item", "This compares with nothing of the item.")
    elif is_dynamic and not _is_path(row["item"], is_item_path):
        yield _finding(f"{path}.item", f"Items have no field {str(row['item'])[:MOST_QUOTED]!r}.")
    if op == EXACT_MATCH and row.get("value") not in (None, ""):
        value = row["value"]
        if not isinstance(value, str) or len(value) > MOST_NAME or not is_storable(value):
            yield _finding(f"{path}.value", "Here stands the name of a skill type, or nothing.")


def _is_path(path: Any, is_known: Callable[[object], bool]) -> bool:
    return is_known(path) and is_storable(path) and len(path) <= MAXIMUM_FIELD


def _is_any(path: object) -> bool:
    return isinstance(path, str)


def _finding(path: str, message: str) -> Finding:
    return Finding(path=path, message=message)
