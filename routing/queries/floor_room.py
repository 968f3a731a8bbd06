"""How many members of each queue could be given what waits there, as the router would."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection

from agents.terms import BasePresence
from routing import configuration
from routing.engine.configuration import CompiledConfiguration
from routing.engine.presence import presence_in_use
from routing.queries.floor_presences import (
    USUAL,
    Presences,
    allowed_presences,
    expected_presences,
    together,
)
from routing.sql import statement
from workstreams.models import WorkItem
from workstreams.terms import ItemState


@dataclass(frozen=True, kw_only=True)
class Need:
    """What one waiting item takes of an agent."""

    presences: Presences
    units: int
    profiles: frozenset[int]


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


def with_room(queue_ids: Collection[int]) -> Counter[int]:
    """How many members of these queues have room for something that they could be given: of what
    waits there, or where nothing waits, of what may come, any room at all. Skills are not asked.
    2 queries."""
    compiled = configuration.current().compiled
    needs, expected = _needs(compiled, queue_ids), expected_presences(compiled)
    waiting = {
        queue: together(need.presences for need in needed) for queue, needed in needs.items()
    }
    presences = expected | waiting
    found: Counter[int] = Counter()
    for queue, base, *how, number in _stands(queue_ids):
        if base is None:
            continue
        stand = _stand(base, *how)
        if stand.presence in presences.get(queue, USUAL):
            found[queue] += number * stand.may_take(needs.get(queue))
    return found


def _needs(compiled: CompiledConfiguration, queue_ids: Collection[int]) -> dict[int, set[Need]]:
    waiting = WorkItem.objects.filter(state=ItemState.OPEN, queue__in=queue_ids).order_by()
    rows = waiting.values_list("queue_id", "workstream_id", "required_units", "required_profiles")
    needs: dict[int, set[Need]] = defaultdict(set)
    for queue, workstream, units, profiles in rows.distinct():
        presences = allowed_presences(compiled, queue, workstream)
        needs[queue].add(Need(presences=presences, units=units, profiles=frozenset(profiles)))
    return dict(needs)


def _stands(queue_ids: Collection[int]) -> list[tuple[Any, ...]]:
    """Of each queue the ways in which members stand, and how many do: agents by the thousand stand
    in few ways, and PostgreSQL counts them."""
    with connection.cursor() as cursor:
        cursor.execute(statement("stands_by_queue"), {"queues": list(queue_ids)})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _stand(
    base: str,
    is_manual: bool,
    limit: int | None,
    used: int,
    held: int,
    profiles: list[int],
    is_blocked: bool,
    is_in_use: bool,
) -> Stand:
    presence = presence_in_use(
        BasePresence(base),
        follows=not is_manual,
        is_in_use=used > 0 or is_in_use,
        items_held=held,
    )
    free = None if limit is None else limit - used
    return Stand(presence, free, frozenset(profiles), is_blocked)
