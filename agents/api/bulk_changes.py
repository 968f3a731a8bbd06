"""/bulk-changes/agents: many agents in one operation, previewed or done."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from ninja import Router
from pydantic import Field
from typing_extensions import TypedDict

from agents.api.agents import (
    AgentProfileIn,
    AgentSkillIn,
    AttributeValues,
    RoleName,
    attribute_values,
)
from agents.models import Agent, CapacityProfile, OperatingHours, Presence, Skill
from agents.permissions import check_staffing
from agents.queries.agent_filter import AgentFilter, matching
from config.api.auth import SUPERVISORS
from config.api.named_rows import named, named_list
from config.api.problems import Invalid
from config.api.schema import Body, Flag, LongName, Name, Username, optional, text_of
from config.clock import database_now
from config.request import AppRequest
from workstreams.actions.change_agents import MOST_AGENTS, change_agents, preview_change
from workstreams.agent_changes import KEEP, AgentChange, AgentPlan
from workstreams.models import Queue

router = Router(auth=SUPERVISORS, tags=["agents"])

Names = Annotated[list[Name], Field(max_length=200)]
QueueNames = Annotated[list[LongName], Field(max_length=500)]


class AgentFilterIn(Body):
    """All of it has to hold; without anything all agents are meant."""

    search: Annotated[str, text_of(200)] = ""
    skill: Name | None = None
    queue: LongName | None = None
    capacity_profile: Name | None = None
    presence: Name | None = None
    role: RoleName | None = None
    enabled: Flag | None = None


class AgentChangesIn(Body):
    """What to do with each; ``default_presence`` and ``operating_hours`` may be null for none.

    A profile without ``limit`` is given, or stays as it is; with null it has its own limit.
    ``attributes`` are set, null takes a value away.
    """

    skills: list[AgentSkillIn] = optional(max_length=200)
    skills_removed: Names = []
    skills_activated: Names = []
    skills_deactivated: Names = []
    queues_joined: QueueNames = []
    queues_left: QueueNames = []
    capacity_profiles: list[AgentProfileIn] = optional(max_length=200)
    capacity_profiles_removed: Names = []
    attributes: AttributeValues = optional(max_length=200)
    presence: Name = optional()
    default_presence: Name | None = optional()
    operating_hours: Name | None = optional()


class BulkChangeIn(Body):
    """Agents by username, or all that match the filter; a preview writes nothing."""

    agents: Annotated[list[Username], Field(max_length=MOST_AGENTS)] | None = None
    filter: AgentFilterIn | None = None
    changes: AgentChangesIn
    preview: Flag = False


class BulkResultDocument(TypedDict):
    """One agent: what changed, and what could not be done and why."""

    username: str
    result: Literal["changed", "unchanged", "refused"]
    changes: list[str]
    refused: list[str]


class BulkChangeDocument(TypedDict):
    """``missing`` are usernames that nobody has."""

    preview: bool
    results: list[BulkResultDocument]
    missing: list[str]


@router.post(
    "/bulk-changes/agents",
    response=BulkChangeDocument,
    summary="Change many agents at once, or preview it",
)
def change_many_agents(request: AppRequest, body: BulkChangeIn) -> BulkChangeDocument:
    if (body.agents is None) == (body.filter is None):
        raise Invalid("agents", "Name agents, or give a filter: one of them.")
    check_staffing(request.user, body.changes.model_fields_set)
    change = _change(body.changes)
    chosen = _chosen(body)
    if body.preview:
        plans = preview_change(agent_ids=list(chosen.values()), change=change)
    else:
        plans = change_agents(
            agent_ids=list(chosen.values()), change=change, by=request.user, now=database_now()
        )
    there = {plan.before.username for plan in plans}
    asked = chosen if body.agents is None else body.agents
    return BulkChangeDocument(
        preview=body.preview,
        results=[_result(plan) for plan in plans],
        missing=[username for username in asked if username not in there],
    )


def _chosen(body: BulkChangeIn) -> dict[str, int]:
    """Ids by username."""
    agents = Agent.objects.all()
    if body.agents is not None:
        agents = agents.filter(user__username__in=body.agents)
    elif body.filter is not None:
        agents = matching(agents, _filter(body.filter))
    pairs = agents.order_by("pk").values_list("user__username", "pk")
    return dict(pairs[: MOST_AGENTS + 1])


def _filter(given: AgentFilterIn) -> AgentFilter:
    return AgentFilter(
        search=given.search,
        skill=_id(Skill, "filter.skill", given.skill),
        queue=_id(Queue, "filter.queue", given.queue),
        profile=_id(CapacityProfile, "filter.capacity_profile", given.capacity_profile),
        presence=named(Presence, "filter.presence", given.presence),
        role=given.role,
        is_enabled=given.enabled,
    )


def _id(model: Any, field: str, name: str | None) -> int | None:
    row = named(model, field, name)
    return None if row is None else int(row.pk)


def _change(given: AgentChangesIn) -> AgentChange:
    skills, profiles = given.skills or [], given.capacity_profiles or []
    rated = _skills("skills", [each.skill for each in skills])
    held = _profiles("capacity_profiles", [each.profile for each in profiles])
    change = AgentChange(
        skills={skill: each.rating for skill, each in zip(rated, skills, strict=True)},
        skills_removed=_skills("skills_removed", given.skills_removed),
        skills_activated=_skills("skills_activated", given.skills_activated),
        skills_deactivated=_skills("skills_deactivated", given.skills_deactivated),
        queues_joined=named_list(Queue.objects.all(), "queues_joined", given.queues_joined),
        queues_left=named_list(Queue.objects.all(), "queues_left", given.queues_left),
        profiles={
            profile: each.limit if "limit" in each.model_fields_set else KEEP
            for profile, each in zip(held, profiles, strict=True)
        },
        profiles_removed=_profiles("capacity_profiles_removed", given.capacity_profiles_removed),
        attributes=attribute_values("attributes", given.attributes or {}),
        presence=named(Presence, "presence", given.presence),
        default_presence=_setting(given, Presence, "default_presence"),
        operating_hours=_setting(given, OperatingHours, "operating_hours"),
    )
    for each in skills:
        if each.active is not None:
            raise Invalid("skills", "Skills are switched on and off by lists of their own.")
    _refuse_both("skills_removed", change.skills, change.skills_removed)
    _refuse_both("skills_deactivated", change.skills_activated, change.skills_deactivated)
    _refuse_both("queues_left", change.queues_joined, change.queues_left)
    _refuse_both("capacity_profiles_removed", change.profiles, change.profiles_removed)
    return change


def _skills(field: str, names: Sequence[str]) -> list[Skill]:
    return named_list(Skill.objects.select_related("rating_model"), field, names)


def _profiles(field: str, names: Sequence[str]) -> list[CapacityProfile]:
    return named_list(CapacityProfile.objects.all(), field, names)


def _setting(given: AgentChangesIn, model: Any, field: str) -> Any:
    if field not in given.model_fields_set:
        return KEEP
    return named(model, field, getattr(given, field))


def _refuse_both(field: str, one: Any, other: Any) -> None:
    if set(one) & set(other):
        raise Invalid(field, "Nothing is both given and taken away.")


def _result(plan: AgentPlan) -> BulkResultDocument:
    result: Literal["changed", "unchanged", "refused"] = "unchanged"
    if plan.changes:
        result = "changed"
    elif plan.refused:
        result = "refused"
    return BulkResultDocument(
        username=plan.before.username,
        result=result,
        changes=list(plan.changes),
        refused=list(plan.refused),
    )
