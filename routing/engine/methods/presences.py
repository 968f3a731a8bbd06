"""In which presences the rules of a method may let agents have work."""

from typing import Any, Final

from agents.terms import BasePresence
from routing.engine.conditions.values import are_equal
from routing.engine.methods.condition import Row
from routing.engine.methods.shapes import CustomMethod
from workstreams.terms import MethodKind

Presences = frozenset[BasePresence]
EVERY: Final[Presences] = frozenset(BasePresence)


def presences_asked(method: CustomMethod | None, allowed: Presences) -> Presences:
    """Those that one of its rules lets through, of work whose workstream has these ``allowed``.

    Rules of one's own alone ask in their own way; all else goes by what the workstream allows. A
    row that compares the presence in a less usual way is taken to let every one through.
    """
    if method is None or method.kind is not MethodKind.RULES:
        return allowed
    steps = [step for ruleset in method.rulesets for step in ruleset.steps]
    asked = [[_asked(row, allowed) for row, _ in step.when.rows] for step in steps]
    return frozenset().union(*(EVERY.intersection(*each) for each in asked))


def _asked(row: Row, allowed: Presences) -> Presences:
    if row.get("field") != "agent.presence":
        return EVERY
    if row.get("item") == "workstream.allowed_presences" and row["op"] == "equals":
        return allowed
    return _named(row) if "value" in row else EVERY


def _named(row: Row) -> Presences:
    values: dict[str, Any] = {"equals": [row["value"]], "in": row["value"]}
    named = values.get(row["op"])
    if named is None:
        return EVERY
    return frozenset(base for base in EVERY if any(are_equal(base, each) for each in named))
