"""Change many agents at once, in a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db import transaction

from agents.actions.check_rating import check_rating
from agents.actions.lock_chosen import hold_chosen
from agents.actions.set_agent_attributes import checked_value, hold_attributes
from agents.actions.set_agent_capacity_profiles import hold_profiles
from agents.actions.set_agent_skills import hold_skills
from agents.actions.set_presence import lock_presences
from agents.exceptions import (
    LimitOutOfRange,
    PresenceNotSelectable,
    TooManyAgents,
)
from agents.models import (
    Agent,
    OperatingHours,
    Presence,
    User,
)
from workstreams.actions.write_agent_changes import write_agent_changes
from workstreams.agent_changes import KEEP, AgentChange, AgentPlan, plan_change
from workstreams.models import Queue
from workstreams.queries.agent_states import agent_states

MOST_AGENTS: Final = 2000
LARGEST_LIMIT: Final = 32767


def preview_change(*, agent_ids: Sequence[int], change: AgentChange) -> list[AgentPlan]:
    """What ``change_agents`` would do now, agent by agent; nothing is written. Refuses alike."""
    check_change(agent_ids, change)
    change = _with_stored_values(change)
    agents = Agent.objects.select_related("user").filter(pk__in=agent_ids)
    return [plan_change(state, change) for state in agent_states(agents.order_by(*ORDER))]


@transaction.atomic
def change_agents(
    *, agent_ids: Sequence[int], change: AgentChange, by: User, now: datetime
) -> list[AgentPlan]:
    """Change all agents that are still there, each as far as it can be, and say what was done.

    Refuses as a whole: ratings off their scale, what an attribute cannot hold, presences that only
    the system sets, what was deleted meanwhile, and more than two thousand agents.
    """
    change = _hold_definitions(change)
    check_change(agent_ids, change)
    change = _with_stored_values(change)
    agents = _lock(agent_ids, change, now)

    plans = [plan_change(state, change) for state in agent_states(agents)]

    write_agent_changes(plans=plans, change=change, by=by, now=now)
    return plans


ORDER: Final = ("user__first_name", "user__username")


def check_change(agent_ids: Sequence[int], change: AgentChange) -> None:
    """Refuses what is wrong for every agent alike."""
    if len(agent_ids) > MOST_AGENTS:
        raise TooManyAgents(most=MOST_AGENTS)
    for skill, rating in change.skills.items():
        check_rating(skill, rating)
    for limit in change.profiles.values():
        if limit is not KEEP and limit is not None and not 0 <= limit <= LARGEST_LIMIT:
            raise LimitOutOfRange(most=LARGEST_LIMIT)
    default = None if change.default_presence is KEEP else change.default_presence
    for presence in (change.presence, default):
        if presence is not None and not presence.agents_may_set:
            raise PresenceNotSelectable


def _with_stored_values(change: AgentChange) -> AgentChange:
    """With the values of attributes as they are stored. Refuses what one cannot hold."""
    given = change.attributes.items()
    return replace(change, attributes={row: checked_value(row, value) for row, value in given})


def _hold_definitions(change: AgentChange) -> AgentChange:
    """The change with what it names as it stays until the end, not as it was when somebody read
    it; in the order in which an import locks the kinds."""
    skills = hold_skills([*change.skills, *change.skills_activated, *change.skills_deactivated])
    attributes = hold_attributes(change.attributes)
    profiles = hold_profiles(change.profiles)
    chosen = (change.presence, change.default_presence)
    presences = hold_chosen(Presence, (row for row in chosen if isinstance(row, Presence)))
    hold_chosen(Queue, change.queues_joined)
    if isinstance(change.operating_hours, OperatingHours):
        hold_chosen(OperatingHours, [change.operating_hours])

    def held(row: Presence | None) -> Presence | None:
        return presences[row.pk] if isinstance(row, Presence) else row

    return replace(
        change,
        skills={skills[row.pk]: rating for row, rating in change.skills.items()},
        attributes={attributes[row.pk]: value for row, value in change.attributes.items()},
        profiles={profiles[row.pk]: limit for row, limit in change.profiles.items()},
        presence=held(change.presence),
        default_presence=held(change.default_presence),
    )


def _lock(agent_ids: Sequence[int], change: AgentChange, now: datetime) -> list[Agent]:
    """The agents by id, their loads where limits change, too, and then their presences: the order
    in which all moves lock them."""
    rows = Agent.objects.filter(pk__in=agent_ids).order_by("pk")
    ids = list(rows.select_for_update(no_key=True).values_list("pk", flat=True))
    if change.presence is not None:
        if change.profiles or change.profiles_removed or change.operating_hours is not KEEP:
            loaded = Agent.objects.filter(pk__in=ids, load__isnull=False).select_related("load")
            list(loaded.order_by("pk").select_for_update(of=("load",)))
        lock_presences(ids, now)
    return list(Agent.objects.select_related("user").filter(pk__in=ids).order_by(*ORDER))
