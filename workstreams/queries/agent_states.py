"""Many agents with all that a bulk change looks at, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from agents.models import (
    Agent,
    AgentAttributeValue,
    AgentCapacityProfile,
    AgentPresence,
    AgentSkill,
)
from workstreams.agent_changes import AgentState
from workstreams.models import QueueMembership


def agent_states(agents: Iterable[Agent]) -> list[AgentState]:
    """Of agents read with their users, in their order; five statements."""
    rows = list(agents)
    ids = [agent.pk for agent in rows]
    skills: dict[int, dict[int, tuple[int, bool]]] = defaultdict(dict)
    for agent, skill, rating, is_active in AgentSkill.objects.filter(agent__in=ids).values_list(
        "agent_id", "skill_id", "rating", "is_active"
    ):
        skills[agent][skill] = (rating, is_active)
    queues: dict[int, set[int]] = defaultdict(set)
    memberships = QueueMembership.objects.filter(agent__in=ids)
    for agent, queue in memberships.values_list("agent_id", "queue_id"):
        queues[agent].add(queue)
    profiles: dict[int, dict[int, int | None]] = defaultdict(dict)
    held = AgentCapacityProfile.objects.filter(agent__in=ids)
    for agent, profile, limit in held.values_list("agent_id", "profile_id", "custom_limit"):
        profiles[agent][profile] = limit
    attributes: dict[int, dict[int, Any]] = defaultdict(dict)
    kept = AgentAttributeValue.objects.filter(agent__in=ids)
    for agent, attribute, value in kept.values_list("agent_id", "attribute_id", "value"):
        attributes[agent][attribute] = value
    rows_of_presence = AgentPresence.objects.filter(agent__in=ids)
    presences = {
        agent: (presence, base, is_manual, after)
        for agent, presence, base, is_manual, after in rows_of_presence.values_list(
            "agent_id", "presence_id", "base", "is_manual", "after"
        )
    }
    return [
        AgentState(
            agent_id=agent.pk,
            username=agent.username,
            name=str(agent),
            is_enabled=agent.is_enabled,
            skills=skills[agent.pk],
            queues=frozenset(queues[agent.pk]),
            profiles=profiles[agent.pk],
            attributes=attributes[agent.pk],
            presence=presences.get(agent.pk),
            default_presence=agent.default_presence_id,
            operating_hours=agent.operating_hours_id,
        )
        for agent in rows
    ]
