"""Entries of a document into workstreams and rules."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, Final

from agents.models import CapacityProfile
from agents.terms import CapacityFormat
from routing.check_learning import effort_last, is_learned
from routing.configuration.documents.write_definitions import Document, Names, pair_rows, saved
from routing.configuration.piece import canonical
from routing.models import LearnedModel, Rule, RuleOverflow, RuleQueue, Ruleset
from routing.queries.kept_rows import kept_rows, next_revision
from routing.terms import LABELS, RulesetKind, RuleType
from workstreams.models import (
    Bot,
    ContextVariable,
    IdentificationRule,
    NotificationTemplate,
    Queue,
    RecordType,
    SessionTemplate,
    Workstream,
)

# Fields that document and row call the same.
SAME: Final = (
    "name",
    "type",
    "channel",
    "persistent_chat",
    "distribution_mode",
    "allowed_presences",
    "skill_matching",
    "keep_same_agent",
    "auto_close_after_minutes",
    "may_be_picked",
)
TEMPLATES: Final = (
    "notification_template",
    "authenticated_template",
    "consult_template",
    "transfer_template",
    "supervisor_assign_template",
)


def write_workstream(
    entry: Document, pk: int | None, names: Names, before: Document | None = None
) -> None:
    """A workstream with its rules; channel instances stay, and so do rows of what is as before."""
    capacity, wrap_up = entry["capacity"], entry["wrap_up_block"]
    workstream = saved(
        Workstream,
        pk,
        **{key: entry[key] for key in SAME},
        record_type_id=names.id_if_any(RecordType, entry["record_type"]),
        fallback_queue_id=names.id_of(Queue, entry["fallback_queue"]),
        capacity_format=capacity["format"],
        capacity_units=capacity.get("units", 1),
        wrap_up_block=wrap_up["mode"],
        wrap_up_seconds=wrap_up.get("seconds"),
        session_template_id=names.id_if_any(SessionTemplate, entry["session_template"]),
        bot_id=names.id_if_any(Bot, entry["bot"]),
        **{f"{key}_id": names.id_if_any(NotificationTemplate, entry[key]) for key in TEMPLATES},
    )
    for key, write in PARTS.items():
        empty = {"format": "unit"} if key == "capacity" else []
        if canonical(entry[key]) != canonical((before or {}).get(key, empty)):
            write(workstream, entry[key], names)


def write_identification(rules: list[Document], workstream: Workstream | None) -> None:
    """How a workstream, or the organisation, recognises customers; what stays keeps its row."""
    written = IdentificationRule.objects.filter(workstream=workstream)
    kept = kept_rows(written, [rule["name"] for rule in rules])
    written.delete()
    IdentificationRule.objects.bulk_create(
        IdentificationRule(
            pk=row.pk if row else None,
            workstream=workstream,
            position=position,
            revision=row.revision + 1 if row else 1,
            **rule,
        )
        for position, (rule, row) in enumerate(zip(rules, kept, strict=True), start=1)
    )


def write_intake(rules: list[Document], names: Names) -> None:
    """All intake rules of the organisation, a list for each record type."""
    by_type: dict[int | None, list[Document]] = defaultdict(list)
    for rule in rules:
        by_type[names.id_of(RecordType, rule["record_type"])].append(rule)
    written = Ruleset.objects.filter(kind=RulesetKind.INTAKE)
    for record_type_id in by_type.keys() | set(written.values_list("record_type_id", flat=True)):
        own = by_type.get(record_type_id)
        rulesets = [{"name": LABELS[RulesetKind.INTAKE], "rules": own}] if own else []
        write_rulesets(RulesetKind.INTAKE, None, rulesets, names, record_type_id)


def write_rulesets(
    kind: RulesetKind,
    workstream: Workstream | None,
    rulesets: list[Document],
    names: Names,
    record_type_id: int | None = None,
) -> None:
    """Replace the rules of one kind; what stays keeps its row, and revisions rise."""
    whose = {"kind": kind, "workstream": workstream, "record_type": record_type_id}
    rows = list(Ruleset.objects.filter(**whose).order_by("position", "pk"))
    kept = kept_rows(rows, [document["name"] for document in rulesets])
    revision = next_revision(rows, **whose)
    for gone in {*rows} - {*kept}:
        gone.delete()
    for position, document in effort_last(rulesets):
        learned = document if is_learned(document) else {}
        row = kept[position - 1]
        ruleset = saved(
            Ruleset,
            row.pk if row else None,
            kind=kind,
            workstream=workstream,
            record_type_id=record_type_id,
            name=document["name"],
            position=position,
            revision=revision,
            rule_type=document.get("kind") or RuleType.LOGICAL,
            model_id=names.id_if_any(LearnedModel, learned.get("model")),
            inputs=learned.get("inputs") or [],
        )
        _write_rules(ruleset, document.get("rules") or [], names)


def _write_profiles(workstream: Workstream, capacity: Document, names: Names) -> None:
    is_profile = capacity["format"] == CapacityFormat.PROFILE
    profiles = capacity["profiles"] if is_profile else []
    workstream.capacity_profiles.set(names.id_of(CapacityProfile, each) for each in profiles)


def _write_assist_bots(workstream: Workstream, bots: list[str], names: Names) -> None:
    workstream.assist_bots.set([names.id_of(Bot, each) for each in bots])


def _write_classification(workstream: Workstream, rulesets: list[Document], names: Names) -> None:
    write_rulesets(RulesetKind.CLASSIFICATION, workstream, rulesets, names)


def _write_routes(workstream: Workstream, rules: list[Document], names: Names) -> None:
    rulesets = [{"name": LABELS[RulesetKind.ROUTE_TO_QUEUE], "rules": rules}] if rules else []
    write_rulesets(RulesetKind.ROUTE_TO_QUEUE, workstream, rulesets, names)


def _write_identification(workstream: Workstream, rules: list[Document], names: Names) -> None:
    write_identification(rules, workstream)


def _write_variables(workstream: Workstream, variables: list[Document], names: Names) -> None:
    """Those of the same name stay the same rows."""
    staying = [each["name"] for each in variables]
    workstream.context_variables.exclude(name__in=staying).delete()
    ContextVariable.objects.bulk_create(
        (ContextVariable(workstream=workstream, **each) for each in variables),
        update_conflicts=True,
        unique_fields=["workstream", "name"],
        update_fields=["type", "is_from_survey"],
    )


def _write_rules(ruleset: Ruleset, documents: list[Document], names: Names) -> None:
    kept = kept_rows(ruleset.rules.all(), [document["name"] for document in documents])
    ruleset.rules.all().delete()
    rules = Rule.objects.bulk_create(
        Rule(
            pk=row.pk if row else None,
            ruleset=ruleset,
            name=document["name"],
            position=position,
            when=document.get("when") or {},
            then=_then(RulesetKind(ruleset.kind), document),
            has_own_overflow=document.get("overflow") is not None,
            workstream_id=names.id_if_any(Workstream, document.get("workstream")),
        )
        for position, (document, row) in enumerate(zip(documents, kept, strict=True), start=1)
    )
    RuleQueue.objects.bulk_create(
        RuleQueue(
            rule=rule,
            queue_id=names.id_of(Queue, share["queue"]),
            percent=share.get("percent", 100),
            position=position,
        )
        for rule, document in zip(rules, documents, strict=True)
        for position, share in enumerate(document.get("queues") or [], start=1)
    )
    RuleOverflow.objects.bulk_create(
        RuleOverflow(rule=rule, **values)
        for rule, document in zip(rules, documents, strict=True)
        for values in pair_rows(document.get("overflow") or [], names)
    )


def _then(kind: RulesetKind, document: Document) -> dict[str, Any]:
    if kind == RulesetKind.CLASSIFICATION:
        return document.get("then") or {}
    return {}


# What has rows of its own.
PARTS: Final[dict[str, Callable[[Workstream, Any, Names], None]]] = {
    "capacity": _write_profiles,
    "assist_bots": _write_assist_bots,
    "context_variables": _write_variables,
    "identification_rules": _write_identification,
    "classification": _write_classification,
    "route_to_queue": _write_routes,
}
