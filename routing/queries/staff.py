"""Who could take work, for the checks: a few sums, however many agents there are."""

from collections import defaultdict
from typing import Final

from django.db import connection

from agents.models import AgentSkill, Presence
from agents.terms import BasePresence
from routing.engine.coverage.facts import QueueStaff, Staff
from workstreams.models import QueueMembership

QUEUES: Final = """
SELECT member.queue_id, count(*), COALESCE(max(agent.capacity_units), 0)
FROM workstreams_queuemembership member
JOIN agents_agent agent ON agent.id = member.agent_id AND agent.is_enabled
GROUP BY member.queue_id
"""


def staff() -> Staff:
    """Enabled agents by queue, the best rating of each skill, presences; four statements."""
    with connection.cursor() as cursor:
        cursor.execute(QUEUES)
        rows = cursor.fetchall()
    profiles = _profiles()
    return Staff(
        queues={
            queue: QueueStaff(members=members, units=units, profiles=frozenset(profiles[queue]))
            for queue, members, units in rows
        },
        skills=_skills(),
        presences=frozenset(
            BasePresence(base) for base in Presence.objects.values_list("base", flat=True)
        ),
    )


def _profiles() -> dict[int, set[str]]:
    rows = QueueMembership.objects.filter(agent__is_enabled=True)
    pairs = rows.filter(agent__capacity_profiles__isnull=False).values_list(
        "queue_id", "agent__capacity_profiles__profile__name"
    )
    found: dict[int, set[str]] = defaultdict(set)
    for queue, name in pairs.distinct():
        found[queue].add(name)
    return found


def _skills() -> dict[str, float]:
    best: dict[str, float] = {}
    rows = AgentSkill.objects.filter(agent__is_enabled=True, is_active=True)
    for name, rating in rows.values_list("skill__name", "rating").distinct():
        best[name] = max(best.get(name, 0), rating or 0)
    return best
