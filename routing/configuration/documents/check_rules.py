"""Rules of a document, checked as if its other sections were rows already."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count
from typing import Any

from agents.models import CapacityProfile, RatingModel, Skill
from routing.check_rules import Known, check_rulesets, fixed_fields
from routing.configuration.documents.landscape import Document, Landscape, entries
from routing.configuration.documents.schema import SECTIONS
from routing.engine.methods.check import method_faults
from routing.engine.methods.misread import misread
from routing.models import LearnedModel
from routing.terms import RulesetKind
from workstreams.models import Queue, RecordType, Workstream
from workstreams.terms import WorkstreamType

Fault = tuple[str, str]


def rule_faults(
    document: Mapping[str, Any], organisation: Landscape, *, is_old: bool
) -> Iterator[Fault]:
    """Paths and sentences of all that is wrong in rules; those of an ``is_old`` document were
    published before, and go on setting what they set."""
    known = _known(organisation)
    known_by_type = {type_.value: _with_queues_of(known, type_) for type_ in WorkstreamType}
    for index, entry in entries(document, "workstream"):
        path = f"{SECTIONS['workstream']}.{index}"
        name = entry["name"].lower()
        own = known_by_type[organisation.wanted["workstream"][name]["type"]]
        said = entry if is_old else organisation.present["workstream"].get(name, {})
        yield from _faults(
            RulesetKind.CLASSIFICATION,
            entry.get("classification", []),
            f"{path}.classification",
            replace(own, set_before=fixed_fields(_outputs(said))),
        )
        yield from _flat_faults(
            RulesetKind.ROUTE_TO_QUEUE,
            entry.get("route_to_queue", []),
            f"{path}.route_to_queue",
            own,
        )
    section = SECTIONS["intake"]
    yield from _flat_faults(RulesetKind.INTAKE, document.get(section, []), section, known)


def misread_faults(document: Mapping[str, Any], organisation: Landscape) -> Iterator[Fault]:
    """What methods of the document would be read otherwise than it is written, where it is new."""
    for index, entry in entries(document, "assignment_method"):
        path, name = f"{SECTIONS['assignment_method']}.{index}", entry["name"].lower()
        whole = organisation.wanted["assignment_method"][name]
        if not method_faults(whole):
            present = organisation.present["assignment_method"].get(name)
            for fault in misread(whole, present):
                yield f"{path}.{fault.path}", fault.message


def _outputs(workstream: Document) -> Iterator[Document]:
    """Of its classification, which was checked before."""
    for ruleset in workstream.get("classification") or ():
        yield from (rule.get("then") or {} for rule in ruleset.get("rules") or ())


def _faults(kind: RulesetKind, rulesets: Any, path: str, known: Known) -> Iterator[Fault]:
    for fault in check_rulesets(kind, rulesets, known):
        yield f"{path}.{fault.path}".rstrip("."), fault.message


def _flat_faults(kind: RulesetKind, rules: Any, path: str, known: Known) -> Iterator[Fault]:
    """Rules that stand alone are one ruleset to the check."""
    for fault in check_rulesets(kind, [{"name": "one", "rules": rules}], known):
        yield f"{path}.{fault.path.removeprefix('0.rules.')}", fault.message


def _known(organisation: Landscape) -> Known:
    """Unsaved rows with numbers of their own, for the check compares types by number."""
    numbers = count(1)
    models = {
        name: RatingModel(minimum=model["min"], maximum=model["max"])
        for name, model in organisation.after("rating_model").items()
    }
    types = {
        name: RecordType(pk=next(numbers), name=name, label=each["label"])
        for name, each in organisation.after("record_type").items()
    }
    return Known(
        queues={
            name: Queue(name=each["name"], type=each["type"])
            for name, each in organisation.after("queue").items()
        },
        skills={
            name: Skill(name=each["name"], rating_model=models[each["rating_model"].lower()])
            for name, each in organisation.after("skill").items()
            if each.get("rating_model", "").lower() in models
        },
        profiles={
            name: CapacityProfile(name=each["name"])
            for name, each in organisation.after("capacity_profile").items()
        },
        workstreams={
            name: Workstream(name=each["name"], record_type=types[each["record_type"].lower()])
            for name, each in organisation.after("workstream").items()
            if _is_record(each) and each["record_type"].lower() in types
        },
        record_types=types,
        models={
            name: LearnedModel(name=each["name"], kind=each["type"])
            for name, each in organisation.after("learned_model").items()
        },
    )


def _is_record(workstream: Document) -> bool:
    return workstream.get("type") == WorkstreamType.RECORD and bool(workstream.get("record_type"))


def _with_queues_of(known: Known, type_: str) -> Known:
    return replace(
        known, queues={name: queue for name, queue in known.queues.items() if queue.type == type_}
    )
