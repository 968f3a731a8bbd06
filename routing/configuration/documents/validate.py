"""Everything that stands against importing a document, each fault with its path."""

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any, Final

from routing.configuration.documents.check_rules import rule_faults
from routing.configuration.documents.landscape import Landscape, entries, landscape
from routing.configuration.documents.schema import FIELDS, FORMAT, SECTIONS
from workstreams.terms import Channel, WorkstreamType

Finding = dict[str, str]
ERROR: Final = "error"
# What a workstream keeps from its creation on.
FIXED: Final = ("type", "channel", "record_type", "distribution_mode")


def validate(document: Any) -> list[Finding]:
    """The findings ``{path, message, severity}``; none means that it can be imported."""
    if not isinstance(document, Mapping):
        return [finding("", "A configuration document is an object.")]
    return list(faults(document, landscape(document)))


def faults(document: Mapping[str, Any], organisation: Landscape) -> Iterator[Finding]:
    """The same against an organisation that is loaded already."""
    unfit = list(_unfit(document))
    if unfit:
        yield from unfit
        return
    yield from _frame_faults(document)
    shape_faults = [
        fault
        for kind in FIELDS
        for fault in (*_shape_faults(kind, document), *_gaps(kind, document, organisation))
    ]
    yield from shape_faults
    # Names and rules of entries that are not well formed would only repeat the faults.
    if not shape_faults:
        yield from _name_faults(document, organisation)
        yield from _workstream_faults(document, organisation)
        yield from (finding(path, said) for path, said in rule_faults(document, organisation))


def finding(path: str, message: str) -> Finding:
    """One fault."""
    return {"path": path, "message": message, "severity": ERROR}


def _unfit(document: Mapping[str, Any]) -> Iterator[Finding]:
    """What PostgreSQL cannot store, anywhere in the document."""
    stack: list[Any] = [document]
    while stack:
        value = stack.pop()
        if isinstance(value, Mapping):
            stack += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            stack += value
        elif isinstance(value, str) and "\0" in value:
            yield finding("", "A text holds a character of code zero.")
        elif isinstance(value, float) and not isfinite(value):
            yield finding("", "A number is not finite.")


def _frame_faults(document: Mapping[str, Any]) -> Iterator[Finding]:
    if document.get("format") != FORMAT:
        yield finding("format", f"This product reads documents of format {FORMAT}.")
    for key in document:
        if key != "format" and key not in SECTIONS.values():
            yield finding(str(key), f"There is no section {key}.")
    for section in SECTIONS.values():
        rows = document.get(section, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            yield finding(section, "A section is a list of objects.")


def _shape_faults(kind: str, document: Mapping[str, Any]) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, entry in entries(document, kind):
        path = f"{SECTIONS[kind]}.{index}"
        for key in entry.keys() - FIELDS[kind].keys():
            yield finding(f"{path}.{key}", f"There is no field {key} here.")
        for key, field in FIELDS[kind].items():
            if key in entry and (wish := field.check(entry[key])):
                yield finding(f"{path}.{key}", f"Should be {wish}.")
        name = str(entry.get("name", "")).lower()
        if not name:
            yield finding(f"{path}.name", "Everything has a name.")
        elif name in seen:
            yield finding(f"{path}.name", f"The name {entry['name']} stands here twice.")
        seen.add(name)


def _gaps(kind: str, document: Mapping[str, Any], organisation: Landscape) -> Iterator[Finding]:
    for index, entry in entries(document, kind):
        whole = organisation.wanted[kind].get(str(entry.get("name", "")).lower(), {})
        for key in FIELDS[kind].keys() - whole.keys() if whole else ():
            yield finding(f"{SECTIONS[kind]}.{index}.{key}", "This is needed.")


def _name_faults(document: Mapping[str, Any], organisation: Landscape) -> Iterator[Finding]:
    for kind, fields in FIELDS.items():
        for index, entry in entries(document, kind):
            path = f"{SECTIONS[kind]}.{index}"
            whole = organisation.wanted[kind][entry["name"].lower()]
            for key, field in fields.items():
                if field.refers_to and whole[key] is not None:
                    yield from _unknown(field.refers_to, whole[key], f"{path}.{key}", organisation)


def _unknown(kind: str, name: str, path: str, organisation: Landscape) -> Iterator[Finding]:
    if name.lower() not in organisation.after(kind):
        yield finding(path, f"There is no {kind.replace('_', ' ')} {name}.")


def _workstream_faults(document: Mapping[str, Any], organisation: Landscape) -> Iterator[Finding]:
    queues = organisation.after("queue")
    for index, entry in entries(document, "workstream"):
        path, name = f"{SECTIONS['workstream']}.{index}", entry["name"].lower()
        whole = organisation.wanted["workstream"][name]
        for key, message in _contradictions(whole):
            yield finding(f"{path}.{key}", message)
        present = organisation.present["workstream"].get(name)
        for key in FIXED:
            if present is not None and present[key] != whole[key]:
                words = key.replace("_", " ")
                yield finding(f"{path}.{key}", f"The {words} of a workstream never changes.")
        queue = queues.get(whole["fallback_queue"].lower(), {})
        if queue and queue.get("type") != whole["type"]:
            message = f"The queue {queue['name']} does not take work of this type."
            yield finding(f"{path}.fallback_queue", message)
        for profile in whole["capacity"].get("profiles", []):
            yield from _unknown("capacity_profile", profile, f"{path}.capacity", organisation)


def _contradictions(workstream: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    kind, channel = workstream["type"], workstream["channel"]
    own_channel = {WorkstreamType.RECORD: Channel.RECORD, WorkstreamType.VOICE: Channel.VOICE}
    if kind in own_channel and channel != own_channel[kind]:
        yield "channel", f"A {kind} workstream has the channel {own_channel[kind]}."
    if kind == WorkstreamType.MESSAGING and channel in own_channel.values():
        yield "channel", "A messaging workstream has a messaging channel."
    if kind == WorkstreamType.VOICE and workstream["distribution_mode"] != "push":
        yield "distribution_mode", "Calls cannot be picked."
    if (kind == WorkstreamType.RECORD) != (workstream["record_type"] is not None):
        yield "record_type", "A record workstream names its record type, others have none."
    if workstream["persistent_chat"] and channel != Channel.LIVE_CHAT:
        yield "persistent_chat", "Only chat can be persistent."
