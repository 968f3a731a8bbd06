"""What the published rules still say by name, whatever the draft has made of them."""

from collections.abc import Iterator
from typing import Any

from routing.configuration.documents.diff import documents_before
from routing.configuration.load import newest_snapshot
from workstreams.models import ChannelInstance
from workstreams.queries.dependencies import INSTANCE, Dependency, compares


def published_rules_of_instance(instance: ChannelInstance) -> list[Dependency]:
    """Published rules of its workstream, and methods, that compare with its name; two queries."""
    newest = newest_snapshot()
    keys = [key for key in newest.entries if key[0] == "assignment_method"]
    found = documents_before([("workstream", instance.workstream_id), *keys], newest.number)
    return [
        Dependency(kind="published_rule", name=f"{name} (published)", url="")
        for (kind, _), document in found.items()
        if document is not None
        for name, said in _rules(kind, document)
        if compares(said, INSTANCE, instance.name)
    ]


def _rules(kind: str, document: Any) -> Iterator[tuple[str, Any]]:
    if kind == "assignment_method":
        yield document["name"], document
        return
    for ruleset in document.get("classification") or ():
        yield from ((rule["name"], rule["when"]) for rule in ruleset.get("rules") or ())
    yield from ((rule["name"], rule["when"]) for rule in document.get("route_to_queue") or ())
