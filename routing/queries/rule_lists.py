"""The rules of a workstream, or a record type's intake rules, as the public contract has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from routing.check_learning import ruleset_document
from routing.models import Rule, RuleOverflow, RuleQueue, Ruleset
from routing.terms import RulesetKind
from workstreams.models import RecordType, Workstream

Document = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class RuleList:
    """All rulesets of one kind; each document has a name, its type and its rules.

    Those of intake are of a ``record_type``, all others of a ``workstream``. ``revision``
    rises with every save of the list and is 0 while there is none. ``rows`` has the id of each
    ruleset, and those of its rules: what is written anew keeps it.
    """

    kind: RulesetKind
    workstream: Workstream | None
    revision: int
    rulesets: list[Document]
    record_type: RecordType | None = None
    rows: Sequence[tuple[int, Sequence[int]]] = ()


def rule_list(
    kind: RulesetKind, workstream: Workstream | None, record_type: RecordType | None = None
) -> RuleList:
    """The list as it stands, in four queries at most."""
    rows = Ruleset.objects.filter(kind=kind, workstream=workstream, record_type=record_type)
    rows = rows.select_related("model")
    loaded = list(rows.prefetch_related(*PREFETCHED[kind]))
    return RuleList(
        kind=kind,
        workstream=workstream,
        revision=max((ruleset.revision for ruleset in loaded), default=0),
        rulesets=[_ruleset(ruleset) for ruleset in loaded],
        record_type=record_type,
        rows=[(ruleset.pk, [rule.pk for rule in ruleset.rules.all()]) for ruleset in loaded],
    )


def all_intake_rules() -> list[Document]:
    """The intake rules of every record type, one type after the other; three queries."""
    rows = Ruleset.objects.filter(kind=RulesetKind.INTAKE).select_related("record_type")
    rulesets = sorted(rows.prefetch_related(*PREFETCHED[RulesetKind.INTAKE]), key=_of_type)
    return [_intake(rule) for ruleset in rulesets for rule in ruleset.rules.all()]


def _of_type(ruleset: Ruleset) -> str:
    assert ruleset.record_type is not None
    return ruleset.record_type.name


PREFETCHED = {
    RulesetKind.INTAKE: ("rules__workstream__record_type",),
    RulesetKind.CLASSIFICATION: ("rules",),
    RulesetKind.ROUTE_TO_QUEUE: (
        Prefetch("rules__queues", RuleQueue.objects.select_related("queue")),
        Prefetch("rules__overflow_pairs", RuleOverflow.objects.select_related("to_queue")),
    ),
}


def _ruleset(ruleset: Ruleset) -> Document:
    write = WRITERS[RulesetKind(ruleset.kind)]
    return ruleset_document(
        name=ruleset.name,
        kind=ruleset.rule_type,
        model=ruleset.model.name if ruleset.model else None,
        inputs=ruleset.inputs,
        rules=[write(rule) for rule in ruleset.rules.all()],
    )


def _classification(rule: Rule) -> Document:
    return {"name": rule.name, "when": rule.when, "then": rule.then}


def _route(rule: Rule) -> Document:
    shares = [{"queue": each.queue.name, "percent": each.percent} for each in rule.queues.all()]
    pairs = [pair.document() for pair in rule.overflow_pairs.all()]
    overflow = pairs if rule.has_own_overflow else None
    return {"name": rule.name, "when": rule.when, "queues": shares, "overflow": overflow}


def _intake(rule: Rule) -> Document:
    assert rule.workstream is not None
    record_type = rule.workstream.record_type
    return {
        "name": rule.name,
        "record_type": record_type.name if record_type else None,
        "when": rule.when,
        "workstream": rule.workstream.name,
    }


WRITERS = {
    RulesetKind.INTAKE: _intake,
    RulesetKind.CLASSIFICATION: _classification,
    RulesetKind.ROUTE_TO_QUEUE: _route,
}
