"""What of a document reads a context variable."""

from collections.abc import Iterator, Mapping
from typing import Any

from workstreams.queries.context_variable_uses import reads

Reader = tuple[str, Any]


def readers_in(kind: str, document: Mapping[str, Any], name: str) -> Iterator[Reader]:
    """Titles of rules, or of the whole document, with what they say; any JSON may be in it."""
    if kind != "workstream":
        if reads(document, name):
            yield document["name"], document
        return
    for ruleset in _objects(document.get("classification")):
        if f"context.{name}" in (ruleset.get("inputs") or ()):
            yield str(ruleset.get("name")), ruleset
        yield from _rules(ruleset.get("rules"), name)
    yield from _rules(document.get("route_to_queue"), name)


def _rules(rules: Any, name: str) -> Iterator[Reader]:
    for rule in _objects(rules):
        if reads(rule, name):
            yield str(rule.get("name")), rule


def _objects(value: Any) -> list[Mapping[str, Any]]:
    entries = value if isinstance(value, list) else []
    return [each for each in entries if isinstance(each, Mapping)]
