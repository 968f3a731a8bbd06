"""Agents as a document describes them."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from django.db.models import Prefetch
from django.db.models.functions import Lower

from agents.models import Agent, AgentAttributeValue, AgentCapacityProfile, AgentSkill
from routing.configuration.documents.validate_shape import PEOPLE
from routing.configuration.rows.selection import in_order_of_names

Document = dict[str, Any]
SECTION: Final = PEOPLE


def people(usernames: Collection[str] | None = None) -> list[Document]:
    """All of them, or those of the usernames (in lower case), by username; six queries."""
    agents = Agent.objects.select_related("user", "default_presence", "operating_hours")
    if usernames is not None:
        agents = agents.annotate(key=Lower("user__username")).filter(key__in=usernames)
    agents = agents.prefetch_related(
        Prefetch("attributes", AgentAttributeValue.objects.select_related("attribute")),
        Prefetch("skills", AgentSkill.objects.select_related("skill")),
        Prefetch("capacity_profiles", AgentCapacityProfile.objects.select_related("profile")),
        "queues",
    )
    return sorted((_document(agent) for agent in agents), key=_by_username)


def _document(agent: Agent) -> Document:
    user = agent.user
    return {
        "username": user.username,
        "name": user.get_full_name(),
        "role": user.role,
        "may_change_secure_columns": user.may_change_secure_columns,
        "enabled": agent.is_enabled,
        "nickname": agent.nickname,
        "locale": agent.locale,
        "capacity_units": agent.capacity_units,
        "default_presence": agent.default_presence.name if agent.default_presence else None,
        "operating_hours": agent.operating_hours.name if agent.operating_hours else None,
        "attributes": in_order_of_attributes(
            {row.attribute.name: row.value for row in agent.attributes.all()}
        ),
        "skills": sorted(
            (
                {"skill": row.skill.name, "rating": row.rating}
                | ({} if row.is_active else {"active": False})
                for row in agent.skills.all()
            ),
            key=lambda each: (str(each["skill"]).casefold(), each["skill"]),
        ),
        "capacity_profiles": sorted(
            (
                {"profile": row.profile.name, "limit": row.custom_limit}
                for row in agent.capacity_profiles.all()
            ),
            key=lambda each: (str(each["profile"]).casefold(), each["profile"]),
        ),
        "queues": in_order_of_names({queue.name for queue in agent.queues.all()}),
    }


def in_order_of_attributes(values: Mapping[str, Any]) -> Document:
    """As people look for them."""
    return dict(sorted(values.items(), key=lambda each: (each[0].casefold(), each[0])))


def names_in_person(entry: Document) -> Iterator[tuple[str, str]]:
    """All that an agent is given, by kind and name in lower case."""
    given = [
        *(("skill", each["skill"]) for each in entry["skills"]),
        *(("agent_attribute", name) for name in entry["attributes"]),
        *(("capacity_profile", each["profile"]) for each in entry["capacity_profiles"]),
        *(("queue", name) for name in entry["queues"]),
        ("presence", entry["default_presence"]),
        ("operating_hours", entry["operating_hours"]),
    ]
    return ((kind, name.lower()) for kind, name in given if name)


def _by_username(document: Document) -> tuple[str, str]:
    return document["username"].casefold(), document["username"]
