"""Whom a supervisor may give a work item to, and what that would do to their limits."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Case, Exists, IntegerField, OuterRef, Q, Value, When

from agents.models import Agent
from agents.queries.agent_load import Capacity, capacity_of, with_load
from agents.terms import BasePresence
from routing.engine.excess import Excess
from routing.queries.end_of_day import counted_that_day
from routing.queries.floor_agents import people, presence_rank
from routing.queries.in_force import presences_of
from routing.queries.skill_fit import fit_in_words, with_fit
from workstreams.models import QueueMembership, WorkItem
from workstreams.queries.refusal_words import with_presence_text

CANDIDATES_SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One agent to choose; ``excess`` says by how much the item would pass each limit. Not
    ``is_found``: here only because he is chosen."""

    id: int
    name: str
    base: str
    presence: str
    load: Capacity
    is_member: bool
    is_allowed: bool
    fit: str
    excess: tuple[str, ...]
    is_found: bool


def choices_for(
    item: WorkItem,
    *,
    search: str = "",
    only_allowed: bool = False,
    chosen: int | None = None,
    taken_at: datetime | None = None,
) -> tuple[Choice, ...]:
    """Those first who have all skills it needs, then those who have some, as agents find them
    (B 15.7); among them members of the item's queue, by presence and name; 4 queries, 2
    more with ``taken_at`` for work that needs profiles.

    ``only_allowed`` leaves out whom the workstream would not reach in their presence; who is
    ``chosen`` already comes first, whatever leaves others out. Work that they have by ``taken_at``
    counts once a day, as it does for who assigns it.
    """
    agents = with_load(Agent.objects.filter(is_enabled=True).exclude(pk=item.agent_id or 0))
    agents = agents.select_related("user", "presence__presence", "load")
    allowed = presences_of(item)
    wanted = people(search) if search else Q()
    if only_allowed:
        wanted &= Q(presence__base__in=allowed)
    agents = agents.annotate(is_chosen=_fact(Q(pk=chosen or 0)))
    if wanted:
        agents = agents.annotate(is_found=_fact(wanted))
        agents = agents.filter(Q(is_found=True) | Q(is_chosen=True))
    member = QueueMembership.objects.filter(queue=item.queue_id, agent=OuterRef("pk"))
    refused = Case(
        When(presence__base__in=allowed, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    agents = with_presence_text(agents.annotate(is_member=Exists(member)))
    ordered = with_fit(agents, item.required_skills).order_by(
        "-is_chosen", "-fit", "-is_member", refused, presence_rank(), "user__username"
    )
    shown = ordered[:CANDIDATES_SHOWN]
    again = counted_that_day(item, [agent.pk for agent in shown], taken_at) if taken_at else {}
    return tuple(_choice(item, agent, allowed, again.get(agent.pk, {})) for agent in shown)


def _fact(condition: Q) -> Case:
    return Case(
        When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()
    )


def _choice(
    item: WorkItem, agent: Agent, allowed: Container[str], again: Mapping[int, int]
) -> Choice:
    presence = getattr(agent, "presence", None)
    base = presence.base if presence else BasePresence.OFFLINE
    capacity = capacity_of(agent)
    return Choice(
        id=agent.pk,
        name=str(agent),
        base=base,
        presence=getattr(agent, "presence_text", None) or "Offline",
        load=capacity.shown,
        is_member=bool(getattr(agent, "is_member", False)),
        is_allowed=base in allowed,
        fit=fit_in_words(agent, item.required_skills),
        excess=tuple(_excess(item, agent, capacity.units, again)),
        is_found=getattr(agent, "is_found", True),
    )


def _excess(
    item: WorkItem, agent: Agent, units: Capacity, again: Mapping[int, int]
) -> Iterator[str]:
    after = units.used + item.required_units
    if item.required_units and after > (units.limit or 0):
        yield _sentence("Units", units.limit or 0, units.used, after)
    used = {load.profile_id: load.used for load in agent.profile_loads.all()}
    held = {row.profile_id: row for row in agent.capacity_profiles.all()}
    for profile in item.required_profiles:
        row = held.get(profile)
        before = used.get(profile, 0) - again.get(profile, 0)
        if row is None:
            yield "without a capacity profile this work needs"
        elif before >= row.limit:
            yield _sentence(row.profile.name, row.limit, before, before + 1)


def _sentence(capacity: str, limit: int, before: int, after: int) -> str:
    return Excess(capacity=capacity, limit=limit, before=before, after=after).sentence
