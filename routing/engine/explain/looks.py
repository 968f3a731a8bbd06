"""Who was looked at for the groups of a batch: what groups of a queue share is worked out once."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from routing.engine.capacity import room
from routing.engine.configuration import CompiledConfiguration
from routing.engine.decisions import Failure, Numbers
from routing.engine.eligible import (
    TESTS,
    Rules,
    everyone_declined,
    has_every_skill,
    has_not_declined_too_often,
    rules_of,
)
from routing.engine.explain.custom import Looked, looked_at_by_match, looked_at_by_rules
from routing.engine.explain.pack import by_column, packed, rows_of, table_of
from routing.engine.explain.words import ELIGIBLE
from routing.engine.facts import AgentFacts, ItemFacts, Membership
from routing.engine.methods.plan import (
    JudgeByRules,
    Plan,
    has_everyone_declined,
    look_at,
    plan_for,
    standings_by_rules,
    types_of_skills,
    working_at,
)
from routing.engine.methods.shapes import CustomMethod
from routing.engine.rank import method_named, numbers, ranking, says_the_same_of_all
from routing.engine.seats import Place, Seat
from routing.engine.skills import scales
from routing.engine.staff import Staff, standings_of
from routing.engine.standings import Standings, judge_of
from workstreams.terms import MethodKind

Document = dict[str, Any]

ALL_BY_NAME: Final = 50
FIRST_ELIGIBLE: Final = 10


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
        self._working = working_at(configuration, now)
        self._types = types_of_skills(configuration)
        self._maximum_declines = maximum_declines or configuration.service.maximum_declines
        self._rules: dict[int, Rules] = {}

    def document(
        self,
        item: ItemFacts,
        agents: Collection[AgentFacts],
        staff: Staff | None = None,
    ) -> Document:
        """The members of the item's queue: up to fifty by name, of more the first ten eligible.

        It may be longer than a decision may be. ``staff`` knows the agents as they were before
        the batch, where there was one, and how they stand.
        """
        looked = self._look(item, agents, staff)
        listed = _listed(looked)
        if _most_shown(agents) is None:
            listed += [_failed(name, why) for name, why in sorted(looked.failed, key=_by_name)]
        return self._told(item, len(agents), looked, listed)

    def packed_of_many(
        self, item: ItemFacts, agents: Collection[AgentFacts], staff: Staff
    ) -> Mapping[str, Any] | None:
        """The same of more than fifty, by column as it is kept: those who are listed are all
        eligible, so they are told of in the same terms. None of fewer."""
        if _most_shown(agents) is None:
            return None
        looked = self._look(item, agents, staff)
        names = looked.eligible
        if not names:
            return self._told(item, len(agents), looked, [])
        if len(names) == 1:
            return packed(self._told(item, len(agents), looked, _listed(looked)))
        every = {"eligible": True, "failed_test": None}
        each = {"agent": names, "rank": [*range(1, len(names) + 1)]}
        listed = by_column(len(names), every, each, looked.numbers)
        return self._told(item, len(agents), looked, listed)

    def _told(self, item: ItemFacts, members: int, looked: Looked, listed: object) -> Document:
        return {
            "method": self.configuration.queues[item.queue_id or 0].assignment_method,
            **looked.head,
            "members": members,
            "counts": {ELIGIBLE: looked.eligible_count, **looked.counts},
            "agents_considered": listed,
        }

    def _look(self, item: ItemFacts, agents: Collection[AgentFacts], staff: Staff | None) -> Looked:
        configuration, rules = self.configuration, self._rules_for(item)
        method = configuration.method_of(item.queue_id)
        if method is None:
            return self._look_by_built_in(item, agents, rules, staff)
        if method.kind is MethodKind.BEST_MATCH:
            return looked_at_by_match(
                configuration, method, item, list(agents), rules, most_shown=_most_shown(agents)
            )
        return self._look_by_rules(method, item, agents, rules, staff)

    def _look_by_rules(
        self,
        method: CustomMethod,
        item: ItemFacts,
        agents: Collection[AgentFacts],
        rules: Rules,
        staff: Staff | None,
    ) -> Looked:
        if staff is None or not method.is_steady or item.declined or item.cooling_down:
            plan = self._plan(method, item)
            if item.declined and has_everyone_declined(plan, agents, rules):
                rules = replace(rules, everyone_declined=True)
            judge = JudgeByRules(plan, rules, self.scales)
            standings = Standings(judge, _places(item, agents, staff))
        else:
            standings, judge = standings_by_rules(
                staff,
                method,
                item,
                version=self.configuration.number,
                judge=lambda item: JudgeByRules(self._plan(method, item), rules, self.scales),
            )
        return looked_at_by_rules(
            method,
            item,
            standings,
            judge,
            rules,
            now=self.now,
            most_shown=_most_shown(agents),
        )

    def _plan(self, method: CustomMethod, item: ItemFacts) -> Plan:
        look = look_at(
            self.configuration, item, self.now, is_working=self._working, types=self._types
        )
        return plan_for(method, look)

    def _rules_for(self, item: ItemFacts) -> Rules:
        rules = self._rules.get(item.workstream_id)
        if rules is None:
            workstream = self.configuration.workstreams[item.workstream_id]
            rules = rules_of(workstream, maximum_declines=self._maximum_declines)
            self._rules[item.workstream_id] = rules
        return rules

    def _look_by_built_in(
        self,
        item: ItemFacts,
        agents: Collection[AgentFacts],
        rules: Rules,
        staff: Staff | None,
    ) -> Looked:
        if item.declined and everyone_declined(item, agents, rules):
            rules = replace(rules, everyone_declined=True)
        standings = self._standings(item, agents, rules, staff)
        eligible = standings.with_skills(item, rules)
        counts = {name: count for name, count in standings.counts.items() if count}
        if lacking := len(standings.passed) - len(eligible):
            counts["has_every_skill"] = lacking
        if item.declined or item.cooling_down:
            able = [e for e in eligible if has_not_declined_too_often(item, e[-1].seat, rules)]
            if declined := len(eligible) - len(able):
                counts["has_not_declined_too_often"] = declined
            eligible = able
        most_shown = _most_shown(agents)
        places: list[Place] = [entry[-1] for entry in eligible[:most_shown]]
        if says_the_same_of_all(item, rules):
            rows = [each.said or self._numbers_of_all(each, item, rules) for each in places]
        else:
            rows = [self._numbers(each, item, rules) for each in places]
        return Looked(
            eligible=[each.seat.username for each in places],
            numbers=table_of(rows),
            eligible_count=len(eligible),
            failed=() if most_shown else _failed_ones(standings, item, rules),
            counts=counts,
            head={},
        )

    def _standings(
        self,
        item: ItemFacts,
        agents: Collection[AgentFacts],
        rules: Rules,
        staff: Staff | None,
    ) -> Standings:
        queue = self.configuration.queues[item.queue_id or 0]
        built_in = method_named(queue.assignment_method)
        ranked = ranking(item, rules, built_in, self.scales)
        if staff is not None and ranked is built_in:
            return standings_of(staff, item, rules, ranked)
        return Standings(judge_of(item, rules, ranked), _places(item, agents, staff))

    def _numbers(self, place: Place, item: ItemFacts, rules: Rules) -> Numbers:
        return numbers(place, room(place.seat, item), item, rules, self.scales)

    def _numbers_of_all(self, place: Place, item: ItemFacts, rules: Rules) -> Numbers:
        """The same where they are those of any other item, too: kept from batch to batch."""
        said = place.said = self._numbers(place, item, rules)
        return said


def _most_shown(agents: Collection[AgentFacts]) -> int | None:
    """How many eligible ones are listed; None where all are, and those who failed, too."""
    return None if len(agents) <= ALL_BY_NAME else FIRST_ELIGIBLE


def _places(
    item: ItemFacts, agents: Iterable[AgentFacts], staff: Staff | None
) -> Collection[Place]:
    """Those whom the staff has already, once the batch has given them back."""
    queue_id = item.queue_id or 0
    if staff is not None:
        return staff.places(queue_id).values()
    return [Place(Seat(each), each.memberships.get(queue_id) or Membership()) for each in agents]


def _failed_ones(standings: Standings, item: ItemFacts, rules: Rules) -> list[tuple[str, Failure]]:
    """Those who fail a test, by name; of who passed the tests for all, the one the item adds."""
    failed = [*standings.failed.values()]
    for *_, place in standings.passed:
        if not has_every_skill(item, place.seat, rules):
            failed.append((place, "has_every_skill"))
        elif not has_not_declined_too_often(item, place.seat, rules):
            failed.append((place, "has_not_declined_too_often"))
    return [(place.seat.username, _failure(name, item, place, rules)) for place, name in failed]


def _failure(name: str, item: ItemFacts, place: Place, rules: Rules) -> Failure:
    return Failure(test=name, numbers=TESTS[name][1](item, place.seat, rules))


def _by_name(failed: tuple[str, Failure]) -> str:
    return failed[0]


def _listed(looked: Looked) -> list[Document]:
    """The eligible ones, first to last."""
    ranked = enumerate(zip(looked.eligible, rows_of(looked.numbers), strict=True), start=1)
    return [_eligible(name, said, rank) for rank, (name, said) in ranked]


def _eligible(username: str, said: Numbers, rank: int) -> Document:
    return {
        "agent": username,
        "eligible": True,
        "failed_test": None,
        "numbers": said,
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
