"""How many members of each queue could be given what waits there, as the router would."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from agents.models import Agent, AgentCapacityProfile
from agents.terms import BasePresence
from routing import configuration
from routing.engine.configuration import CompiledConfiguration
from routing.engine.presence import presence_in_use
from routing.models import ProfileLoad
from routing.queries.floor_presences import (
    USUAL,
    Presences,
    allowed_presences,
    expected_presences,
    together,
)
from workstreams.models import QueueMembership, WorkItem
from workstreams.terms import ItemState


@dataclass(frozen=True, kw_only=True)
class Need:
    """What one waiting item takes of an agent."""

    presences: Presences
    units: int
    profiles: frozenset[int]


@dataclass(kw_only=True)
class Room:
    """The profiles of one agent; at the limit of a blocking one there is room for nothing."""

    profiles: set[int] = field(default_factory=set)
    is_blocked: bool = False
    is_in_use: bool = False


class Stand(NamedTuple):
    """How an agent stands: what he has room for, if anything, and the presence in which."""

    presence: BasePresence | None
    free_units: int | None
    profiles: frozenset[int] = frozenset()
    is_blocked: bool = False

    def may_take(self, needs: Collection[Need] | None) -> bool:
        """One of these; where nothing is asked, anything at all."""
        if needs is None:
            return not self.is_blocked and ((self.free_units or 0) > 0 or bool(self.profiles))
        return any(self.fits(each) for each in needs)

    def fits(self, need: Need) -> bool:
        """As ``engine.capacity.has_room_for``."""
        is_short = self.free_units is None or self.free_units < need.units
        if self.is_blocked or self.presence not in need.presences:
            return False
        if (need.units or not need.profiles) and is_short:
            return False
        return need.profiles <= self.profiles


@dataclass(frozen=True, kw_only=True)
class Takers:
    """By queue, the members in a presence in which they could be given something, and of them
    those who have room for it."""

    taking: Counter[int] = field(default_factory=Counter)
    with_room: Counter[int] = field(default_factory=Counter)


def takers() -> Takers:
    """Asked of what waits in the queue; where nothing waits, of what may come there and of any
    room at all. Skills are not asked. 4 queries."""
    compiled = configuration.current().compiled
    needs, expected = _needs(compiled), expected_presences(compiled)
    waiting = {
        queue: together(need.presences for need in needed) for queue, needed in needs.items()
    }
    presences = expected | waiting
    # Who is available by himself is busy as soon as he has anything, and may be wanted as such.
    wanted = together((USUAL, *presences.values()))
    found = Takers()
    # Most agents stand as many others do.
    served: dict[Stand, list[int]] = defaultdict(list)
    for queues, stand in _stands(wanted):
        served[stand] += queues
    for stand, places in served.items():
        for queue, members in Counter(places).items():
            if stand.presence in presences.get(queue, USUAL):
                found.taking[queue] += members
                found.with_room[queue] += members * stand.may_take(needs.get(queue))
    return found


def _needs(compiled: CompiledConfiguration) -> dict[int, set[Need]]:
    waiting = WorkItem.objects.filter(state=ItemState.OPEN).order_by()
    rows = waiting.values_list("queue_id", "workstream_id", "required_units", "required_profiles")
    needs: dict[int, set[Need]] = defaultdict(set)
    for queue, workstream, units, profiles in rows.distinct():
        presences = allowed_presences(compiled, queue, workstream)
        needs[queue].add(Need(presences=presences, units=units, profiles=frozenset(profiles)))
    return dict(needs)


def _rooms(presences: Presences) -> dict[int, Room]:
    load = ProfileLoad.objects.filter(agent=OuterRef("agent"), profile=OuterRef("profile"))
    rows = AgentCapacityProfile.objects.filter(agent__presence__base__in=presences).annotate(
        most=Coalesce("custom_limit", "profile__work_item_limit"),
        used=Coalesce(Subquery(load.values("used")), Value(0)),
    )
    rooms: dict[int, Room] = defaultdict(Room)
    for agent, profile, blocks, most, used in rows.values_list(
        "agent_id", "profile_id", "profile__blocks_assignment", "most", "used"
    ):
        room = rooms[agent]
        room.is_in_use |= used > 0
        if used < most:
            room.profiles.add(profile)
        elif blocks:
            room.is_blocked = True
    return rooms


def _stands(presences: Presences) -> Iterator[tuple[list[int], Stand]]:
    """The queues of each agent, and how he stands."""
    rooms = _rooms(presences)
    for agent, base, is_manual, limit, used, held, queues in _agents(presences):
        room = rooms.get(agent)
        if room is None:
            yield queues, _stand(base, is_manual, limit, used, held)
        else:
            yield (
                queues,
                _stand(
                    base,
                    is_manual,
                    limit,
                    used,
                    held,
                    is_in_use=room.is_in_use,
                    profiles=frozenset(room.profiles),
                    is_blocked=room.is_blocked,
                ),
            )


@lru_cache(maxsize=4096)
def _stand(
    base: str,
    is_manual: bool,
    limit: int | None,
    used: int,
    held: int,
    *,
    is_in_use: bool = False,
    profiles: frozenset[int] = frozenset(),
    is_blocked: bool = False,
) -> Stand:
    presence = presence_in_use(
        BasePresence(base),
        follows=not is_manual,
        is_in_use=used > 0 or is_in_use,
        items_held=held,
    )
    return Stand(presence, None if limit is None else limit - used, profiles, is_blocked)


def _agents(presences: Presences) -> Iterable[Any]:
    """Id, presence, whether he chose it, his units (the limit and those used), the work items
    that he holds, and his queues."""
    rows = Agent.objects.filter(is_enabled=True, presence__base__in=presences).order_by()
    served = QueueMembership.objects.filter(agent=OuterRef("pk")).order_by()
    return rows.annotate(
        used=Coalesce("load__units_used", 0),
        held=Coalesce("load__items_held", 0),
        served_queues=ArraySubquery(served.values("queue_id")),
    ).values_list(
        "id",
        "presence__base",
        "presence__is_manual",
        "capacity_units",
        "used",
        "held",
        "served_queues",
    )
