"""How many members of each queue have room for what waits there."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from agents.models import AgentCapacityProfile
from agents.terms import BasePresence
from routing.models import ProfileLoad
from workstreams.models import QueueMembership, WorkItem
from workstreams.terms import ItemState

# Work reaches people in these presences unless a workstream says otherwise.
TAKING_PRESENCES = (BasePresence.AVAILABLE, BasePresence.BUSY)


@dataclass(frozen=True, kw_only=True)
class Need:
    """What one waiting item takes of an agent."""

    units: int
    profiles: frozenset[int]


@dataclass(kw_only=True)
class Room:
    """The profiles of one agent; at the limit of a blocking one there is room for nothing."""

    profiles: set[int] = field(default_factory=set)
    is_blocked: bool = False

    def fits(self, need: Need, free_units: int) -> bool:
        return need.units <= max(free_units, 0) and need.profiles <= self.profiles


def members_with_room() -> Counter[int]:
    """By queue, the members in a presence that takes work who could take something of what
    waits; where nothing waits, something at all. Skills are not asked. 3 queries."""
    needs, rooms = _needs(), _rooms()
    found: Counter[int] = Counter()
    for queue, agent, free_units in _taking_members():
        room = rooms.get(agent, Room())
        if room.is_blocked:
            continue
        if queue in needs:
            found[queue] += any(room.fits(need, free_units) for need in needs[queue])
        else:
            found[queue] += free_units > 0 or bool(room.profiles)
    return found


def _needs() -> dict[int, set[Need]]:
    waiting = WorkItem.objects.filter(state=ItemState.OPEN).order_by()
    rows = waiting.values_list("queue_id", "required_units", "required_profiles").distinct()
    needs: dict[int, set[Need]] = defaultdict(set)
    for queue, units, profiles in rows:
        needs[queue].add(Need(units=units, profiles=frozenset(profiles)))
    return dict(needs)


def _rooms() -> dict[int, Room]:
    load = ProfileLoad.objects.filter(agent=OuterRef("agent"), profile=OuterRef("profile"))
    rows = AgentCapacityProfile.objects.filter(agent__presence__base__in=TAKING_PRESENCES).annotate(
        left=Coalesce("custom_limit", "profile__work_item_limit")
        - Coalesce(Subquery(load.values("used")), Value(0))
    )
    rooms: dict[int, Room] = defaultdict(Room)
    for agent, profile, blocks, left in rows.values_list(
        "agent_id", "profile_id", "profile__blocks_assignment", "left"
    ):
        if left > 0:
            rooms[agent].profiles.add(profile)
        elif blocks:
            rooms[agent].is_blocked = True
    return rooms


def _taking_members() -> Iterable[Any]:
    free = Coalesce("agent__capacity_units", Value(0)) - Coalesce("agent__load__units_used", 0)
    members = QueueMembership.objects.filter(
        agent__is_enabled=True, agent__presence__base__in=TAKING_PRESENCES
    )
    return members.order_by().annotate(free=free).values_list("queue_id", "agent_id", F("free"))
