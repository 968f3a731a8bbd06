"""The ranked agents of one group, kept as a heap that is mended only where it is looked at."""

from collections.abc import Iterable
from heapq import heapify, heappop, heapreplace
from typing import Any

from routing.engine.capacity import room
from routing.engine.eligible import Rules, has_room, presence_is_allowed
from routing.engine.facts import ItemFacts
from routing.engine.rank import Method
from routing.engine.seats import Place


class Bench:
    """Agents who may take any item of a group, as long as they have room and are not too busy.

    Within a batch an agent's key only grows (less room, a later turn), he only loses room and
    becomes busy. So a first entry that is up to date is the true first, and one who may not have
    the item can go for good.
    """

    __slots__ = ("heap", "item", "ranking", "rules")

    def __init__(
        self, item: ItemFacts, places: Iterable[Place], rules: Rules, ranking: Method
    ) -> None:
        self.item = item
        self.rules = rules
        self.ranking = ranking
        self.heap: list[tuple[Any, ...]] = []
        for place in places:
            free = self._free(place)
            if free is not None:
                self.heap.append(self._entry(place, free))
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
        free = self._free(place)
        if free is None:
            heappop(self.heap)
        else:
            heapreplace(self.heap, self._entry(place, free))

    def _free(self, place: Place) -> int | None:
        """The agent's room, None if he may not have the item as things stand now."""
        item, seat, rules = self.item, place.seat, self.rules
        if has_room(item, seat, rules) and presence_is_allowed(item, seat, rules):
            return room(seat, item)
        return None

    def _entry(self, place: Place, free: int) -> tuple[Any, ...]:
        seat = place.seat
        return *self.ranking(place, free), seat.id, seat.version, place
