"""What of routing uses a skill or its type, a capacity profile, hours or an attribute of agents."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse

from agents.models import AgentAttribute, CapacityProfile, OperatingHours, Skill, SkillType
from routing.configuration.documents.references import (
    COMPARED_HOURS,
    COMPARED_SKILL,
    COMPARED_TYPE,
)
from routing.configuration.named_by import names_in
from routing.models import Assignment, LearnedModel, Rule
from routing.queries.skill_usage import work_needing
from workstreams.models import AssignmentMethod, WorkItem, Workstream
from workstreams.terms import ItemState

# How conditions and methods name rows of these sorts.
COMPARED: Final[Mapping[type[Model], str]] = {
    AgentAttribute: "agent_attribute",
    OperatingHours: COMPARED_HOURS,
    Skill: COMPARED_SKILL,
    SkillType: COMPARED_TYPE,
}


def rules_naming(row: Model) -> list[Rule]:
    """Rules whose outputs or conditions name the row, with their workstreams; at most one
    statement."""
    if isinstance(row, CapacityProfile):
        named: Q = Q(then__contains={"capacity_profiles": [row.name]})
        return list(Rule.objects.filter(named).select_related("ruleset__workstream"))
    if not isinstance(row, Skill):
        return []
    named = Q(then__contains={"skills": [{"skill": row.name}]}) | Q(said__icontains=_quoted(row))
    rules = Rule.objects.alias(said=Cast("when", TextField())).filter(named)
    return [
        rule
        for rule in rules.select_related("ruleset__workstream")
        if _outputs_name(rule, row) or _compares(rule.when, row)
    ]


def models_naming(row: Model) -> list[LearnedModel]:
    """Models that choose closed work by the skill; at most one statement."""
    if not isinstance(row, Skill):
        return []
    models = LearnedModel.objects.alias(said=Cast("when", TextField()))
    return [
        each for each in models.filter(said__icontains=_quoted(row)) if _compares(each.when, row)
    ]


def workstreams_needing(row: Model) -> "QuerySet[Workstream]":
    """Workstreams whose work takes the capacity profile; at most one statement."""
    if not isinstance(row, CapacityProfile):
        return Workstream.objects.none()
    return Workstream.objects.filter(capacity_profiles=row.pk).order_by("name")


def methods_naming(row: Model) -> list[AssignmentMethod]:
    """Assignment methods whose rules read the attribute, or ask for the skill, the type or the
    hours; at most one statement."""
    if type(row) not in COMPARED:
        return []
    named = (COMPARED[type(row)], str(getattr(row, "name", row)).lower())
    methods = AssignmentMethod.objects.all()
    return [each for each in methods if named in names_in("assignment_method", each.document())]


def work_holding(row: Model) -> int:
    """How many unfinished work items need the skill or the profile, or still hold it; at most two
    statements."""
    if isinstance(row, Skill):
        return work_needing(row)
    if not isinstance(row, CapacityProfile):
        return 0
    unfinished = WorkItem.objects.exclude(state=ItemState.CLOSED)
    needing = set(
        unfinished.filter(required_profiles__contains=[row.pk]).values_list("pk", flat=True)
    )
    holding = Assignment.objects.filter(
        Q(capacity_released_at__isnull=True, profiles__contains=[row.pk])
        | Q(
            day_ends_at__isnull=False,
            day_released_at__isnull=True,
            day_profiles__contains=[row.pk],
        )
    )
    return len(needing.union(holding.values_list("item_id", flat=True)))


def named_by(row: Model) -> list[dict[str, str]]:
    """What refers to the row by its name, so that this stays, as dependencies of the public
    contract."""
    return [
        *(_use("rule", title_of(rule), *_page_of(rule)) for rule in rules_naming(row)),
        *(
            _use("assignment method", method, "routing:assignment-method-detail", method.pk)
            for method in methods_naming(row)
        ),
        *(_use("model", model, "routing:model-detail", model.pk) for model in models_naming(row)),
    ]


def uses(row: Model) -> list[dict[str, str]]:
    """All of it, and what refers to it by a link."""
    found = [
        _use("workstream", workstream, "workstreams:workstream-detail", workstream.pk)
        for workstream in workstreams_needing(row)
    ]
    found += named_by(row)
    if items := work_holding(row):
        found.append(_use("work", f"{items} unfinished work items", "routing:work-item-list"))
    return found


def title_of(rule: Rule) -> str:
    """As people find it."""
    return f"{rule} of {rule.ruleset.workstream or 'intake'}"


def _outputs_name(rule: Rule, row: Skill) -> bool:
    return any(each.get("skill") == row.name for each in rule.then.get("skills") or ())


def _compares(when: Any, row: Skill) -> bool:
    return (COMPARED_SKILL, row.name.lower()) in names_in("learned_model", {"when": when})


def _quoted(row: Skill) -> str:
    """As JSON has the name, whatever is in it."""
    return json.dumps(row.name, ensure_ascii=False)


def _page_of(rule: Rule) -> Iterator[Any]:
    workstream = rule.ruleset.workstream_id
    yield "workstreams:workstream-detail" if workstream else "routing:intake"
    yield from [workstream] if workstream else []


def _use(kind: str, name: object, page: str, *ids: int) -> dict[str, str]:
    return {"kind": kind, "name": str(name), "url": reverse(page, args=ids)}
