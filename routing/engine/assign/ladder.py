"""The agents of one group by a custom method: rule after rule, each a heap kept up to date."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import Any

from routing.engine.eligible import Rules, has_room
from routing.engine.facts import ItemFacts
from routing.engine.methods.condition import Bound
from routing.engine.methods.rank import KeyOf
from routing.engine.seats import Place, Seat
from routing.engine.standings import Entry, Standings


class Rung:
    """Agents who meet one rule, as long as they do.

    A rule may ask for little room or prefer it, so a later turn may let an agent in, or bring him
    forward: whoever got work since is looked at anew.
    """

    __slots__ = ("changed", "heap", "item", "key", "places", "rules", "seen", "test")

    def __init__(
        self,
        item: ItemFacts,
        places: Iterable[Place],
        rules: Rules,
        *,
        test: Bound,
        key: KeyOf,
        changed: Sequence[Seat],
    ) -> None:
        self.item, self.rules, self.test, self.key = item, rules, test, key
        self.places = {place.seat.id: place for place in places}
        self.changed, self.seen = changed, len(changed)
        self.heap: list[tuple[Any, ...]] = []
        for place in self.places.values():
            if self._fits(place.seat):
                self.heap.append(self._entry(place))
        heapify(self.heap)

    def first(self) -> Place | None:
        """The first agent, None if nobody meets the rule now."""
        for seat in dict.fromkeys(self.changed[self.seen :]):
            place = self.places.get(seat.id)
            if place is not None and self._fits(seat):
                heappush(self.heap, self._entry(place))
        self.seen = len(self.changed)
        while self.heap:
            *_, version, place = self.heap[0]
            if place.seat.version == version:
                found: Place = place
                return found
            heappop(self.heap)
        return None

    def _fits(self, seat: Seat) -> bool:
        return has_room(self.item, seat, self.rules) and self.test(seat)

    def _entry(self, place: Place) -> tuple[Any, ...]:
        seat = place.seat
        return self.key(place), seat.id, seat.version, place


class Ladder:
    """The rules of a ruleset from strict to general; a rung is made when it is first reached.
    ``reached`` is the rule whose agent was found last."""

    __slots__ = ("_makers", "_rungs", "reached", "say")

    def __init__(
        self,
        makers: Sequence[Callable[[], Rung]],
        say: Callable[[ItemFacts, Place, int], dict[str, Any]],
    ) -> None:
        self._makers = makers
        self._rungs: list[Rung] = []
        self.reached = 0
        self.say = say

    def first(self) -> Place | None:
        """The first agent of the first rule that anybody meets."""
        for index, rung in enumerate(self._climb()):
            place = rung.first()
            if place is not None:
                self.reached = index
                return place
        return None

    def said(self, item: ItemFacts, place: Place) -> dict[str, Any]:
        """By what the agent was chosen for the item."""
        return self.say(item, place, self.reached)

    def _climb(self) -> Iterator[Rung]:
        yield from self._rungs
        for maker in self._makers[len(self._rungs) :]:
            self._rungs.append(maker())
            yield self._rungs[-1]


class Ramp:
    """All rules of a ruleset as one order: who meets a stricter rule comes first. For methods
    whose answers are known before. The standings stay as they are, because groups of a queue share
    them; whoever of the queue got work in this batch is judged anew into a heap beside them.
    """

    __slots__ = (
        "_again",
        "_at",
        "_changed",
        "_entries",
        "_judge",
        "_places",
        "_seen",
        "reached",
        "say",
    )

    def __init__(
        self,
        standings: Standings,
        places: Mapping[int, Place],
        changed: Sequence[Seat],
        say: Callable[[ItemFacts, Place, int], dict[str, Any]],
    ) -> None:
        self._places, self._judge = places, standings.judge
        self._entries, self._at = standings.passed, 0
        self._again: list[Entry] = []
        self._changed, self._seen = changed, 0
        self.reached, self.say = 0, say

    def first(self) -> Place | None:
        """The first agent of the first rule that anybody meets."""
        for seat in dict.fromkeys(self._changed[self._seen :]):
            fresh = self._judge(self._places[seat.id])
            if not isinstance(fresh, str):
                heappush(self._again, fresh)
        self._seen = len(self._changed)
        entry, again = self._next_entry(), self._next_again()
        if entry is None or (again is not None and again < entry):
            entry = again
        if entry is None:
            return None
        self.reached = entry[0]
        place: Place = entry[-1]
        return place

    def said(self, item: ItemFacts, place: Place) -> dict[str, Any]:
        """By what the agent was chosen for the item."""
        return self.say(item, place, self.reached)

    def _next_entry(self) -> Entry | None:
        entries = self._entries
        while self._at < len(entries):
            entry = entries[self._at]
            if _is_up_to_date(entry):
                return entry
            self._at += 1
        return None

    def _next_again(self) -> Entry | None:
        again = self._again
        while again:
            if _is_up_to_date(again[0]):
                return again[0]
            heappop(again)
        return None


def _is_up_to_date(entry: Entry) -> bool:
    return bool(entry[-1].seat.version == entry[-2])
