"""What routes the work of a workstream: the newest version, and what waits to follow it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from routing.configuration.documents.diff import documents_before
from routing.configuration.load import newest_snapshot
from routing.configuration.piece import Key
from routing.configuration.scheduled import scheduled_documents

PUBLISHED: Final = "published"
SCHEDULED: Final = "scheduled"


def rules_of_work(workstream_id: int = 0) -> Iterator[tuple[str, Key, dict[str, Any]]]:
    """The documents of the workstream, if one is named, and of all methods, published and
    scheduled ones.

    Three queries.
    """
    newest, own = newest_snapshot(), ("workstream", workstream_id)
    methods = [key for key in newest.entries if key[0] == "assignment_method"]
    for key, document in documents_before([own, *methods], newest.number).items():
        if document is not None:
            yield PUBLISHED, key, document
    for key, document in scheduled_documents().items():
        if key == own or key[0] == "assignment_method":
            yield SCHEDULED, key, document


def rules_in(kind: str, document: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Titles and conditions of the rules of one document; a method is one of them whole."""
    if kind == "assignment_method":
        yield document["name"], document
    elif kind == "learned_model":
        yield document["name"], document["when"]
    elif kind == "workstream":
        for ruleset in document.get("classification") or ():
            yield from ((rule["name"], rule["when"]) for rule in ruleset.get("rules") or ())
        yield from ((rule["name"], rule["when"]) for rule in document.get("route_to_queue") or ())
