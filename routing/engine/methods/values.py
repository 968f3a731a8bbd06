"""Constants that a field of agents, which is one of a few, never is."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from routing.engine.conditions import OPERATORS, Finding, Takes
from routing.engine.methods.people import agent_field

MOST_QUOTED: Final = 60


def value_faults(condition: Mapping[str, Any] | None, path: str = "when") -> Iterator[Finding]:
    """All of them in a condition without other faults."""
    condition = condition or {}
    for name in ("all", "any"):
        for index, child in enumerate(condition.get(name, ())):
            yield from value_faults(child, f"{path}.{name}.{index}")
    if "not" in condition:
        yield from value_faults(condition["not"], f"{path}.not")
    field = agent_field(condition["field"]) if "field" in condition else None
    if field is None or not field.values or condition.get("value") is None:
        return
    if OPERATORS[condition["op"]].takes is Takes.NOTHING:
        return
    value = condition["value"]
    for one in value if isinstance(value, list | tuple) else [value]:
        if str(one).strip().casefold() not in field.values:
            known = ", ".join(field.values)
            sentence = f"{str(one)[:MOST_QUOTED]!r} is no {field.words}: it is one of {known}."
            yield Finding(path=f"{path}.value", message=sentence)
