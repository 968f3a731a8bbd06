"""What of a document reads a context variable, and which texts name it."""

from collections.abc import Iterator, Mapping
from typing import Any

from routing.configuration.documents.landscape import Landscape
from workstreams.queries.context_variable_uses import TEMPLATES, mentions, reads
from workstreams.terms import LABELS, MessageTrigger

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


def texts_naming(entry: Mapping[str, Any], name: str, organisation: Landscape) -> Iterator[str]:
    """Titles of what is said in the workstream once the document is imported."""
    for title, text in _texts(entry, organisation):
        if mentions(text, name):
            yield title


def _texts(entry: Mapping[str, Any], organisation: Landscape) -> Iterator[tuple[str, str]]:
    own = entry["name"].lower()
    for reply in organisation.after("quick_reply").values():
        if not reply["workstreams"] or own in map(str.lower, reply["workstreams"]):
            yield reply["title"], reply["message"]
    chosen = {str(entry[field.removesuffix("_id")]).lower() for field in TEMPLATES}
    for key, template in organisation.after("notification_template").items():
        if key in chosen:
            yield template["name"], f"{template['title']} {template['fields']}"
    session = organisation.after("session_template").get(str(entry["session_template"]).lower())
    if session is not None:
        yield session["name"], session["title"]
    for template in organisation.after("message_template").values():
        if template["channel"] == entry["channel"]:
            yield from ((template["name"], text) for text in template["texts"].values())
    for message in organisation.after("automated_message").values():
        if message["channel"] == entry["channel"]:
            yield LABELS[MessageTrigger(message["trigger"])], message["text"]
    for instance in organisation.after("channel_instance").values():
        if instance["workstream"].lower() == own:
            yield from ((instance["name"], each["text"]) for each in instance["automated_messages"])


def _rules(rules: Any, name: str) -> Iterator[Reader]:
    for rule in _objects(rules):
        if reads(rule, name):
            yield str(rule.get("name")), rule


def _objects(value: Any) -> list[Mapping[str, Any]]:
    entries = value if isinstance(value, list) else []
    return [each for each in entries if isinstance(each, Mapping)]
