"""An agent as the API shows one."""

from collections.abc import Sequence
from typing import NotRequired

from django.db.models import Prefetch, QuerySet
from typing_extensions import TypedDict

from agents.models import Agent, AgentAttributeValue, AgentCapacityProfile, AgentSkill
from agents.queries.agent_load import capacity_of, profile_loads
from agents.terms import BasePresence


class SkillDocument(TypedDict):
    """A skill and how well it is known; ``active`` is there, and false, where it does not count."""

    skill: str
    rating: int
    active: NotRequired[bool]


class ProfileDocument(TypedDict):
    """A capacity profile and the agent's own limit, null for the profile's."""

    profile: str
    limit: int | None


class UnitsDocument(TypedDict):
    """Units in use; no limit means that no unit-based work comes."""

    limit: int | None
    used: int


class ProfileLoadDocument(TypedDict):
    """Work items of one profile in use; the limit is 0 of one that is held and was never given."""

    profile: str
    limit: int
    used: int


class LoadDocument(TypedDict):
    """What an agent holds."""

    units: UnitsDocument
    profiles: list[ProfileLoadDocument]


class AgentDocument(TypedDict):
    """An agent; ``presence``, ``base_presence`` and ``load`` are read-only."""

    username: str
    name: str
    role: str
    may_change_secure_columns: bool
    capacity_units: int | None
    default_presence: str | None
    operating_hours: str | None
    nickname: str
    locale: str
    attributes: dict[str, bool | int | float | str]
    skills: list[SkillDocument]
    capacity_profiles: list[ProfileDocument]
    queues: list[str]
    enabled: bool
    presence: str
    base_presence: str
    load: LoadDocument


def agent_rows() -> "QuerySet[Agent]":
    """Agents with all that a document shows: six queries, however many agents."""
    return Agent.objects.select_related(
        "user", "default_presence", "operating_hours", "presence__presence", "load"
    ).prefetch_related(
        Prefetch(
            "attributes",
            AgentAttributeValue.objects.select_related("attribute").order_by("attribute__name"),
        ),
        Prefetch("skills", AgentSkill.objects.select_related("skill").order_by("pk")),
        Prefetch(
            "capacity_profiles",
            AgentCapacityProfile.objects.select_related("profile").order_by("pk"),
        ),
        "queues",
        profile_loads(),
    )


def agent_documents(agents: Sequence[Agent]) -> list[AgentDocument]:
    """Of rows from ``agent_rows``."""
    return [agent_document(agent) for agent in agents]


def agent_document(agent: Agent) -> AgentDocument:
    """Of a row from ``agent_rows``."""
    current = getattr(agent, "presence", None)
    return AgentDocument(
        username=agent.username,
        name=agent.user.display_name,
        role=agent.user.role,
        may_change_secure_columns=agent.user.may_change_secure_columns,
        capacity_units=agent.capacity_units,
        default_presence=agent.default_presence.name if agent.default_presence else None,
        operating_hours=agent.operating_hours.name if agent.operating_hours else None,
        nickname=agent.nickname,
        locale=agent.locale,
        attributes={row.attribute.name: row.value for row in agent.attributes.all()},
        skills=[
            SkillDocument(skill=row.skill.name, rating=row.rating)
            if row.is_active
            else SkillDocument(skill=row.skill.name, rating=row.rating, active=False)
            for row in agent.skills.all()
        ],
        capacity_profiles=[
            ProfileDocument(profile=row.profile.name, limit=row.custom_limit)
            for row in agent.capacity_profiles.all()
        ],
        queues=[queue.name for queue in agent.queues.all()],
        enabled=agent.is_enabled,
        presence=current.presence.name if current else BasePresence.OFFLINE.value,
        base_presence=current.base if current else BasePresence.OFFLINE.value,
        load=load_document(agent),
    )


def load_document(agent: Agent) -> LoadDocument:
    """Of a row from ``agent_rows``."""
    load = capacity_of(agent)
    return LoadDocument(
        units=UnitsDocument(limit=load.units.limit, used=load.units.used),
        profiles=[
            ProfileLoadDocument(profile=each.name, limit=each.limit or 0, used=each.used)
            for each in load.visible_profiles
        ],
    )
