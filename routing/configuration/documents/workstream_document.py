"""One published workstream and everything that it names, as a document that another organisation
can read."""

from collections.abc import Iterator, Mapping
from typing import Any

from routing.configuration.current import current
from routing.configuration.documents.built_in import built_in_keys
from routing.configuration.documents.document import as_text
from routing.configuration.documents.readable import readable
from routing.configuration.documents.references import COMPARED_KINDS, renamed
from routing.configuration.documents.schema import FORMAT, SECTIONS, WORKSTREAM, in_order
from routing.configuration.load import documents_of
from routing.configuration.piece import Key
from workstreams.models import Workstream

Document = dict[str, Any]
Published = Mapping[Key, Document]


def export_workstream(workstream_id: int) -> str:
    """The same as text; equal configuration is equal text, byte for byte."""
    return as_text(workstream_document(workstream_id))


def workstream_document(workstream_id: int) -> Document:
    """As it is in force, whatever the draft says. Built-in templates, presences and record types
    stay out: every organisation has them.

    Of replies and models that are for several workstreams it says only this one. Raises
    Workstream.DoesNotExist, for deleted ones and those that are still to be published too.
    """
    published = documents_of(current().number)
    found = published.get(("workstream", workstream_id))
    if found is None:
        raise Workstream.DoesNotExist(f"workstream {workstream_id}")
    chosen = [*_named(found["name"], published), *_replies(found["name"], published)]
    chosen.sort(key=lambda one: (one[1]["name"].casefold(), one[1]["name"]))
    whole: Document = {"format": FORMAT, "scope": WORKSTREAM}
    for kind, section in SECTIONS.items():
        rows = [readable(in_order(kind, entry)) for own, entry in chosen if own == kind]
        if rows:
            whole[section] = rows
    return whole


def _named(start: str, published: Published) -> Iterator[tuple[str, Document]]:
    """The workstream, what it names, what that names, and so on; each once, with its kind."""
    by_name = {(kind, each["name"].lower()): each for (kind, _), each in published.items()}
    first = ("workstream", start.lower())
    built_in, waiting, seen = built_in_keys(), [first], {first}

    def follow(kind: str, name: str, path: str) -> str:
        key = (COMPARED_KINDS.get(kind, kind), name.lower())
        if key in by_name and key not in seen and key[1] not in built_in.get(key[0], ()):
            seen.add(key)
            waiting.append(key)
        return name

    while waiting:
        key = waiting.pop()
        kind, entry = key[0], by_name[key]
        if kind == "learned_model" and entry["workstreams"]:
            entry = entry | {"workstreams": [start]}
        yield kind, entry
        renamed(kind, entry, follow)


def _replies(workstream: str, published: Published) -> Iterator[tuple[str, Document]]:
    for (kind, _), entry in published.items():
        if kind == "quick_reply" and workstream in entry["workstreams"]:
            yield kind, entry | {"workstreams": [workstream]}
