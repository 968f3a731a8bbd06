"""The ranked agents of one group, kept as a heap that is mended only where it is looked at."""

from heapq import heappop, heapreplace

from routing.engine.facts import ItemFacts
from routing.engine.seats import Place
from routing.engine.standings import Entry, Judge


class Bench:
    """Agents who may take any item of a group, as long as they have room and are not too busy.

    Within a batch an agent's key only grows (less room, a later turn), he only loses room and
    becomes busy. So a first entry that is up to date is the true first, and one who may not have
    the item can go for good. ``entries`` are in order, which makes them a heap.
    """

    __slots__ = ("heap", "judge")

    def __init__(self, entries: list[Entry], judge: Judge) -> None:
        self.heap = entries
        self.judge = judge

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
        entry = self.judge(place)
        if isinstance(entry, str):
            heappop(self.heap)
        else:
            heapreplace(self.heap, entry)
