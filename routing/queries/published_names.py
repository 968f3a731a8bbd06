"""What the published rules still say by name, and scheduled ones will, whatever the draft says."""

from collections.abc import Iterator
from typing import Any

from routing import configuration
from workstreams.models import ChannelInstance
from workstreams.queries.dependencies import INSTANCE, Dependency, compares


def published_rules_of_instance(instance: ChannelInstance) -> list[Dependency]:
    """Rules of its workstream, and methods, that compare with its name; three queries."""
    return [
        Dependency(kind=f"{when}_rule", name=f"{name} ({when})", url="")
        for when, (kind, _), document in configuration.rules_of_work(instance.workstream_id)
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
