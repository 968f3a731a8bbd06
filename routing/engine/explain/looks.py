"""Who was looked at for the groups of a batch: what groups of a queue share is worked out once."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Final

from routing.engine.configuration import CompiledConfiguration
from routing.engine.decisions import Failure, Numbers
from routing.engine.eligible import (
    Rules,
    anyone_declined_too_often,
    could_ever_have,
    have_all_declined,
    rules_of,
)
from routing.engine.explain.built_in import looked_at_by_built_in
from routing.engine.explain.custom import looked_at_by_rules
from routing.engine.explain.left import undeclined
from routing.engine.explain.looked import Looked
from routing.engine.explain.match import Fitting, fitting_for, looked_at_by_match
from routing.engine.explain.pack import by_column, packed, rows_of
from routing.engine.explain.words import ELIGIBLE
from routing.engine.facts import AgentFacts, ItemFacts, Membership, RequiredSkill
from routing.engine.methods.plan import (
    JudgeByRules,
    Plan,
    could_ever_meet,
    look_at,
    name_of_standings,
    plan_for,
    standings_by_rules,
    types_of_skills,
    working_at,
)
from routing.engine.methods.shapes import CustomMethod
from routing.engine.rank import Method, method_named, ranking_of_need
from routing.engine.seats import Place, Seat
from routing.engine.skills import scales
from routing.engine.staff import Staff, standings_of
from routing.engine.standings import Standings, judge_of
from workstreams.terms import MethodKind

Document = dict[str, Any]
# What agents are told apart by for an item, but for what it reads of its own.
Need = tuple[int | None, int, int, tuple[str, ...], tuple[RequiredSkill, ...]]

ALL_BY_NAME: Final = 50
FIRST_ELIGIBLE: Final = 10
# So many rules cost an agent as much as all that is asked of him beside them.
RULES_OF_A_LOOK: Final = 5


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
        self._closest: dict[Need, Standings] = {}
        self._steady: dict[Need, tuple[Standings, JudgeByRules]] = {}
        self._fitting: dict[Need, Fitting] = {}
        self._able: dict[Need, list[AgentFacts]] = {}

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

    def judged_for(self, item: ItemFacts, staff: Staff) -> Hashable:
        """What all members of the item's queue are judged for anew, once for equal ones; None
        where it is remembered how they stand."""
        method = self.configuration.method_of(item.queue_id)
        if method is None:
            _, is_kept = self._ranked(item, self._rules_for(item))
            return None if is_kept else _need_of(item)
        if method.kind is MethodKind.RULES:
            if not method.is_steady:
                return item.id
            name = name_of_standings(method, item, self.configuration.number)
            is_kept = staff.has_standings(item.queue_id or 0, name)
            return None if is_kept else _need_of(item)
        return item.id if item.declined or item.cooling_down else _need_of(item)

    def effort(self, item: ItemFacts) -> int:
        """How often as much a look at a member may cost as by a built-in method."""
        method = self.configuration.method_of(item.queue_id)
        rulesets = method.rulesets if method else ()
        return 1 + max((len(each.steps) for each in rulesets), default=0) // RULES_OF_A_LOOK

    def _told(self, item: ItemFacts, members: int, looked: Looked, listed: object) -> Document:
        return {
            "method": self.configuration.queues[item.queue_id or 0].assignment_method,
            **looked.head,
            "members": members,
            "counts": {ELIGIBLE: looked.eligible_count, **looked.counts},
            "agents_considered": listed,
        }

    def _look(self, item: ItemFacts, agents: Collection[AgentFacts], staff: Staff | None) -> Looked:
        rules, most_shown = self._rules_for(item), _most_shown(agents)
        method = self.configuration.method_of(item.queue_id)
        if method is not None and method.kind is MethodKind.RULES:
            return self._look_by_rules(method, item, agents, rules, staff)
        rules = self._relaxed(item, rules, partial(could_ever_have, item, agents, rules))
        if method is None:
            standings = self._standings_by_built_in(item, agents, rules, staff)
            return looked_at_by_built_in(item, standings, rules, self.scales, most_shown=most_shown)
        need = _need_of(item)
        if need not in self._fitting:
            places = _places(item, agents, staff)
            self._fitting[need] = fitting_for(item, places, rules, self.scales)
        found = self._fitting[need]
        return looked_at_by_match(method, item, found, rules, most_shown=most_shown)

    def _look_by_rules(
        self,
        method: CustomMethod,
        item: ItemFacts,
        agents: Collection[AgentFacts],
        rules: Rules,
        staff: Staff | None,
    ) -> Looked:
        if staff is None or not method.is_steady:
            judge = self._judge(method, undeclined(item), rules)
            standings = Standings(judge, _places(item, agents, staff))
        else:
            standings, judge = self._standings_by_rules(method, item, rules, staff)
        able = partial(could_ever_meet, judge.plan, agents, rules)
        rules = self._relaxed(item, rules, able, is_shared=method.is_steady)
        return looked_at_by_rules(
            method,
            item,
            standings,
            judge,
            rules,
            now=self.now,
            most_shown=_most_shown(agents),
        )

    def _standings_by_rules(
        self, method: CustomMethod, item: ItemFacts, rules: Rules, staff: Staff
    ) -> tuple[Standings, JudgeByRules]:
        """Kept here, too: the staff does not keep those of all needs."""
        need = _need_of(item)
        if need not in self._steady:
            self._steady[need] = standings_by_rules(
                staff,
                method,
                item,
                version=self.configuration.number,
                judge=lambda item: self._judge(method, item, rules),
            )
        return self._steady[need]

    def _judge(self, method: CustomMethod, item: ItemFacts, rules: Rules) -> JudgeByRules:
        return JudgeByRules(self._plan(method, item), rules, self.scales)

    def _relaxed(
        self,
        item: ItemFacts,
        rules: Rules,
        able: Callable[[], Iterable[AgentFacts]],
        *,
        is_shared: bool = True,
    ) -> Rules:
        """The rules, relaxed where everyone who is ``able`` to have it at another time declined
        it: who that is is asked once for all that needs the same, where it is shared."""
        if not anyone_declined_too_often(item, rules):
            return rules
        found = self._able.get(_need_of(item)) if is_shared else able()
        if found is None:
            found = self._able[_need_of(item)] = [*able()]
        return replace(rules, everyone_declined=have_all_declined(item, found, rules))

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

    def _standings_by_built_in(
        self,
        item: ItemFacts,
        agents: Collection[AgentFacts],
        rules: Rules,
        staff: Staff | None,
    ) -> Standings:
        ranked, is_kept = self._ranked(item, rules)
        if staff is not None and is_kept:
            return standings_of(staff, item, rules, ranked)
        need = _need_of(item)
        if need not in self._closest:
            places = _places(item, agents, staff)
            self._closest[need] = Standings(judge_of(item, rules, ranked), places)
        return self._closest[need]

    def _ranked(self, item: ItemFacts, rules: Rules) -> tuple[Method, bool]:
        """How the queue's method ranks, and whether by what is remembered."""
        queue = self.configuration.queues[item.queue_id or 0]
        built_in = method_named(queue.assignment_method)
        ranked = ranking_of_need(item, rules, built_in, self.scales)
        return ranked, ranked is built_in


def _need_of(item: ItemFacts) -> Need:
    needed = item.capacity_units, item.capacity_profiles, item.skills
    return item.queue_id, item.workstream_id, *needed


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
