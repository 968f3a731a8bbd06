"""Who may take the items of one group in a best overall match: how often, and how well he fits."""

from collections.abc import Hashable, Sequence
from copy import copy
from typing import TYPE_CHECKING, Final

from routing.engine.eligible import (
    Rules,
    has_not_declined_too_often,
    has_room,
    presence_is_allowed,
)
from routing.engine.facts import ItemFacts, RequiredSkill
from routing.engine.seats import Place, Seat
from routing.engine.skills import Scale, closeness
from workstreams.terms import SkillMatching

if TYPE_CHECKING:
    from routing.engine.assign.batch import Batch

# Nobody's rounds are foreseen further: who has ten items is not to be disturbed.
MOST_ROUNDS: Final = 10

# An agent's round, from 0 on, and his place.
Chance = tuple[int, Place]
# In how many rounds an agent may have work of workstreams that ask for the same.
Foreseen = dict[tuple[Hashable, ...], int]


class Sort:
    """The agents who may take the items of one group, with how well each fits."""

    def __init__(self, batch: "Batch", item: ItemFacts) -> None:
        self.item = item
        self.rules = batch.rules_for(item)
        self.places = self._left(batch)
        self.fits = batch.fits(item)

    def _left(self, batch: "Batch") -> Sequence[Place]:
        """Those whom the item's own declines and cool-downs leave: nobody else is asked."""
        item, places = self.item, batch.reach(self.item, self.rules)
        seats = (batch.seat(id) for id in {*item.declined, *item.cooling_down})
        barred = {
            seat.id
            for seat in seats
            if seat is not None and not has_not_declined_too_often(item, seat, self.rules)
        }
        return [place for place in places if place.seat.id not in barred] if barred else places

    def declines(self, place: Place) -> int:
        """How often the agent declined the item: who did so less often goes before him."""
        return self.item.declined.get(place.seat.id, 0)

    def chances(self, foreseen: Foreseen | None, most: int) -> list[Chance]:
        """Those who have room now, and whom work has not made too busy; each as often as that is
        foreseen, of items that all need the same. No round begins after so many as are needed."""
        if foreseen is None:
            return [(0, place) for place in self.places if self._is_free(place.seat)]
        rounds = [(self._foreseen(place.seat, foreseen), place) for place in self.places]
        found: list[Chance] = []
        for number in range(MOST_ROUNDS):
            if len(found) >= most:
                break
            found += [(number, place) for count, place in rounds if number < count]
        return found

    def _foreseen(self, seat: Seat, foreseen: Foreseen) -> int:
        key = seat.id, self.rules.allowed_presences, self.rules.has_capacity_policy
        if key not in foreseen:
            foreseen[key] = self._rounds(seat)
        return foreseen[key]

    def _rounds(self, seat: Seat) -> int:
        seat = copy(seat)
        for number in range(MOST_ROUNDS):
            if not self._is_free(seat):
                return number
            seat.hold(self.item.capacity_units, self.item.capacity_profiles)
        return MOST_ROUNDS

    def _is_free(self, seat: Seat) -> bool:
        item, rules = self.item, self.rules
        return has_room(item, seat, rules) and presence_is_allowed(item, seat, rules)


def asked_skills(item: ItemFacts, rules: Rules) -> tuple[RequiredSkill, ...]:
    """What weighs of the skills that the item requires; a workstream may ignore them (A 11)."""
    return () if rules.skill_matching is SkillMatching.NONE else item.skills


def skill_fit(place: Place, asked: tuple[RequiredSkill, ...], scales: dict[str, Scale]) -> float:
    """1 where the agent has just what is asked, less by each step beside it; 1 where nothing is."""
    if not asked:
        return 1.0
    _, _, distance, _ = closeness(place.seat, asked, scales)
    return max(0.0, 1.0 - distance / len(asked))
