"""Who was looked at for the groups of a batch: what groups of a queue share is worked out once."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from routing.engine.capacity import room
from routing.engine.configuration import CompiledConfiguration
from routing.engine.decisions import Failure, Numbers
from routing.engine.eligible import (
    TESTS,
    Rules,
    everyone_declined,
    has_room,
    rules_of,
)
from routing.engine.explain.custom import Looked, looked_at_by_match, looked_at_by_rules
from routing.engine.explain.obstacles import ELIGIBLE
from routing.engine.facts import AgentFacts, ItemFacts, Membership
from routing.engine.rank import Method, method_named, numbers, ranking
from routing.engine.seats import Place, Seat
from routing.engine.skills import scales
from workstreams.terms import MethodKind

Document = dict[str, Any]

ALL_BY_NAME: Final = 50
FIRST_ELIGIBLE: Final = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Tested:
    """A queue's members by the tests that ask for no skill: ``passed`` in the order they would be
    chosen, the others with what they fail."""

    passed: Sequence[Place]
    failed: Sequence[tuple[Place, str]]
    counts: Counter[str]


class Looks:
    """Makes the documents of one batch, by one configuration."""

    def __init__(
        self,
        configuration: CompiledConfiguration,
        *,
        now: datetime,
        maximum_declines: int | None = None,
    ) -> None:
        self.configuration, self.now = configuration, now
        self.scales = scales(configuration)
        self._maximum_declines = maximum_declines or configuration.service.maximum_declines
        self._tested: dict[tuple[Any, ...], Tested] = {}
        self._rules: dict[int, Rules] = {}

    def document(
        self,
        item: ItemFacts,
        agents: Collection[AgentFacts],
        places: Collection[Place] | None = None,
    ) -> Document:
        """The members of the item's queue: up to fifty by name, of more the first ten eligible.

        It may be longer than a decision may be. ``places`` are those of the agents, as they were
        before the batch, where somebody has them.
        """
        looked = self._look(item, agents, places)
        is_small = len(agents) <= ALL_BY_NAME
        shown = looked.eligible if is_small else looked.eligible[:FIRST_ELIGIBLE]
        listed = [_eligible(name, said, rank) for rank, (name, said) in enumerate(shown, start=1)]
        if is_small:
            listed += [_failed(name, why) for name, why in sorted(looked.failed, key=_by_name)]
        return {
            "method": self.configuration.queues[item.queue_id or 0].assignment_method,
            **looked.head,
            "members": len(agents),
            "counts": {ELIGIBLE: looked.eligible_count, **looked.counts},
            "agents_considered": listed,
        }

    def _look(
        self, item: ItemFacts, agents: Collection[AgentFacts], places: Collection[Place] | None
    ) -> Looked:
        configuration, rules = self.configuration, self._rules_for(item)
        method = configuration.method_of(item.queue_id)
        if method is None:
            known = _places(item, agents) if places is None else places
            return self._look_by_built_in(item, known, rules)
        if method.kind is MethodKind.BEST_MATCH:
            return looked_at_by_match(configuration, method, item, list(agents), rules)
        return looked_at_by_rules(configuration, method, item, list(agents), rules, now=self.now)

    def _rules_for(self, item: ItemFacts) -> Rules:
        rules = self._rules.get(item.workstream_id)
        if rules is None:
            workstream = self.configuration.workstreams[item.workstream_id]
            rules = rules_of(workstream, maximum_declines=self._maximum_declines)
            self._rules[item.workstream_id] = rules
        return rules

    def _look_by_built_in(self, item: ItemFacts, places: Collection[Place], rules: Rules) -> Looked:
        if item.declined and everyone_declined(item, [each.seat for each in places], rules):
            rules = replace(rules, everyone_declined=True)
        tested = self._test(item, places, rules)
        eligible: Sequence[Place] = tested.passed
        late: list[tuple[Place, str]] = []
        if item.skills:
            eligible = _split(eligible, item, rules, "has_every_skill", late)
        if item.declined or item.cooling_down:
            eligible = _split(eligible, item, rules, "has_not_declined_too_often", late)
        counts = tested.counts + Counter(name for _, name in late)
        is_small = len(places) <= ALL_BY_NAME
        named = [*tested.failed, *late] if is_small else ()
        shown = eligible if is_small else eligible[:FIRST_ELIGIBLE]
        return Looked(
            eligible=[(each.seat.username, self._numbers(each, item, rules)) for each in shown],
            eligible_count=len(eligible),
            failed=[
                (each.seat.username, _failure(name, item, each, rules)) for each, name in named
            ],
            counts=counts,
            head={},
        )

    def _test(self, item: ItemFacts, places: Collection[Place], rules: Rules) -> Tested:
        queue = self.configuration.queues[item.queue_id or 0]
        built_in = method_named(queue.assignment_method)
        ranked = ranking(item, rules, built_in, self.scales)
        if ranked is not built_in:
            return _tested(item, places, rules, ranked)
        key = item.queue_id, item.workstream_id, item.capacity_units, item.capacity_profiles
        found = self._tested.get(key)
        if found is None:
            found = self._tested[key] = _tested(item, places, rules, ranked)
        return found

    def _numbers(self, place: Place, item: ItemFacts, rules: Rules) -> Numbers:
        return numbers(place, room(place.seat, item), item, rules, self.scales)


def _places(item: ItemFacts, agents: Iterable[AgentFacts]) -> list[Place]:
    queue_id = item.queue_id or 0
    return [Place(Seat(each), each.memberships.get(queue_id) or Membership()) for each in agents]


def _tested(item: ItemFacts, places: Iterable[Place], rules: Rules, ranked: Method) -> Tested:
    passed: list[tuple[Any, ...]] = []
    failed: list[tuple[Place, str]] = []
    queue_id, allowed = item.queue_id, rules.allowed_presences
    for place in places:
        seat = place.seat
        if queue_id not in seat.memberships:
            failed.append((place, "is_member"))
        elif not seat.is_enabled:
            failed.append((place, "is_enabled"))
        elif seat.base_presence not in allowed:
            failed.append((place, "presence_is_allowed"))
        elif not has_room(item, seat, rules):
            failed.append((place, "has_room"))
        else:
            passed.append((*ranked(place, room(seat, item) or 0), seat.id, place))
    passed.sort()
    return Tested(
        passed=[entry[-1] for entry in passed],
        failed=failed,
        counts=Counter(name for _, name in failed),
    )


def _split(
    places: Iterable[Place],
    item: ItemFacts,
    rules: Rules,
    name: str,
    failed: list[tuple[Place, str]],
) -> list[Place]:
    """Those who pass the test; the others are added to the failed."""
    test, passed = TESTS[name][0], []
    for place in places:
        if test(item, place.seat, rules):
            passed.append(place)
        else:
            failed.append((place, name))
    return passed


def _failure(name: str, item: ItemFacts, place: Place, rules: Rules) -> Failure:
    return Failure(test=name, numbers=TESTS[name][1](item, place.seat, rules))


def _by_name(failed: tuple[str, Failure]) -> str:
    return failed[0]


def _eligible(username: str, said: Numbers, rank: int) -> Document:
    return {
        "agent": username,
        "eligible": True,
        "failed_test": None,
        "numbers": dict(said),
        "rank": rank,
    }


def _failed(username: str, failure: Failure) -> Document:
    return {
        "agent": username,
        "eligible": False,
        "failed_test": failure.test,
        "numbers": dict(failure.numbers),
        "rank": None,
    }
