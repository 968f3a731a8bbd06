"""What of routing uses a skill, a capacity profile or an attribute of agents."""

from typing import Any

from django.db.models import Model, Q
from django.urls import reverse

from agents.models import AgentAttribute, CapacityProfile, Skill
from routing.configuration.named_by import names_in
from routing.models import Assignment, Rule
from routing.queries.skill_usage import work_needing
from workstreams.models import AssignmentMethod, WorkItem, Workstream
from workstreams.terms import ItemState


def rules_naming(row: Model) -> list[Rule]:
    """Rules whose outputs name the row, with their workstreams; at most one statement."""
    if isinstance(row, Skill):
        named: dict[str, Any] = {"skills": [{"skill": row.name}]}
    elif isinstance(row, CapacityProfile):
        named = {"capacity_profiles": [row.name]}
    else:
        return []
    return list(Rule.objects.filter(then__contains=named).select_related("ruleset__workstream"))


def workstreams_needing(row: Model) -> list[Workstream]:
    """Workstreams whose work takes the capacity profile; at most one statement."""
    if not isinstance(row, CapacityProfile):
        return []
    return list(Workstream.objects.filter(capacity_profiles=row.pk).order_by("name"))


def methods_naming(row: Model) -> list[AssignmentMethod]:
    """Assignment methods whose rules read the attribute; at most one statement."""
    if not isinstance(row, AgentAttribute):
        return []
    named = ("agent_attribute", row.name.lower())
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


def uses(row: Model) -> list[dict[str, str]]:
    """All of it as dependencies of the public contract."""
    found = [
        {
            "kind": "workstream",
            "name": str(workstream),
            "url": reverse("workstreams:workstream-detail", args=[workstream.pk]),
        }
        for workstream in workstreams_needing(row)
    ]
    found += [
        {"kind": "rule", "name": f"{rule} of {rule.ruleset.workstream or 'intake'}", "url": ""}
        for rule in rules_naming(row)
    ]
    found += [
        {
            "kind": "assignment method",
            "name": str(method),
            "url": reverse("routing:assignment-method-detail", args=[method.pk]),
        }
        for method in methods_naming(row)
    ]
    if items := work_holding(row):
        found.append({"kind": "work", "name": f"{items} unfinished work items", "url": ""})
    return found
