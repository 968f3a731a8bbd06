"""Attributes of agents that an organisation keeps, as assignment methods name and compare them."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Protocol

from routing.engine.conditions import OPERATORS, Finding
from routing.engine.conditions.types import OPERATORS_OF, FieldType

PREFIX: Final = "agent.attributes."
MOST_QUOTED: Final = 60
Document = Mapping[str, Any]


class Attribute(Protocol):
    """What is declared of one."""

    @property
    def type(self) -> str: ...
    @property
    def options(self) -> Any: ...


# By name.
Attributes = Mapping[str, Attribute]


def attribute_of(path: object) -> str | None:
    """The attribute that a path of agents names; None of all other fields."""
    if not isinstance(path, str) or not path.startswith(PREFIX):
        return None
    name = path.removeprefix(PREFIX)
    return name if name.strip() else None


def path_of(name: str) -> str:
    """The path by which methods name it."""
    return f"{PREFIX}{name}"


def operators_of(attribute: Attribute) -> tuple[str, ...]:
    """What can be asked of one of this type."""
    return OPERATORS_OF[FieldType(attribute.type)]


def attribute_faults(document: Document, attributes: Attributes) -> Iterator[Finding]:
    """What a method without other faults asks of attributes that are not there, or not so."""
    for place, ruleset in enumerate(document.get("rulesets") or ()):
        for number, rule in enumerate(ruleset.get("rules") or ()):
            path = f"rulesets.{place}.rules.{number}"
            yield from condition_faults(rule.get("when"), attributes, f"{path}.when")
            for index, order in enumerate(rule.get("order_by") or ()):
                name = attribute_of(order["by"])
                if name is not None and name not in attributes:
                    yield _unknown(name, f"{path}.order_by.{index}.by")


def condition_faults(
    condition: Document | None, attributes: Attributes, path: str = "when"
) -> Iterator[Finding]:
    """The same of one condition."""
    if not condition:
        return
    for key in ("all", "any"):
        for index, child in enumerate(condition.get(key, ())):
            yield from condition_faults(child, attributes, f"{path}.{key}.{index}")
    if "not" in condition:
        yield from condition_faults(condition["not"], attributes, f"{path}.not")
    name = attribute_of(condition.get("field"))
    if name is None:
        return
    if name not in attributes:
        yield _unknown(name, f"{path}.field")
    else:
        yield from _misfits(condition, name, attributes[name], path)


def _misfits(row: Document, name: str, attribute: Attribute, path: str) -> Iterator[Finding]:
    op = row["op"]
    if op not in operators_of(attribute):
        sentence = f"“{OPERATORS[op].words}” does not fit {name}, a {_noun(attribute)}."
        yield Finding(path=f"{path}.op", message=sentence)
    elif "item" in row or "value" not in row:
        return
    elif attribute.type == FieldType.BOOLEAN and not _is_truth(row["value"]):
        yield Finding(path=f"{path}.value", message=f"{name} is true or false.")
    elif attribute.type == FieldType.CHOICE:
        known = {each.casefold() for each in attribute.options}
        value = row["value"]
        for one in value if isinstance(value, list | tuple) else [value]:
            if str(one).strip().casefold() not in known:
                options = ", ".join(attribute.options)
                sentence = f"{name} is never {str(one)[:MOST_QUOTED]!r}: it is one of {options}."
                yield Finding(path=f"{path}.value", message=sentence)


def _noun(attribute: Attribute) -> str:
    return {FieldType.BOOLEAN: "yes or no"}.get(FieldType(attribute.type), str(attribute.type))


def _is_truth(value: Any) -> bool:
    return isinstance(value, bool) or str(value).strip().casefold() in ("true", "false")


def _unknown(name: str, path: str) -> Finding:
    return Finding(path=path, message=f"Agents have no attribute {name[:MOST_QUOTED]!r}.")
