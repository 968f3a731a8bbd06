"""What a batch works out for queues with a custom method, once for all items that are alike."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from routing.engine.assign.ladder import Ladder, Rung
from routing.engine.assign.ramp import Ramp, SparedRamp
from routing.engine.configuration import CompiledConfiguration
from routing.engine.eligible import (
    Rules,
    anyone_declined_too_often,
    has_not_declined_too_often,
    has_room,
    have_all_declined,
)
from routing.engine.facts import ItemFacts
from routing.engine.methods.items import bucket_name, bucket_of
from routing.engine.methods.plan import (
    BEFORE_BUCKET,
    JudgeByRules,
    Plan,
    could_ever_meet,
    look_at,
    name_of_failure,
    plan_for,
    standings_by_rules,
    types_of_skills,
    working_at,
)
from routing.engine.methods.rank import ReadPlace
from routing.engine.methods.shapes import CustomMethod
from routing.engine.presence import is_only_lost
from routing.engine.seats import Place, Seat
from routing.engine.skills import Scale
from routing.engine.staff import Staff

RoomKey = tuple[int | None, int, int, tuple[str, ...]]


class Custom:
    """The custom methods' part of a batch; ``changed`` lists who got work, in turn, ``changed_of``
    those of a queue."""

    def __init__(
        self, configuration: CompiledConfiguration, now: datetime, scales: dict[str, Scale]
    ) -> None:
        self.configuration, self.now, self.scales = configuration, now, scales
        self.changed: list[Seat] = []
        workstreams = configuration.workstreams.values()
        self._asks_who_changed = bool(configuration.methods) or not all(
            is_only_lost(each.allowed_presences) for each in workstreams
        )
        self.changed_of: defaultdict[int, list[Seat]] = defaultdict(list)
        self._is_working = working_at(configuration, now)
        self._types = types_of_skills(configuration)
        self._presents: dict[RoomKey, list[Place]] = {}
        self._reached: dict[tuple[Hashable, ...], list[Place]] = {}
        self._able: dict[tuple[Hashable, ...], list[Seat]] = {}
        self._ramps: dict[tuple[Hashable, ...], Ramp] = {}

    def note_change(self, seat: Seat) -> None:
        """The agent got work."""
        self.changed.append(seat)
        if self._asks_who_changed:
            for queue_id in seat.memberships:
                self.changed_of[queue_id].append(seat)

    def plan(self, method: CustomMethod, item: ItemFacts) -> Plan:
        """The method's plan for the item."""
        look = look_at(
            self.configuration, item, self.now, is_working=self._is_working, types=self._types
        )
        return plan_for(method, look)

    def relaxed(
        self, method: CustomMethod, plan: Plan, members: Collection[Place], rules: Rules
    ) -> Rules:
        """The workstream's rules, relaxed where everyone has declined the item."""
        item = plan.look.item
        if not anyone_declined_too_often(item, rules):
            return rules
        able = self._able_ever(method, plan, members, rules)
        return replace(rules, everyone_declined=have_all_declined(item, able, rules))

    def ladder(
        self, method: CustomMethod, item: ItemFacts, members: Collection[Place], rules: Rules
    ) -> Ladder:
        """The rules of the ruleset for the group this item speaks for."""
        plan = self.plan(method, item)
        rules = self.relaxed(method, plan, members, rules)
        judge = JudgeByRules(plan, rules, self.scales)
        makers = [
            partial(self._rung, judge, index, members, rules) for index in range(len(plan.steps))
        ]
        return Ladder(makers, Saying(method, judge, self.now))

    def ramp(self, method: CustomMethod, item: ItemFacts, staff: Staff, rules: Rules) -> Ramp:
        """The same where agents stand to the item as they did before the batch, or are new."""
        standings, judge = standings_by_rules(
            staff,
            method,
            item,
            version=self.configuration.number,
            judge=lambda item: JudgeByRules(self.plan(method, item), rules, self.scales),
        )
        queue_id = item.queue_id or 0
        places, changed = staff.places(queue_id), self.changed_of[queue_id]
        return Ramp(standings, places, changed, Saying(method, judge, self.now))

    def spared(
        self, method: CustomMethod, item: ItemFacts, staff: Staff, rules: Rules
    ) -> SparedRamp:
        """The same for what somebody declined or just had; all that needs the same shares it."""
        key = *_room_key(item), item.skills
        ramp = self._ramps.get(key)
        if ramp is None:
            ramp = self._ramps[key] = self.ramp(method, item, staff, rules)
        if anyone_declined_too_often(item, rules):
            members = staff.places(item.queue_id or 0).values()
            rules = self.relaxed(method, self.plan(method, item), members, rules)
        return SparedRamp(ramp, item, rules)

    def failures(
        self, method: CustomMethod, item: ItemFacts, members: Collection[Place], rules: Rules
    ) -> list[str | None]:
        """The first failed test of each member."""
        plan = self.plan(method, item)
        rules = self.relaxed(method, plan, members, rules)
        return [name_of_failure(plan, place.seat, rules) for place in members]

    def _rung(
        self, judge: JudgeByRules, index: int, members: Collection[Place], rules: Rules
    ) -> Rung:
        plan = judge.plan
        item, step = plan.look.item, plan.steps[index]
        places = self._reach(plan, index, members, rules)
        if item.declined or item.cooling_down:
            places = [p for p in places if has_not_declined_too_often(item, p.seat, rules)]
        return Rung(
            item,
            places,
            rules,
            test=step.when.rest(plan.look, None),
            key=judge.keys[index],
            changed=self.changed_of[item.queue_id or 0],
        )

    def _reach(
        self, plan: Plan, index: int, members: Collection[Place], rules: Rules
    ) -> list[Place]:
        """Members who meet what no item of the workstream and no turn of the batch changes, and
        have room yet: a batch only takes of it."""
        assert plan.ruleset is not None
        item = plan.look.item
        key = *_room_key(item), plan.ruleset.name, index
        if key not in self._reached:
            test = plan.steps[index].when.steady(plan.look, None)
            self._reached[key] = [
                place for place in self._present(item, members, rules) if test(place.seat)
            ]
        return self._reached[key]

    def _present(self, item: ItemFacts, members: Collection[Place], rules: Rules) -> list[Place]:
        key = _room_key(item)
        if key not in self._presents:
            self._presents[key] = [
                place
                for place in members
                if place.seat.is_enabled
                and place.seat.base_presence is not None
                and has_room(item, place.seat, rules)
            ]
        return self._presents[key]

    def _able_ever(
        self, method: CustomMethod, plan: Plan, members: Collection[Place], rules: Rules
    ) -> Iterable[Seat]:
        """Who could have it at another time; of a steady method asked once for all that needs the
        same."""
        seats = (place.seat for place in members)
        if not method.is_steady:
            return could_ever_meet(plan, seats, rules)
        item = plan.look.item
        key = *_room_key(item), item.skills
        if key not in self._able:
            self._able[key] = [*could_ever_meet(plan, seats, rules)]
        return self._able[key]


def _room_key(item: ItemFacts) -> RoomKey:
    return item.queue_id, item.workstream_id, item.capacity_units, item.capacity_profiles


class Saying:
    """By what agents were chosen: bucket, rule, and the numbers that ranked them."""

    __slots__ = ("_judge", "_method", "_now")

    def __init__(self, method: CustomMethod, judge: JudgeByRules, now: datetime) -> None:
        self._method, self._judge, self._now = method, judge, now

    def __call__(self, item: ItemFacts, place: Place, index: int) -> dict[str, Any]:
        """Of the agent, for the item, by the rule in that place."""
        return {name: read(place) for name, read in self._columns(item, index).items()}

    def table(
        self, item: ItemFacts, places: Sequence[Place], index: int
    ) -> dict[str, Sequence[Any]]:
        """The same of several agents, by name of what is said."""
        columns = self._columns(item, index).items()
        return {name: [read(place) for place in places] for name, read in columns}

    def _columns(self, item: ItemFacts, index: int) -> Mapping[str, ReadPlace]:
        method, found = self._method, self._judge.columns(index)
        if method.prioritization:
            bucket = bucket_name(method, bucket_of(method, item.fields, self._now))
            first = {name: found[name] for name in BEFORE_BUCKET}
            found = {**first, "bucket": lambda place: bucket, **found}
        if item.declined:
            declined = item.declined
            found = {**found, "declines": lambda place: declined.get(place.seat.id, 0)}
        return found
