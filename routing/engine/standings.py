"""How the members of a queue stand before any skill is asked for, and who of them has which."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, Final

from routing.engine.capacity import has_room_for, room
from routing.engine.eligible import Rules
from routing.engine.facts import ItemFacts, RequiredSkill
from routing.engine.rank import Method
from routing.engine.seats import Place
from routing.engine.skills import meets
from workstreams.terms import SkillMatching

# What the agent is ranked by, his id, the version of his seat, and his place.
Entry = tuple[Any, ...]
Judge = Callable[[Place], Entry | str]
# For so many sets of skills it is kept who has them, before all are forgotten.
MOST_SKILLS: Final = 32


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

    ``stale`` are members who may stand otherwise than is known here. Who was judged while a batch
    had given him something stands otherwise again when it gives him back. ``is_asked`` and
    ``batch`` are for whoever keeps these.
    """

    __slots__ = (
        "_in_batch",
        "_known",
        "_skilled",
        "batch",
        "counts",
        "failed",
        "is_asked",
        "judge",
        "passed",
        "stale",
    )

    def __init__(self, judge: Judge, places: Iterable[Place] = ()) -> None:
        self.judge = judge
        self.passed: list[Entry] = []
        self.failed: dict[int, tuple[Place, str]] = {}
        self.counts: Counter[str] = Counter()
        self.stale: set[int] = set()
        self.is_asked, self.batch = False, 0
        self._known: dict[int, Entry] = {}
        self._in_batch: set[int] = set()
        self._skilled: dict[tuple[RequiredSkill, ...], list[Entry]] = {}
        for place in places:
            self._take(place, self.passed.append)
        self.passed.sort()

    def with_skills(self, item: ItemFacts, rules: Rules) -> list[Entry]:
        """Those who passed and have every skill that the item asks for, where that is asked."""
        required = item.skills
        if rules.skill_matching is not SkillMatching.EXACT or not required:
            return self.passed
        found = self._skilled.get(required)
        if found is None:
            if len(self._skilled) >= MOST_SKILLS:
                self._skilled.clear()
            found = [entry for entry in self.passed if _has_skills(entry, required)]
            self._skilled[required] = found
        return found

    def entries_of(self, agent_ids: Iterable[int]) -> list[Entry]:
        """Those of these agents who passed, in no particular order."""
        known = self._known
        return [known[agent_id] for agent_id in agent_ids if agent_id in known]

    def learn(self, agent_id: int, place: Place | None) -> None:
        """How the agent stands now, if he is still a member."""
        entry = self._known.pop(agent_id, None)
        if entry is not None:
            _remove(self.passed, entry)
            for entries in self._skilled.values():
                _remove(entries, entry)
        elif agent_id in self.failed:
            _, name = self.failed.pop(agent_id)
            self.counts[name] -= 1
        if place is not None:
            self._take(place, self._put)

    def _put(self, entry: Entry) -> None:
        insort(self.passed, entry)
        for required, entries in self._skilled.items():
            if _has_skills(entry, required):
                insort(entries, entry)

    def give_back(self, agent_ids: Iterable[int]) -> None:
        """The agents are again as they were before the batch."""
        if self._in_batch:
            again = self._in_batch.intersection(agent_ids)
            self._in_batch -= again
            self.stale |= again

    def _take(self, place: Place, put: Callable[[Entry], None]) -> None:
        if place.seat.version:
            self._in_batch.add(place.seat.id)
        found = self.judge(place)
        if isinstance(found, str):
            self.failed[place.seat.id] = place, found
            self.counts[found] += 1
        else:
            self._known[place.seat.id] = found
            put(found)


def _has_skills(entry: Entry, required: tuple[RequiredSkill, ...]) -> bool:
    skills = entry[-1].seat.skills
    for each in required:  # noqa: SIM110  # a loop takes half the time of all()
        if not meets(skills, each):
            return False
    return True


def _remove(entries: list[Entry], entry: Entry) -> None:
    at = bisect_left(entries, entry)
    if at < len(entries) and entries[at] is entry:
        del entries[at]
