"""How much of an agent's capacity is in use."""

from dataclasses import dataclass, replace
from typing import Any, Final

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects

from agents.models import Agent, AgentCapacityProfile
from config.prepared import Prepared

LOADED: Final = Prepared(
    lambda agent_id: (
        Agent.objects.select_related("load")
        .annotate(has_profiles=has_any_profile("pk"))
        .filter(pk=agent_id)
        .order_by()
    ),
    "agent_id",
)


@dataclass(frozen=True, kw_only=True)
class Capacity:
    """Work held against one limit; ``limit`` is None where the agent has none of that sort.

    ``parts`` are the limits of which it is the sum.
    """

    name: str
    used: int
    limit: int | None
    is_custom: bool = False
    blocks_assignment: bool = False
    parts: tuple["Capacity", ...] = ()

    @property
    def over(self) -> int:
        """By how much the limit is passed; room in one part is none in another."""
        if self.parts:
            return sum(part.over for part in self.parts)
        return max(0, self.used - self.limit) if self.limit is not None else 0


@dataclass(frozen=True, kw_only=True)
class AgentCapacity:
    """Units and profiles of one agent, and how many items hold some of them.

    ``besides`` are profiles that he was never given and holds by a pick or an override.
    """

    units: Capacity
    profiles: tuple[Capacity, ...]
    besides: tuple[Capacity, ...] = ()
    items_held: int = 0

    @property
    def shown(self) -> Capacity:
        """The one number for lists: units, or all profiles together for agents without units."""
        profiles = self.visible_profiles
        if self.units.limit is not None or not profiles:
            return self.visible_units
        return Capacity(
            name="Profiles",
            used=sum(profile.used for profile in profiles),
            limit=sum(profile.limit or 0 for profile in profiles),
            parts=(self.visible_units, *profiles),
        )

    @property
    def visible_units(self) -> Capacity:
        """Units held by an agent who has none are beyond a limit of nothing."""
        is_unasked = self.units.limit is None and self.units.used > 0
        return replace(self.units, limit=0) if is_unasked else self.units

    @property
    def visible_profiles(self) -> tuple[Capacity, ...]:
        """Those he was given, and those he holds besides."""
        return (*self.profiles, *self.besides)


def with_load(agents: QuerySet[Agent]) -> QuerySet[Agent]:
    """Agents with all that ``capacity_of`` reads: two statements more, however many agents."""
    return agents.select_related("load").prefetch_related(*_profiles_and_loads())


def profile_loads() -> "Prefetch[Any]":
    """What agents hold of profiles, with their names; one statement, however many agents."""
    loads = Agent.profile_loads.rel.related_model._default_manager
    return Prefetch("profile_loads", loads.select_related("profile").order_by("profile__name"))


def has_any_profile(key: str) -> Exists:
    """Whether the agent of this key was given a capacity profile, or holds one all the same."""
    agent = Agent.objects.filter(pk=OuterRef(key)).order_by()
    return Exists(agent.filter(Q(capacity_profiles__isnull=False) | Q(profile_loads__used__gt=0)))


def capacity_in_use(agent_id: int) -> AgentCapacity:
    """What one agent holds at this moment: one statement, three where he has profiles."""
    agent = LOADED(agent_id=agent_id)[0]
    return capacity_of_loaded(agent, has_profiles=agent.has_profiles)  # type: ignore[attr-defined]  # annotated


def capacity_of_loaded(agent: Agent, *, has_profiles: bool) -> AgentCapacity:
    """The same of an agent who was read with his load; two statements where he has profiles."""
    if not has_profiles:
        return AgentCapacity(units=_units(agent), profiles=(), items_held=_items_held(agent))
    prefetch_related_objects([agent], *_profiles_and_loads())
    return capacity_of(agent)


def capacity_of(agent: Agent) -> AgentCapacity:
    """What the agent holds now; no statement for agents that ``with_load`` read.

    The counters are routing's and come by their related names: an agent who never
    got work has none yet.
    """
    loads = agent.profile_loads.all()
    used = {load.profile_id: load.used for load in loads}
    given = {row.profile_id for row in agent.capacity_profiles.all()}
    return AgentCapacity(
        units=_units(agent),
        profiles=tuple(
            Capacity(
                name=row.profile.name,
                used=used.get(row.profile_id, 0),
                limit=row.limit,
                is_custom=row.custom_limit is not None,
                blocks_assignment=row.profile.blocks_assignment,
            )
            for row in agent.capacity_profiles.all()
        ),
        besides=tuple(
            Capacity(name=load.profile.name, used=load.used, limit=0)
            for load in loads
            if load.used and load.profile_id not in given
        ),
        items_held=_items_held(agent),
    )


def _profiles_and_loads() -> tuple["Prefetch[Any]", "Prefetch[Any]"]:
    profiles = AgentCapacityProfile.objects.select_related("profile").order_by("profile__name")
    return Prefetch("capacity_profiles", profiles), profile_loads()


def _units(agent: Agent) -> Capacity:
    return Capacity(name="Units", used=_units_used(agent), limit=agent.capacity_units)


def _items_held(agent: Agent) -> int:
    try:
        return agent.load.items_held
    except ObjectDoesNotExist:
        return 0


def _units_used(agent: Agent) -> int:
    try:
        return agent.load.units_used
    except ObjectDoesNotExist:
        return 0
