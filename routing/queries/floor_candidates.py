"""Whom a supervisor may give a work item to, and what that would do to their limits."""

from collections.abc import Container
from dataclasses import dataclass

from django.db.models import Case, Exists, IntegerField, OuterRef, Value, When

from agents.models import Agent
from agents.queries.agent_load import Capacity, capacity_of, with_load
from agents.terms import BasePresence
from routing.queries.floor_agents import people, presence_rank
from routing.queries.in_force import presences_of
from workstreams.models import QueueMembership, WorkItem

CANDIDATES_SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One agent to choose; ``excess`` says by how much the item would pass a limit."""

    id: int
    name: str
    base: str
    presence: str
    load: Capacity
    is_member: bool
    is_allowed: bool
    excess: str


def choices_for(
    item: WorkItem, *, search: str = "", only_allowed: bool = False
) -> tuple[Choice, ...]:
    """Members of the item's queue first, then by presence and name; 4 queries.

    ``only_allowed`` leaves out whom the workstream would not reach in their presence.
    """
    agents = with_load(Agent.objects.filter(is_enabled=True).exclude(pk=item.agent_id or 0))
    agents = agents.select_related("user", "presence__presence", "load")
    if search:
        agents = agents.filter(people(search))
    allowed = presences_of(item)
    if only_allowed:
        agents = agents.filter(presence__base__in=allowed)
    member = QueueMembership.objects.filter(queue=item.queue_id, agent=OuterRef("pk"))
    refused = Case(
        When(presence__base__in=allowed, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    ordered = agents.annotate(is_member=Exists(member)).order_by(
        "-is_member", refused, presence_rank(), "user__username"
    )
    return tuple(_choice(item, agent, allowed) for agent in ordered[:CANDIDATES_SHOWN])


def _choice(item: WorkItem, agent: Agent, allowed: Container[str]) -> Choice:
    presence = getattr(agent, "presence", None)
    base = presence.base if presence else BasePresence.OFFLINE
    capacity = capacity_of(agent)
    return Choice(
        id=agent.pk,
        name=str(agent),
        base=base,
        presence=presence.presence.text if presence else "Offline",
        load=capacity.shown,
        is_member=bool(getattr(agent, "is_member", False)),
        is_allowed=base in allowed,
        excess=_units_over(item, capacity.units) or _profile_over(item, agent),
    )


def _units_over(item: WorkItem, units: Capacity) -> str:
    over = units.used + item.required_units - (units.limit or 0)
    if not item.required_units or over <= 0:
        return ""
    return f"would be {over} unit{'s' if over > 1 else ''} over the limit of {units.limit or 0}"


def _profile_over(item: WorkItem, agent: Agent) -> str:
    used = {load.profile_id: load.used for load in agent.profile_loads.all()}
    held = {row.profile_id: row for row in agent.capacity_profiles.all()}
    for profile in item.required_profiles:
        row = held.get(profile)
        if row is None:
            return "without the capacity profile this work needs"
        over = used.get(profile, 0) + 1 - row.limit
        if over > 0:
            return f"would be {over} over the limit of {row.limit} of {row.profile.name}"
    return ""
