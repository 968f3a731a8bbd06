"""Save the rules of a workstream, or of intake, all at once."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.functions import Lower

from agents.models import CapacityProfile, Skill, User
from routing import configuration
from routing.actions.write_rules import row_of, write_rules
from routing.check_learning import effort_last, is_learned
from routing.check_rules import (
    Known,
    check_rulesets,
    fixed_fields,
    known_rows,
    record_type_of,
)
from routing.engine.conditions import Finding
from routing.exceptions import InvalidRules, NamedMeanwhile
from routing.models import LearnedModel, Ruleset
from routing.queries.kept_rows import kept_rows, next_revision
from routing.terms import LABELS, RulesetKind, RuleType
from workstreams.actions.lock_workstream import lock_workstream
from workstreams.actions.refusals import refusing_deleted_rows
from workstreams.exceptions import SavedMeanwhile
from workstreams.models import RecordType, Workstream

Document = dict[str, Any]


@transaction.atomic
def save_rulesets(
    *,
    workstream: Workstream,
    kind: RulesetKind,
    rulesets: list[Document],
    by: User,
    now: datetime,
    revision: int | None = None,
    put_back: Document | None = None,
) -> None:
    """Replace the rules of one kind by these documents of the public contract.

    Classification takes the ordered list of rulesets, route to queues the ordered list of
    rules. Refuses faulty rules (InvalidRules, with each fault's path) and, where a
    ``revision`` of the list is given, a save over somebody else's (SavedMeanwhile). A rule
    that is ``put_back`` may set what it did.
    """
    is_route = kind == RulesetKind.ROUTE_TO_QUEUE
    documents = [{"name": LABELS[kind], "rules": rulesets}] if is_route else rulesets
    _hold_models(documents)
    locked = lock_workstream(workstream)
    known = known_rows(kind, locked)
    if kind == RulesetKind.CLASSIFICATION:
        outputs = (put_back or {}).get("then") or {}
        known = replace(known, set_before=known.set_before | fixed_fields([outputs]))
    findings = check_rulesets(kind, documents, known)
    _refuse(findings, prefix="0.rules." if is_route else "")
    _hold(documents, known)

    with refusing_deleted_rows():
        _replace(kind, locked, documents, known, revision)
    locked.save(update_fields=["changed_at"])

    configuration.edited(by=by, now=now)


@transaction.atomic
def save_intake_rules(
    *,
    rules: list[Document],
    by: User,
    now: datetime,
    record_type: RecordType | None = None,
    revision: int | None = None,
) -> None:
    """Replace the intake rules of a record type, or of all types, by these documents.

    A rule belongs to the record type of its workstream; the order counts within a type.
    Refuses as ``save_rulesets`` does.
    """
    if record_type is not None:
        rules = [rule | {"record_type": record_type.name} for rule in rules]
    documents = [{"name": LABELS[RulesetKind.INTAKE], "rules": rules}]
    types = RecordType.objects.filter(pk=record_type.pk) if record_type else RecordType.objects
    # Whoever imports the lists of all types holds these.
    list(types.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    known = known_rows(RulesetKind.INTAKE, None)
    _refuse(check_rulesets(RulesetKind.INTAKE, documents, known), prefix="0.rules.")

    with refusing_deleted_rows():
        for each in [record_type] if record_type else list(known.record_types.values()):
            own = [rule for rule in rules if record_type_of(rule, known) == each.pk]
            _replace_intake(each, own, known, revision)

    configuration.edited(by=by, now=now)


def _hold(documents: list[Document], known: Known) -> None:
    """Rules name skills and profiles without a key, and a key of a model is looked for at the end
    only: those that are named stay until the rules are saved, or are gone already
    (NamedMeanwhile)."""
    outputs = [rule.get("then") or {} for each in documents for rule in each.get("rules") or ()]
    skills = {each["skill"].lower() for then in outputs for each in then.get("skills") or ()}
    profiles = {name.lower() for then in outputs for name in then.get("capacity_profiles") or ()}
    _lock(Skill, [known.skills[name] for name in skills])
    _lock(CapacityProfile, [known.profiles[name] for name in profiles])
    _lock(LearnedModel, [known.models[name] for name in _models_named(documents)])


def _hold_models(documents: list[Document]) -> None:
    """Before the workstream, as who saves a model that learns from the workstream does."""
    rows = LearnedModel.objects.alias(said=Lower("name")).order_by("pk")
    named = rows.filter(said__in=_models_named(documents))
    list(named.select_for_update(no_key=True).values_list("pk"))


def _models_named(documents: list[Document]) -> set[str]:
    learned = [each.get("model") for each in documents if is_learned(each)]
    return {name.lower() for name in learned if isinstance(name, str) and name}


def _lock(model: type[Model], named: Sequence[Model]) -> None:
    """Those that got another name or scale while this waited are not those that were named."""
    rows = model._default_manager.filter(pk__in=[row.pk for row in named])
    list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    if {*map(_what_counts, rows)} != {*map(_what_counts, named)}:
        raise NamedMeanwhile(noun=str(model._meta.verbose_name))


def _what_counts(row: Model) -> tuple[Any, ...]:
    scale = row.rating_model if isinstance(row, Skill) else None
    return row.pk, str(row), scale and (scale.minimum, scale.maximum)


def _replace_intake(
    record_type: RecordType, rules: list[Document], known: Known, revision: int | None
) -> None:
    """The first save makes the one list of the type; the database refuses a second."""
    name, kind = LABELS[RulesetKind.INTAKE], RulesetKind.INTAKE
    if rules:
        Ruleset.objects.get_or_create(
            kind=kind, record_type=record_type, defaults={"name": name, "revision": 0}
        )
    elif not Ruleset.objects.filter(kind=kind, record_type=record_type).exists():
        return
    _replace(kind, record_type, [{"name": name, "rules": rules}], known, revision)


def _refuse(findings: list[Finding], *, prefix: str) -> None:
    if findings:
        raise InvalidRules(
            findings=[asdict(each) | {"path": each.path.removeprefix(prefix)} for each in findings]
        )


def _replace(
    kind: RulesetKind,
    owner: Workstream | RecordType,
    documents: list[Document],
    known: Known,
    revision: int | None,
) -> None:
    """What stays keeps its row, by which forms that are open find it again."""
    whose = {"record_type" if isinstance(owner, RecordType) else "workstream": owner}
    rows = list(
        Ruleset.objects.select_for_update().filter(kind=kind, **whose).order_by("position", "pk")
    )
    present = max((row.revision for row in rows), default=0)
    if revision not in (None, present):
        raise SavedMeanwhile
    kept = kept_rows(rows, [document["name"] for document in documents])
    next_one = next_revision(rows, kind=kind, **whose)
    for gone in {*rows} - {*kept}:
        gone.delete()
    for position, document in effort_last(documents):
        row = kept[position - 1] or Ruleset(kind=kind, **whose)
        row.name, row.position = document["name"].strip(), position
        row.revision = next_one
        row.rule_type = document.get("kind") or RuleType.LOGICAL
        learned = document if is_learned(document) else {}
        row.model = row_of(known.models, learned.get("model"))
        row.inputs = learned.get("inputs") or []
        row.save()
        write_rules(row, document.get("rules") or [], known)
