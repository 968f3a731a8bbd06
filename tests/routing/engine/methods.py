"""Custom methods as tests write them."""

from typing import Any

from routing.engine.assign import decide
from routing.engine.configuration import compile_piece
from routing.engine.methods.built_in import ALLOWED
from tests.routing.engine.situations import NOW, a_configuration, a_queue

NAME = "Ours"


def a_method(*rules: dict[str, Any], **parts: Any) -> Any:
    """A method whose first ruleset has these rules."""
    rulesets = [{"name": "Everyone", "rules": list(rules) or [a_rule()]}]
    return compile_piece("assignment_method", {"name": NAME, "rulesets": rulesets} | parts, id=1)


def a_rule(name: str = "Any", *rows: dict[str, Any], order: Any = ()) -> dict[str, Any]:
    """A rule of these rows and those of the allowed presences."""
    by = [each if isinstance(each, dict) else {"by": each} for each in order]
    return {"name": name, "when": {"all": [dict(ALLOWED), *rows]}, "order_by": by}


def row(field: str, op: str, value: Any = None, *, item: str = "") -> dict[str, Any]:
    """One row about an agent, or about an item."""
    found: dict[str, Any] = {"field": field, "op": op}
    if value is not None:
        found["value"] = value
    return found | ({"item": item} if item else {})


def deciding(method: Any, items: Any, agents: Any, *pieces: Any) -> Any:
    """A batch of a queue that has the method."""
    configuration = a_configuration(a_queue(assignment_method=NAME), method, *pieces)
    return decide(configuration, items, agents, now=NOW)


def pairs(*given: Any) -> list[tuple[int, int]]:
    """Which item goes to whom."""
    return [(each.item_id, each.agent_id) for each in deciding(*given).assignments]
