"""The agents of one group by a custom method: rule after rule, each a heap kept up to date."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from typing import Any

from routing.engine.eligible import Rules, has_room
from routing.engine.facts import ItemFacts
from routing.engine.methods.condition import Bound
from routing.engine.methods.rank import KeyOf
from routing.engine.seats import Place, Seat


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
