"""The ranked agents of one group, kept as a heap that is mended only where it is looked at."""

from collections.abc import Iterable
from heapq import heapify, heappop, heapreplace
from typing import Any

from routing.engine.capacity import has_room_for, room
from routing.engine.eligible import Rules
from routing.engine.facts import ItemFacts
from routing.engine.rank import Method
from routing.engine.seats import Place

# What the agent is ranked by, his id, the version of his seat, and his place.
Entry = tuple[Any, ...]


class Bench:
    """Agents who may take any item of a group, as long as they have room and are not too busy.

    Within a batch an agent's key only grows (less room, a later turn), he only loses room and
    becomes busy. So a first entry that is up to date is the true first, and one who may not have
    the item can go for good.
    """

    __slots__ = ("heap", "item", "ranking", "rules")

    def __init__(
        self, item: ItemFacts, entries: Iterable[Entry], rules: Rules, ranking: Method
    ) -> None:
        self.item = item
        self.rules = rules
        self.ranking = ranking
        self.heap = list(entries)
        heapify(self.heap)

    def first(self) -> Place | None:
        """The first agent who has room, None if nobody has."""
        while self.heap:
            *_, version, place = self.heap[0]
            if place.seat.version == version:
                found: Place = place
                return found
            self._mend(place)
        return None

    def said(self, item: ItemFacts, place: Place) -> None:
        """A built-in method needs no words of its own."""

    def _mend(self, place: Place) -> None:
        """Bring the first entry up to date, or drop it."""
        fresh = entries(self.item, (place,), self.rules, self.ranking)
        if fresh:
            heapreplace(self.heap, fresh[0])
        else:
            heappop(self.heap)


def entries(item: ItemFacts, places: Iterable[Place], rules: Rules, ranking: Method) -> list[Entry]:
    """Who of them may have the item as things stand now, each with what he is ranked by.

    Asked some ten thousand times a cycle, so what most agents and items lack is not asked of them.
    """
    if not rules.has_capacity_policy:
        return []
    found: list[Entry] = []
    allowed, units = rules.allowed_presences, item.capacity_units
    needs_only_units = not item.capacity_profiles
    for place in places:
        seat = place.seat
        if seat.version and seat.base_presence not in allowed:
            continue
        if needs_only_units and not seat.profiles:
            limit = seat.units_limit
            if limit is None or (free := limit - seat.units_used) < units:
                continue
        elif has_room_for(seat, item):
            free = room(seat, item) or 0
        else:
            continue
        found.append((*ranking(place, free), seat.id, seat.version, place))
    return found
