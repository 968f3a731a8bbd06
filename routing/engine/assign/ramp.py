"""The agents of one group by a custom method whose answers are known before: one order of all."""

from collections.abc import Callable, Mapping, Sequence
from heapq import heappop, heappush
from typing import Any

from routing.engine.assign.two_orders import TwoOrders
from routing.engine.eligible import Rules, has_not_declined_too_often
from routing.engine.facts import ItemFacts
from routing.engine.seats import Place, Seat
from routing.engine.standings import Entry, Standings


class Ramp(TwoOrders):
    """All rules of a ruleset as one order: who meets a stricter rule comes first. For methods
    whose answers are known before, and for a built-in one where work may bring agents in. The
    standings stay as they are, because groups of a queue share them; whoever of the queue got work
    in this batch is judged anew into a heap beside them.
    """

    __slots__ = ("_changed", "_judge", "_places", "_seen", "reached", "say")

    def __init__(
        self,
        standings: Standings,
        places: Mapping[int, Place],
        changed: Sequence[Seat],
        say: Callable[[ItemFacts, Place, int], dict[str, Any] | None],
    ) -> None:
        super().__init__(standings.passed)
        self._places, self._judge = places, standings.judge
        self._changed, self._seen = changed, 0
        self.reached, self.say = 0, say

    def first(self) -> Place | None:
        """The first agent of the first rule that anybody meets."""
        entry = self._first()
        if entry is None:
            return None
        self.reached = entry[0]
        place: Place = entry[-1]
        return place

    def said(self, item: ItemFacts, place: Place) -> dict[str, Any] | None:
        """By what the agent was chosen for the item."""
        return self.say(item, place, self.reached)

    def _judge_changed(self) -> None:
        for seat in dict.fromkeys(self._changed[self._seen :]):
            fresh = self._judge(self._places[seat.id])
            if not isinstance(fresh, str):
                heappush(self._again, fresh)
        self._seen = len(self._changed)

    def _next_entry(self) -> Entry | None:
        self._judge_changed()
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


class SparedRamp:
    """The ramp of all that needs the same, for one item: who declined it comes last of those who
    meet the same rule, who did so too often or is spared for a while does not come."""

    __slots__ = ("_item", "_ramp", "_reached", "_rules")

    def __init__(self, ramp: Ramp, item: ItemFacts, rules: Rules) -> None:
        self._ramp, self._item, self._rules = ramp, item, rules
        self._reached = 0

    def first(self) -> Place | None:
        """The first agent of the first rule that anybody meets."""
        passed: list[Entry] = []
        able: list[Entry] = []
        while (entry := self._ramp.pop()) is not None:
            passed.append(entry)
            if able and entry[0] > able[0][0]:
                break
            if has_not_declined_too_often(self._item, entry[-1].seat, self._rules):
                able.append(entry)
                if not self._declines(entry):
                    break
        for each in passed:
            self._ramp.put_back(each)
        # Of equals the first, as they came in order.
        found = min(able, key=self._declines, default=None)
        if found is None:
            return None
        self._reached = found[0]
        place: Place = found[-1]
        return place

    def said(self, item: ItemFacts, place: Place) -> dict[str, Any] | None:
        """By what the agent was chosen for the item."""
        return self._ramp.say(item, place, self._reached)

    def _declines(self, entry: Entry) -> int:
        return self._item.declined.get(entry[-1].seat.id, 0)


def _is_up_to_date(entry: Entry) -> bool:
    return bool(entry[-1].seat.version == entry[-2])
