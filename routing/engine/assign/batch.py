"""What one batch works on: the seats and the places in queues, and whom a group may go to."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from routing.engine.assign.bench import Bench, Spared
from routing.engine.assign.custom import Custom
from routing.engine.assign.ladder import Ladder
from routing.engine.assign.ramp import Ramp, SparedRamp
from routing.engine.assign.sorts import asked_skills, skill_fit
from routing.engine.capacity import room
from routing.engine.configuration import CompiledConfiguration
from routing.engine.decisions import Numbers, Proposal
from routing.engine.eligible import (
    Rules,
    anyone_declined_too_often,
    could_ever_have,
    has_every_skill,
    has_room,
    have_all_declined,
    name_of_failed_test,
    rules_of,
)
from routing.engine.excess import excess_of
from routing.engine.facts import ItemFacts, RequiredSkill
from routing.engine.methods.shapes import CustomMethod
from routing.engine.preferred import waits_for_them, wishes
from routing.engine.presence import is_only_lost
from routing.engine.rank import Method, method_named, numbers, ranking_of_need
from routing.engine.same_day import counted_already
from routing.engine.seats import Place, Seat, microseconds
from routing.engine.skills import scales
from routing.engine.staff import Staff, standings_of
from routing.engine.standings import Entry, Standings, judge_of
from routing.terms import How
from workstreams.terms import MethodKind, SkillMatching

RoomKey = tuple[int | None, int, int, tuple[str, ...]]
NeedKey = tuple[int | None, int, int, tuple[str, ...], tuple[RequiredSkill, ...]]
# By whatever the agents of a group are chosen.
Chosen = Bench | Spared | Ladder | Ramp | SparedRamp


class Batch:
    """The working state of one decision."""

    def __init__(
        self,
        configuration: CompiledConfiguration,
        staff: Staff,
        *,
        now: datetime,
        maximum_declines: int,
    ) -> None:
        self.configuration, self._now = configuration, now
        self.turn = self._began = microseconds(now)
        self.staff = staff
        self._places: dict[int, Collection[Place]] = {}
        self.scales = scales(configuration)
        self.custom = Custom(configuration, now, self.scales)
        self.rules = {
            id: rules_of(workstream, maximum_declines=maximum_declines)
            for id, workstream in configuration.workstreams.items()
        }
        self._presents: dict[RoomKey, list[Place]] = {}
        self._reached: dict[NeedKey, list[Place]] = {}
        self._able: dict[NeedKey, list[Seat]] = {}
        self._benches: dict[NeedKey, Bench | Ramp] = {}
        self._wishes: dict[int, list[Numbers]] = {}
        self._standings_of_busy: dict[NeedKey, Standings] = {}
        self._fits: dict[NeedKey, dict[int, float]] = {}

    def rules_for(self, item: ItemFacts) -> Rules:
        """The workstream's rules, relaxed where everyone has declined the item."""
        rules = self.rules[item.workstream_id]
        if not anyone_declined_too_often(item, rules):
            return rules
        able = self._able_ever(item, rules)
        return replace(rules, everyone_declined=have_all_declined(item, able, rules))

    def seat(self, agent_id: int) -> Seat | None:
        """The agent as the batch sees him, if he is known."""
        return self.staff.seat(agent_id)

    def members(self, item: ItemFacts) -> Collection[Place]:
        """The places in the item's queue; looked for when the batch first looks there."""
        queue_id = item.queue_id or 0
        places = self._places.get(queue_id)
        if places is None:
            places = self._places[queue_id] = self.staff.places(queue_id).values()
        return places

    def give_back(self) -> None:
        """Leave the seats as they were found."""
        self.staff.give_back({seat.id for seat in self.custom.changed})

    def custom_method(self, item: ItemFacts) -> CustomMethod | None:
        """The queue's own rules, where it has such."""
        method = self.configuration.method_of(item.queue_id)
        return method if method is not None and method.kind is MethodKind.RULES else None

    def bench(self, item: ItemFacts) -> Chosen:
        """The ranked agents for the group this item speaks for."""
        method = self.custom_method(item)
        if method is not None:
            rules = self.rules[item.workstream_id]
            if not method.is_steady:
                return self.custom.ladder(method, item, self.members(item), rules)
            if item.declined or item.cooling_down:
                return self.custom.spared(method, item, self.staff, rules)
            return self.custom.ramp(method, item, self.staff, rules)
        rules = self.rules[item.workstream_id]
        if not item.declined and not item.cooling_down:
            return self._bench_of_need(item, rules)
        return Spared(self._shared_bench(item, rules), item, self.rules_for(item))

    def _bench_of_need(self, item: ItemFacts, rules: Rules) -> Bench | Ramp:
        built_in = self._built_in(item)
        ranked = ranking_of_need(item, rules, built_in, self.scales)
        if not is_only_lost(rules.allowed_presences):
            return self._bench_of_busy(item, rules, ranked)
        if ranked is built_in:
            standings = standings_of(self.staff, item, rules, ranked)
            return Bench(standings.with_skills(item, rules), standings.judge)
        standings = Standings(judge_of(item, rules, ranked), self.reach(item, rules))
        return Bench(standings.passed, standings.judge)

    def _bench_of_busy(self, item: ItemFacts, rules: Rules, ranked: Method) -> Ramp:
        """The same where work of the batch may bring agents in, because it makes them busy: who
        got some is judged anew."""
        plain, queue_id = judge_of(item, rules, ranked), item.queue_id or 0

        def judge(place: Place) -> Entry | str:
            return plain(place) if has_every_skill(item, place.seat, rules) else "has_every_skill"

        key = *_room_key(item), item.skills
        standings = self._standings_of_busy.get(key)
        if standings is None:
            standings = self._standings_of_busy[key] = Standings(judge, self.members(item))
        places, changed = self.staff.places(queue_id), self.custom.changed_of[queue_id]
        return Ramp(standings, places, changed, lambda item, place, reached: None)

    def _shared_bench(self, item: ItemFacts, rules: Rules) -> Bench | Ramp:
        """The same, once for all that needs it and that somebody declined."""
        key = *_room_key(item), item.skills
        if key not in self._benches:
            self._benches[key] = self._bench_of_need(item, rules)
        return self._benches[key]

    def _built_in(self, item: ItemFacts) -> Method:
        return method_named(self.configuration.queues[item.queue_id or 0].assignment_method)

    def wishes(self, item: ItemFacts) -> list[Numbers]:
        """What became of the item's preferred agents when that was last looked at."""
        if not item.preferred:
            return []
        if item.id not in self._wishes:
            self._wishes[item.id] = wishes(
                item,
                self._preferred(item),
                self.rules[item.workstream_id],
                waits=waits_for_them(self.configuration, item),
            )
        return self._wishes[item.id]

    def wishes_now(self, item: ItemFacts) -> list[Numbers]:
        """The same, looked at anew: what the batch gave them may change their presence."""
        self._wishes.pop(item.id, None)
        return self.wishes(item)

    def failures(self, item: ItemFacts) -> list[str | None]:
        """The first test that each member of the item's queue fails."""
        members, method = self.members(item), self.custom_method(item)
        if method is not None:
            return self.custom.failures(method, item, members, self.rules[item.workstream_id])
        rules = self.rules_for(item)
        return [name_of_failed_test(item, place.seat, rules) for place in members]

    def propose(
        self,
        item: ItemFacts,
        place: Place,
        how: How,
        said: Numbers | None = None,
        *,
        keeps_presence: bool = True,
    ) -> Proposal:
        """Give the item to the agent, and let his load and turn show it.

        ``said`` are the numbers of a custom method; with ``keeps_presence`` the presence that its
        rules saw is what has to hold.
        """
        seat = place.seat
        self.turn = max(self.turn, place.last_assigned) + 1
        counted = counted_already(self.configuration, item, seat.id, how, self._now)
        held = item.capacity_profiles
        if counted:
            held = tuple(name for name in held if name not in counted)
        proposal = Proposal(
            item_id=item.id,
            agent_id=seat.id,
            queue_id=item.queue_id or 0,
            requirement_key=item.requirement_key,
            units=item.capacity_units,
            profiles=held,
            how=how,
            numbers=self._numbers(item, place) if said is None else said,
            presence=seat.base_presence if said and keeps_presence else None,
            # What goes back to its agent was offered to no preferred one.
            wishes=() if how is How.AFFINITY else tuple(self.wishes(item)),
            turn=self.turn - self._began - 1,
            excess=excess_of(seat, item, counted) if how is not How.PUSH else (),
            counted=tuple(counted),
        )
        seat.hold(item.capacity_units, held)
        place.last_assigned = self.turn
        self.custom.note_change(seat)
        return proposal

    def _numbers(self, item: ItemFacts, place: Place) -> Numbers:
        rules = self.rules[item.workstream_id]
        return numbers(place, room(place.seat, item), item, rules, self.scales)

    def _preferred(self, item: ItemFacts) -> dict[int, Seat]:
        found = ((id, self.seat(id)) for id, _ in item.preferred)
        return {id: seat for id, seat in found if seat is not None}

    def reach(self, item: ItemFacts, rules: Rules) -> list[Place]:
        """Who passes the tests whose answer nothing in the batch can change, and has room yet:
        a batch only takes of it."""
        key = _need_of(item, rules)
        if key not in self._reached:
            present = self._present(item, rules)
            self._reached[key] = [p for p in present if has_every_skill(item, p.seat, rules)]
        return self._reached[key]

    def fits(self, item: ItemFacts) -> dict[int, float]:
        """How well those within reach fit what the item asks for, by id: once for all that asks
        for the same."""
        key = *_room_key(item), item.skills
        if key not in self._fits:
            rules = self.rules[item.workstream_id]
            asked, places = asked_skills(item, rules), self.reach(item, rules)
            self._fits[key] = {p.seat.id: skill_fit(p, asked, self.scales) for p in places}
        return self._fits[key]

    def _present(self, item: ItemFacts, rules: Rules) -> list[Place]:
        key = _room_key(item)
        if key not in self._presents:
            allowed = rules.allowed_presences
            may_come = not is_only_lost(allowed)
            self._presents[key] = [
                place
                for place in self.members(item)
                if place.seat.is_enabled
                and (may_come or place.seat.base_presence in allowed)
                and has_room(item, place.seat, rules)
            ]
        return self._presents[key]

    def _able_ever(self, item: ItemFacts, rules: Rules) -> list[Seat]:
        """Who could have it at another time: asked once for all that needs the same."""
        key = _need_of(item, rules)
        if key not in self._able:
            seats = (place.seat for place in self.members(item))
            self._able[key] = [*could_ever_have(item, seats, rules)]
        return self._able[key]


def _need_of(item: ItemFacts, rules: Rules) -> NeedKey:
    """What agents are told apart by for the item, as far as it asks."""
    skills = item.skills if rules.skill_matching is SkillMatching.EXACT else ()
    return *_room_key(item), skills


def _room_key(item: ItemFacts) -> RoomKey:
    return item.queue_id, item.workstream_id, item.capacity_units, item.capacity_profiles
