"""What a decision read, kept with it, so that it can be made again from that alone."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any, Final

from routing.engine.conditions.fields import case_is_record, read
from routing.engine.configuration import IntakeRule, Workstream
from routing.engine.explain.rules import Document
from routing.engine.facts import RequiredSkill
from routing.engine.overflow import Measures, OverflowView, Wanted

# What is read may take so much of a decision; longer values are named only.
MOST_BYTES: Final = 2_500


@dataclass(frozen=True, kw_only=True, slots=True)
class Recorder:
    """A look at overflow that remembers what was measured."""

    view: OverflowView
    measured: dict[str, Measures]

    @classmethod
    def of(cls, view: OverflowView | None) -> "Recorder | None":
        """None where overflow is not looked at."""
        if view is None:
            return None
        measured: dict[str, Measures] = {}

        def measure(wanted: Wanted) -> Mapping[str, Measures]:
            found = view.measure(wanted)
            measured.update(found)
            return found

        recorded = OverflowView(pairs_of=view.pairs_of, measure=measure)
        return cls(view=recorded, measured=measured)


def what_was_read(
    workstream: Workstream,
    fields: Mapping[str, Any],
    *,
    skills: Collection[RequiredSkill],
    profiles: Collection[str],
    priority: int,
    overflow: Recorder | None = None,
) -> Document:
    """All that the rules of the workstream can ask about an item, before they change it.

    ``cut`` names fields whose values are too long to be kept; such a decision cannot be made
    again. ``case_is_record`` says that what rules set under one of these names is read under both.
    """
    values = {path: read(fields, path) for path in asked_of_item(workstream)}
    kept = {path: value for path, value in values.items() if value is not None}
    document: Document = {
        "fields": kept,
        "skills": [[each.skill, each.rating] for each in skills],
        "profiles": list(profiles),
        "priority": priority,
    }
    if case_is_record(fields):
        document["case_is_record"] = True
    if overflow is not None:
        document["overflow"] = {
            name: {
                "opens_at": each.opens_at.isoformat() if each.opens_at else None,
                "waiting": each.waiting,
                "average_wait": each.average_wait,
            }
            for name, each in overflow.measured.items()
        }
    return _as_far_as_it_has_room(document)


def what_intake_read(
    rules: Sequence[IntakeRule], fields: Mapping[str, Any], *, record_type: str
) -> Document:
    """All that the intake rules for records of the type can ask about one, cut as above."""
    values = {path: read(fields, path) for path in asked_of_record(rules, record_type)}
    kept = {path: value for path, value in values.items() if value is not None}
    return _as_far_as_it_has_room({"record_type": record_type, "fields": kept})


def asked_of_item(workstream: Workstream) -> tuple[str, ...]:
    """The fields that the workstream's rules ask for."""
    return tuple(dict.fromkeys(path for one in _conditions(workstream) for path in one))


def asked_of_record(rules: Sequence[IntakeRule], record_type: str) -> tuple[str, ...]:
    """The fields that the intake rules for records of the type ask for."""
    asked = (_asked(rule.when) for rule in rules if rule.record_type in (None, record_type))
    return tuple(dict.fromkeys(chain.from_iterable(asked)))


def _as_far_as_it_has_room(document: Document) -> Document:
    """The document, with as few fields left out as there have to be."""
    if _size(document) <= MOST_BYTES:
        return document
    kept: dict[str, Any] = document["fields"]
    cut = []
    for path in sorted(kept, key=lambda path: -_size(kept[path])):
        del kept[path]
        cut.append(path)
        if _size(document) + _size(cut) <= MOST_BYTES:
            return document | {"cut": sorted(cut)}
    return {"cut": ["everything"]}


def _conditions(workstream: Workstream) -> Iterator[tuple[str, ...]]:
    for ruleset in workstream.classification:
        yield from (_asked(rule.when) for rule in ruleset.rules)
    yield from (_asked(rule.when) for rule in workstream.route_to_queue)


@lru_cache(maxsize=50_000)
def _asked(condition: Any) -> tuple[str, ...]:
    """The fields that a compiled condition asks for."""
    return tuple(dict.fromkeys(_fields(condition.source)))


def _fields(source: Mapping[str, Any]) -> Iterator[str]:
    if "not" in source:
        yield from _fields(source["not"])
    for child in (*source.get("all", ()), *source.get("any", ())):
        yield from _fields(child)
    if "field" in source:
        yield source["field"]


def _size(value: Any) -> int:
    return len(json.dumps(value, ensure_ascii=False).encode())
