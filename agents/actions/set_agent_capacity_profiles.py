"""Say which capacity profiles limit an agent's work."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from agents.actions.announce_capacity import announce_capacity
from agents.actions.lock_chosen import hold_chosen
from agents.actions.record_event import record_event
from agents.models import Agent, AgentCapacityProfile, CapacityProfile, User


@transaction.atomic
def set_agent_capacity_profiles(
    *,
    agent: Agent,
    profiles: Sequence[tuple[CapacityProfile, int | None]],
    by: User | None,
    now: datetime,
) -> list[AgentCapacityProfile]:
    """Make these the agent's profiles, all at once; a limit of None is the profile's own. Refuses
    profiles that are gone.

    Work the agent holds stays: limits count for the next assignments.
    """
    held = hold_profiles(profile for profile, _ in profiles)
    Agent.objects.select_for_update(no_key=True).get(pk=agent.pk)
    before = {row.profile_id: row.custom_limit for row in agent.capacity_profiles.all()}
    after = {profile.pk: limit for profile, limit in profiles}
    if before == after:
        return list(agent.capacity_profiles.select_related("profile"))

    agent.capacity_profiles.exclude(profile__in=after).delete()
    rows = AgentCapacityProfile.objects.bulk_create(
        [
            AgentCapacityProfile(agent=agent, profile=held[profile.pk], custom_limit=limit)
            for profile, limit in profiles
        ],
        update_conflicts=True,
        unique_fields=["agent", "profile"],
        update_fields=["custom_limit"],
    )

    limits = {row.profile.name: row.limit for row in rows}
    record_event(
        kind="capacity-changed",
        agent_id=agent.pk,
        now=now,
        limits=limits,
        by=by.username if by else "",
    )
    announce_capacity(sender=AgentCapacityProfile, agent_ids=[agent.pk], now=now)
    return rows


def hold_profiles(profiles: Iterable[CapacityProfile]) -> dict[int, CapacityProfile]:
    """The profiles as they are, and as they stay until the end, before the agent is locked: whoever
    changes a limit looks at those who have it."""
    return hold_chosen(CapacityProfile, profiles)
