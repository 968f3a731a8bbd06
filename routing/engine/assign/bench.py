"""The ranked agents of one group, looked at from the first on and only as far as needed."""

from collections.abc import Sequence
from heapq import heappop, heappush, heapreplace

from routing.engine.assign.two_orders import TwoOrders
from routing.engine.eligible import Rules, has_not_declined_too_often
from routing.engine.facts import ItemFacts
from routing.engine.seats import Place
from routing.engine.standings import Entry, Judge


class Bench(TwoOrders):
    """Agents who may take any item of a group, as long as they have room and are not too busy.

    Within a batch an agent's key only grows (less room, a later turn), he only loses room and
    becomes busy, or not to be disturbed. So a first entry that is up to date is the true first,
    and one who may not have the item can go for good. ``entries`` are in order and stay as they
    are, because groups of a queue share them; who got work since is judged again into a heap
    beside them.
    """

    __slots__ = ("_judge",)

    def __init__(self, entries: Sequence[Entry], judge: Judge) -> None:
        super().__init__(entries)
        self._judge = judge

    def first(self) -> Place | None:
        """The first agent who has room, None if nobody has."""
        return _place_of(self._first())

    def said(self, item: ItemFacts, place: Place) -> None:
        """A built-in method needs no words of its own."""

    def _next_entry(self) -> Entry | None:
        """The first that is up to date; those before it are judged again."""
        entries = self._entries
        while self._at < len(entries):
            entry = entries[self._at]
            place: Place = entry[-1]
            if place.seat.version == entry[-2]:
                return entry
            fresh = self._judge(place)
            if not isinstance(fresh, str):
                heappush(self._again, fresh)
            self._at += 1
        return None

    def _next_again(self) -> Entry | None:
        """The first of those judged again, once it is up to date."""
        heap = self._again
        while heap:
            place: Place = heap[0][-1]
            if place.seat.version == heap[0][-2]:
                return heap[0]
            fresh = self._judge(place)
            if isinstance(fresh, str):
                heappop(heap)
            else:
                heapreplace(heap, fresh)
        return None


class Spared:
    """The bench of all that needs the same, for one item that some declined or just had: who
    declined it comes last, who did so too often or is spared for a while does not come."""

    __slots__ = ("_bench", "_item", "_rules")

    def __init__(self, bench: TwoOrders, item: ItemFacts, rules: Rules) -> None:
        self._bench, self._item, self._rules = bench, item, rules

    def first(self) -> Place | None:
        """The first agent who has room and may have the item, None if there is nobody."""
        declined, cooling_down = self._item.declined, self._item.cooling_down
        passed: list[Entry] = []
        found: Entry | None = None
        while found is None and (entry := self._bench.pop()) is not None:
            passed.append(entry)
            agent_id = entry[-1].seat.id
            if not declined.get(agent_id) and agent_id not in cooling_down:
                found = entry
        for entry in passed:
            self._bench.put_back(entry)
        return _place_of(found or min(filter(self._may, passed), key=self._key, default=None))

    def said(self, item: ItemFacts, place: Place) -> None:
        """A built-in method needs no words of its own."""

    def _may(self, entry: Entry) -> bool:
        return has_not_declined_too_often(self._item, entry[-1].seat, self._rules)

    def _key(self, entry: Entry) -> tuple[int, Entry]:
        return self._item.declined.get(entry[-1].seat.id, 0), entry


def _place_of(entry: Entry | None) -> Place | None:
    place: Place | None = entry[-1] if entry else None
    return place
