"""The floor's agents: who is there, what they hold, and how much room they have."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from agents.models import Agent
from agents.queries.agent_load import AgentCapacity, Capacity, capacity_of, with_load
from agents.terms import BasePresence
from routing.queries.floor import SIGNED_IN_PRESENCES, presences
from routing.queries.floor_agent_work import AgentWork, with_work, work_of
from routing.queries.held_by_ended_work import held_of, with_held
from workstreams.models import QueueMembership
from workstreams.queries.refusal_words import with_presence_text

AGENTS_SHOWN = 50
SIGNED_IN = "signed_in"


@dataclass(frozen=True, kw_only=True)
class AgentFilters:
    """What the address asks for; ``presence`` is a base presence, or everybody signed in."""

    search: str = ""
    queue_id: int | None = None
    presence: str = SIGNED_IN
    page: int = 1


@dataclass(frozen=True, kw_only=True)
class Load:
    """Work held against one limit, and by how much it is passed; ``name`` is that of a profile,
    ``label`` says whose it is."""

    name: str
    label: str
    used: int
    limit: int | None
    over: int


@dataclass(frozen=True, kw_only=True)
class AgentRow:
    """One agent at work; ``loads`` are units, where he has any or nothing else, and profiles."""

    id: int
    name: str
    base: str
    presence: str
    since: datetime | None
    loads: tuple[Load, ...]
    work: AgentWork
    held: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AgentPage:
    """One page of agents, and how many there are by presence."""

    rows: tuple[AgentRow, ...]
    presences: dict[str, int]
    number_of_agents: int
    page: int

    @property
    def signed_in(self) -> int:
        return sum(self.presences.get(base, 0) for base in SIGNED_IN_PRESENCES)

    @property
    def first(self) -> int:
        return (self.page - 1) * AGENTS_SHOWN + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def has_next(self) -> bool:
        return self.last < self.number_of_agents and bool(self.rows)


def agent_page(filters: AgentFilters) -> AgentPage:
    """Agents by presence, then by username; 5 queries."""
    found = _matching(filters)
    by_presence = presences(found)
    wanted = SIGNED_IN_PRESENCES if filters.presence == SIGNED_IN else (filters.presence,)
    start = (filters.page - 1) * AGENTS_SHOWN
    shown = _in_presences(found, wanted).values_list("pk", flat=True)
    # Thousands are put in order, fifty are read with all they have.
    ids = list(shown[start : start + AGENTS_SHOWN])
    agents = _agents_of(ids)
    return AgentPage(
        rows=tuple(_row(agents[pk]) for pk in ids if pk in agents),
        presences=by_presence,
        number_of_agents=sum(by_presence.get(base, 0) for base in wanted),
        page=filters.page,
    )


def people(search: str) -> Q:
    """Agents whose username or name contains the text."""
    return (
        Q(user__username__icontains=search)
        | Q(user__first_name__icontains=search)
        | Q(user__last_name__icontains=search)
    )


def presence_rank() -> Case:
    """The order of presences: those who can take work first; unknown is offline."""
    cases = [When(presence__base=base, then=Value(rank)) for rank, base in enumerate(BasePresence)]
    return Case(*cases, default=Value(len(cases)), output_field=IntegerField())


def _matching(filters: AgentFilters) -> QuerySet[Agent, Agent]:
    agents = Agent.objects.filter(is_enabled=True)
    if filters.queue_id is not None:
        members = QueueMembership.objects.filter(queue_id=filters.queue_id)
        agents = agents.filter(pk__in=members.values("agent_id"))
    return agents.filter(people(filters.search)) if filters.search else agents


def _in_presences(agents: QuerySet[Agent, Agent], bases: Iterable[str]) -> QuerySet[Agent, Agent]:
    wanted = Q(presence__base__in=list(bases))
    if BasePresence.OFFLINE in bases:
        wanted |= Q(presence__isnull=True)
    return agents.filter(wanted).order_by(presence_rank(), "user__username")


def _agents_of(agent_ids: list[int]) -> dict[int, Agent]:
    agents = Agent.objects.filter(pk__in=agent_ids).select_related("user", "presence__presence")
    whole = with_work(with_presence_text(with_held(with_load(agents))))
    return {agent.pk: agent for agent in whole}


def _row(agent: Agent) -> AgentRow:
    presence, name = getattr(agent, "presence", None), str(agent)
    return AgentRow(
        id=agent.pk,
        name=name,
        base=presence.base if presence else BasePresence.OFFLINE,
        presence=getattr(agent, "presence_text", None) or "Offline",
        since=presence.since if presence else None,
        loads=tuple(_loads(name, capacity_of(agent))),
        work=work_of(agent),
        held=held_of(agent),
    )


def _loads(whose: str, capacity: AgentCapacity) -> Iterator[Load]:
    units, profiles = capacity.visible_units, capacity.visible_profiles
    if units.limit is not None or not profiles:
        yield _load(whose, units)
    for profile in profiles:
        yield _load(whose, profile, name=profile.name)


def _load(whose: str, held: Capacity, name: str = "") -> Load:
    label = f"{whose}, {held.name}"
    return Load(name=name, label=label, used=held.used, limit=held.limit, over=held.over)
