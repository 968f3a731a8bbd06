"""How the members of a queue stand before any skill is asked for: ranked, or failing a test."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from routing.engine.capacity import has_room_for, room
from routing.engine.eligible import Rules
from routing.engine.facts import ItemFacts
from routing.engine.rank import Method
from routing.engine.seats import Place
from routing.engine.skills import meets
from workstreams.terms import SkillMatching

# What the agent is ranked by, his id, the version of his seat, and his place.
Entry = tuple[Any, ...]
Judge = Callable[[Place], Entry | str]


def judge_of(item: ItemFacts, rules: Rules, method: Method) -> Judge:
    """Asks about one place for all items that need the same room: an entry, or the failed test.

    Asked some ten thousand times a cycle, so what most agents and items lack is not asked of them.
    """
    queue_id, allowed, units = item.queue_id, rules.allowed_presences, item.capacity_units
    has_policy, needs_only_units = rules.has_capacity_policy, not item.capacity_profiles

    def judge(place: Place) -> Entry | str:
        seat = place.seat
        if queue_id not in seat.memberships:
            return "is_member"
        if not seat.is_enabled:
            return "is_enabled"
        if seat.base_presence not in allowed:
            return "presence_is_allowed"
        if not has_policy:
            return "has_room"
        if needs_only_units and not seat.profiles:
            limit = seat.units_limit
            if limit is None or (free := limit - seat.units_used) < units:
                return "has_room"
        elif has_room_for(seat, item):
            free = room(seat, item) or 0
        else:
            return "has_room"
        return *method(place, free), seat.id, seat.version, place

    return judge


class Standings:
    """The members of a queue as one judge sees them: ``passed`` in order, ``failed`` by id.

    ``stale`` are members who may stand otherwise than is known here.
    """

    __slots__ = ("_known", "counts", "failed", "judge", "passed", "stale")

    def __init__(self, judge: Judge, places: Iterable[Place] = ()) -> None:
        self.judge = judge
        self.passed: list[Entry] = []
        self.failed: dict[int, tuple[Place, str]] = {}
        self.counts: Counter[str] = Counter()
        self.stale: set[int] = set()
        self._known: dict[int, Entry] = {}
        for place in places:
            self._take(place, self.passed.append)
        self.passed.sort()

    def learn(self, agent_id: int, place: Place | None) -> None:
        """How the agent stands now, if he is still a member."""
        entry = self._known.pop(agent_id, None)
        if entry is not None:
            del self.passed[bisect_left(self.passed, entry)]
        elif agent_id in self.failed:
            _, name = self.failed.pop(agent_id)
            self.counts[name] -= 1
        if place is not None:
            self._take(place, lambda fresh: insort(self.passed, fresh))

    def _take(self, place: Place, put: Callable[[Entry], None]) -> None:
        found = self.judge(place)
        if isinstance(found, str):
            self.failed[place.seat.id] = place, found
            self.counts[found] += 1
        else:
            self._known[place.seat.id] = found
            put(found)


def with_skills(entries: Iterable[Entry], item: ItemFacts, rules: Rules) -> list[Entry]:
    """Those of them who have every skill that the item asks for, where that is asked."""
    found = list(entries)
    if rules.skill_matching is SkillMatching.EXACT:
        for required in item.skills:
            skill = required.skill
            found = [entry for entry in found if skill in entry[-1].seat.skills]
            if required.rating is not None:
                found = [entry for entry in found if meets(entry[-1].seat.skills, required)]
    return found
