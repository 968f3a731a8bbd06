"""/agents: who handles work, addressed by username."""

from typing import Annotated, Any, Literal

from django.db import transaction
from django.http import Http404
from ninja import Query, Router, Status

from agents.actions.create_agent import create_agent
from agents.actions.delete_agent import delete_agent
from agents.actions.edit_agent import edit_agent
from agents.actions.set_agent_attributes import hold_attributes, set_agent_attributes
from agents.actions.set_agent_capacity_profiles import hold_profiles, set_agent_capacity_profiles
from agents.actions.set_agent_skills import hold_skills, set_agent_skills
from agents.api.agent_document import AgentDocument, agent_document, agent_documents, agent_rows
from agents.api.password import Password, check_given_password
from agents.models import Agent, AgentAttribute, CapacityProfile, OperatingHours, Presence, Skill
from agents.permissions import check_staffing
from config.api.auth import ADMINISTRATORS, SUPERVISORS
from config.api.lists import PageOf, PageQuery, page_of
from config.api.named_rows import named, named_list
from config.api.schema import Body, Flag, LongName, Name, Username, number, optional, text_of
from config.clock import database_now
from config.request import AppRequest
from routing.queries.published_names import rules_saying_username
from workstreams.actions.set_agent_queues import set_agent_queues
from workstreams.models import Queue

router = Router(auth=SUPERVISORS, tags=["agents"])

RoleName = Literal["administrator", "supervisor", "agent"]
Units = Annotated[int, number(0, 1000)]
Rating = Annotated[int, number(0, 32767)]
# A limit of the agent's own may be higher than any profile's.
Limit = Annotated[int, number(0, 32767)]
FullName = Annotated[str, text_of(150)]
Nickname = Annotated[str, text_of(100)]
LocaleText = Annotated[str, text_of(10)]
# What each may be depends on its type.
AttributeValues = dict[Name, Any]
PLAIN = (
    "username",
    "name",
    "role",
    "password",
    "may_change_secure_columns",
    "capacity_units",
    "nickname",
    "locale",
)


class AgentSkillIn(Body):
    """A skill and how well it is known; ``active`` left out leaves it as it was."""

    skill: Name
    rating: Rating
    active: Flag | None = None


class AgentProfileIn(Body):
    """A capacity profile; without a limit the profile's own counts."""

    profile: Name
    limit: Limit | None = None


class AgentChanges(Body):
    """What to change; a field left out stays. ``password`` is never shown again. Another
    ``username`` is the agent's address from then on. A new password, and ``enabled: false``, take
    the person's API tokens back; who is disabled still signs in as supervisor or administrator.

    ``attributes`` changes those it names, null takes a value away.
    """

    username: Username = optional()
    name: FullName = optional()
    role: RoleName = optional()
    password: Password = optional()
    may_change_secure_columns: Flag = optional()
    capacity_units: Units | None = optional()
    default_presence: Name | None = optional()
    operating_hours: Name | None = optional()
    nickname: Nickname = optional()
    locale: LocaleText = optional()
    attributes: AttributeValues = optional(max_length=200)
    skills: list[AgentSkillIn] = optional(max_length=200)
    capacity_profiles: list[AgentProfileIn] = optional(max_length=200)
    queues: list[LongName] = optional(max_length=500)
    enabled: Flag = optional()


class AgentIn(AgentChanges):
    """A new agent; without a password only single sign-on lets the person in."""

    username: Username


@router.get("/agents", response=PageOf[AgentDocument], summary="List agents")
def list_agents(request: AppRequest, page: Query[PageQuery]) -> PageOf[AgentDocument]:
    return page_of(agent_rows(), page, agent_documents)


@router.post(
    "/agents", auth=ADMINISTRATORS, response={201: AgentDocument}, summary="Create an agent"
)
def create_an_agent(request: AppRequest, body: AgentIn) -> Status[AgentDocument]:
    values = body.given()
    check_given_password(values, username=body.username, name="")
    with transaction.atomic():
        _hold_named(values)
        agent = create_agent(by=request.user, now=database_now(), **_own_fields(values))
        _set_lists(request, agent, values)
    return Status(201, _shown(agent.username))


@router.get("/agents/{username}", response=AgentDocument, summary="Show an agent")
def show_agent(request: AppRequest, username: str) -> AgentDocument:
    return _shown(username)


@router.patch(
    "/agents/{username}",
    response=AgentDocument,
    summary="Change an agent; supervisors capacity, default presence and queues only",
)
def change_agent(request: AppRequest, username: str, body: AgentChanges) -> AgentDocument:
    values = body.given()
    check_staffing(request.user, values)
    with transaction.atomic():
        _hold_named(values)
        agent = _load(username)
        check_given_password(values, username=agent.username, name=agent.user.get_full_name())
        agent = edit_agent(
            agent=agent,
            by=request.user,
            now=database_now(),
            rules_saying=rules_saying_username,
            **_own_fields(values),
        )
        _set_lists(request, agent, values)
    return agent_document(agent_rows().get(pk=agent.pk))


@router.delete(
    "/agents/{username}",
    auth=ADMINISTRATORS,
    response={204: None},
    summary="Delete an agent who never handled work",
)
def delete_an_agent(request: AppRequest, username: str) -> Status[None]:
    delete_agent(agent=_load(username), by=request.user, now=database_now())
    return Status(204, None)


def attribute_values(field: str, given: dict[str, Any]) -> dict[AgentAttribute, Any]:
    """The attributes of these names with what to give them."""
    rows = named_list(AgentAttribute.objects.all(), field, list(given))
    return dict(zip(rows, given.values(), strict=True))


def _hold_named(values: dict[str, Any]) -> None:
    """Before the agent, as everywhere: an import locks declarations first, and then people."""
    names = [one.skill for one in values.get("skills", ())]
    hold_skills(named_list(Skill.objects.all(), "skills", names))
    hold_attributes(attribute_values("attributes", values.get("attributes", {})))
    given = [one.profile for one in values.get("capacity_profiles", ())]
    hold_profiles(named_list(CapacityProfile.objects.all(), "capacity_profiles", given))


def _load(username: str) -> Agent:
    agent = Agent.objects.select_related("user").filter(user__username=username).first()
    if agent is None:
        raise Http404
    return agent


def _shown(username: str) -> AgentDocument:
    agent = agent_rows().filter(user__username=username).first()
    if agent is None:
        raise Http404
    return agent_document(agent)


def _own_fields(values: dict[str, Any]) -> dict[str, Any]:
    """The fields of the agent itself, with rows instead of names."""
    fields = {name: values[name] for name in PLAIN if name in values}
    if "enabled" in values:
        fields["is_enabled"] = values["enabled"]
    if "default_presence" in values:
        fields["default_presence"] = named(Presence, "default_presence", values["default_presence"])
    if "operating_hours" in values:
        fields["operating_hours"] = named(
            OperatingHours, "operating_hours", values["operating_hours"]
        )
    return fields


def _set_lists(request: AppRequest, agent: Agent, values: dict[str, Any]) -> None:
    """Attributes, and lists that replace the one before: skills, profiles and queues."""
    by, now = request.user, database_now()
    if "attributes" in values:
        attributes = attribute_values("attributes", values["attributes"])
        set_agent_attributes(agent=agent, values=attributes, by=by, now=now)
    if "skills" in values:
        given = values["skills"]
        skills = named_list(
            Skill.objects.select_related("rating_model"), "skills", [one.skill for one in given]
        )
        pairs = [(skill, one.rating) for skill, one in zip(skills, given, strict=True)]
        dormant = set(agent.skills.filter(is_active=False).values_list("skill_id", flat=True))
        inactive = [
            skill
            for skill, one in zip(skills, given, strict=True)
            if one.active is False or (one.active is None and skill.pk in dormant)
        ]
        set_agent_skills(agent=agent, skills=pairs, inactive=inactive, by=by, now=now)
    if "capacity_profiles" in values:
        given = values["capacity_profiles"]
        names = [one.profile for one in given]
        profiles = named_list(CapacityProfile.objects.all(), "capacity_profiles", names)
        limits = [(profile, one.limit) for profile, one in zip(profiles, given, strict=True)]
        set_agent_capacity_profiles(agent=agent, profiles=limits, by=by, now=now)
    if "queues" in values:
        queues = named_list(Queue.objects.all(), "queues", values["queues"])
        set_agent_queues(agent=agent, queues=queues, by=by, now=now)
