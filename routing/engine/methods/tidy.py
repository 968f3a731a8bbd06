"""Methods in the one form in which they are compared, stored and exported."""

from collections.abc import Mapping
from typing import Any, Final

from workstreams.terms import MethodKind

Document = dict[str, Any]
WEIGHTS: Final = {"skills": 60, "waiting": 20, "fairness": 20}


def tidy_method(document: Mapping[str, Any]) -> Document:
    """With all its keys in the order people read them; what makes no sense stays to be refused."""
    kind = document.get("kind") or MethodKind.RULES.value
    is_match = kind == MethodKind.BEST_MATCH
    weights = document.get("weights") or {}
    if is_match and isinstance(weights, Mapping):
        weights = {**WEIGHTS, **{name: _shortest(each) for name, each in weights.items()}}
    return {
        "name": document.get("name", ""),
        "description": document.get("description") or "",
        "kind": kind,
        "prioritization": _listed(document.get("prioritization"), _bucket),
        "rulesets": _listed(document.get("rulesets"), _ruleset),
        "selection": _listed(document.get("selection"), _criterion),
        "weights": weights,
    }


def _shortest(weight: Any) -> Any:
    """12 for 12.0, as people write it."""
    is_whole = isinstance(weight, float) and weight.is_integer()
    return int(weight) if is_whole else weight


def _listed(value: Any, arrange: Any) -> Any:
    if value is None:
        return []
    if not isinstance(value, list):
        return value
    return [arrange(each) if isinstance(each, Mapping) else each for each in value]


def _bucket(bucket: Mapping[str, Any]) -> Document:
    order = bucket.get("order_by") or None
    if isinstance(order, Mapping):
        order = {"direction": "ascending", **order}
        order = {key: order[key] for key in ("by", "direction", *order) if key in order}
    return {**_named(bucket), "when": bucket.get("when") or {}, "order_by": order, **_rest(bucket)}


def _ruleset(ruleset: Mapping[str, Any]) -> Document:
    rules = _listed(ruleset.get("rules"), _rule)
    return {**_named(ruleset), "rules": rules, **_rest(ruleset, "rules")}


def _rule(rule: Mapping[str, Any]) -> Document:
    orders = _listed(rule.get("order_by"), _order)
    return {**_named(rule), "when": rule.get("when") or {}, "order_by": orders, **_rest(rule)}


def _criterion(criterion: Mapping[str, Any]) -> Document:
    return {
        **_named(criterion),
        "when": criterion.get("when") or {},
        "ruleset": criterion.get("ruleset", ""),
        **_rest(criterion, "ruleset"),
    }


def _order(order: Mapping[str, Any]) -> Document:
    """What an order does not say is left out."""
    return {key: order[key] for key in ("by", "direction", "skill_type", *order) if order.get(key)}


def _named(holder: Mapping[str, Any]) -> Document:
    name = holder.get("name", "")
    return {"name": name.strip() if isinstance(name, str) else name}


def _rest(holder: Mapping[str, Any], *known: str) -> Document:
    usual = {"name", "when", "order_by", *known}
    return {key: each for key, each in holder.items() if key not in usual}
