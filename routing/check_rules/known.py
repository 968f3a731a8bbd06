"""The rows that rules may name, and small questions about what is sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from agents.models import CapacityProfile, Skill
from routing.engine.conditions import Finding, is_fixed
from routing.models import LearnedModel, Rule
from routing.terms import RulesetKind
from workstreams.models import Queue, RecordType, Workstream
from workstreams.terms import WorkstreamType


@dataclass(frozen=True, kw_only=True)
class Known:
    """The rows that rules may name, by lower-case name."""

    queues: Mapping[str, Queue]
    skills: Mapping[str, Skill]
    profiles: Mapping[str, CapacityProfile]
    workstreams: Mapping[str, Workstream]
    record_types: Mapping[str, RecordType]
    models: Mapping[str, LearnedModel]
    # What no rule should set, but some did before that was refused: they go on.
    set_before: frozenset[str] = frozenset()


def known_rows(kind: RulesetKind, workstream: Workstream | None) -> Known:
    """Loads only what rules of this kind can name."""
    is_route, is_intake = kind == RulesetKind.ROUTE_TO_QUEUE, kind == RulesetKind.INTAKE
    queues = Queue.objects.filter(type=workstream.type) if workstream and is_route else ()
    classifies = kind == RulesetKind.CLASSIFICATION
    record_workstreams = Workstream.objects.filter(type=WorkstreamType.RECORD)
    return Known(
        queues=_by_name(queues),
        skills=_by_name(Skill.objects.select_related("rating_model") if classifies else ()),
        profiles=_by_name(CapacityProfile.objects.all() if classifies else ()),
        workstreams=_by_name(record_workstreams.select_related("record_type") if is_intake else ()),
        record_types=_by_name(RecordType.objects.all() if is_intake else ()),
        models=_by_name(LearnedModel.objects.all() if classifies else ()),
        set_before=_set_before(workstream) if workstream and classifies else frozenset(),
    )


def fixed_fields(outputs: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """What outputs set that is stored nowhere."""
    return frozenset(
        field for then in outputs for field in then.get("set") or () if is_fixed(field)
    )


def look_up(rows: Mapping[str, Any], name: Any) -> Any:
    return rows.get(name.lower()) if isinstance(name, str) else None


def is_whole(value: Any, lowest: int, highest: int) -> bool:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return is_whole and lowest <= value <= highest


def finding(path: str, message: str) -> Finding:
    return Finding(path=path, message=message)


def _set_before(workstream: Workstream) -> frozenset[str]:
    """Of its own rules, as they are stored."""
    rules = Rule.objects.filter(
        ruleset__workstream=workstream, ruleset__kind=RulesetKind.CLASSIFICATION
    )
    return fixed_fields(rules.values_list("then", flat=True))


def _by_name(rows: Any) -> dict[str, Any]:
    return {row.name.lower(): row for row in rows}
