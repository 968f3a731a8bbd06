"""What keeps each member of a queue from an item, as it is told while the item waits: the test he
fails, and those that he would fail after it, so that it is known what alone would not help."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Final

from agents.terms import MOST_SESSIONS, BasePresence, ResetFrequency
from routing.engine.configuration import CompiledConfiguration
from routing.engine.decisions import Failure
from routing.engine.eligible import (
    TESTS,
    Rules,
    everyone_declined,
    first_failed_test,
    has_room,
    rules_of,
)
from routing.engine.explain.custom import failures_by_rules
from routing.engine.facts import AgentFacts, ItemFacts
from routing.engine.methods.plan import (
    FIRST,
    NO_RULE,
    Plan,
    failure_of_part,
    look_at,
    plan_for,
)
from workstreams.terms import MethodKind

PRESENCE: Final = "presence_is_allowed"
ROOM: Final = "has_room"
SKILL: Final = "has_every_skill"
SESSIONS: Final = "has_a_session_left"
# What is told of a failure beside its own numbers.
OTHERS: Final = "others"
BY_WORK: Final = "by_work"
BY_RULES: Final = "by_rules"
OF_THE_DAY: Final = "of_the_day"
BY_ITS_WORK: Final = (ROOM, SESSIONS)
Others = Callable[[AgentFacts, str], Iterator[Failure]]
AT_WORK: Final = (BasePresence.BUSY, BasePresence.BUSY_DND)


def failures(
    configuration: CompiledConfiguration,
    item: ItemFacts,
    agents: Sequence[AgentFacts],
    *,
    now: datetime,
    maximum_declines: int,
) -> list[Failure | None]:
    """What each member fails, however many they are."""
    rules = rules_of(
        configuration.workstreams[item.workstream_id], maximum_declines=maximum_declines
    )
    method = configuration.method_of(item.queue_id)
    others: Others
    is_by_rules = method is not None and method.kind is MethodKind.RULES
    if method is not None and is_by_rules:
        found = failures_by_rules(configuration, method, item, agents, rules, now=now)
        others = partial(_after_row, plan_for(method, look_at(configuration, item, now)), rules)
    else:
        relaxed = bool(item.declined) and everyone_declined(item, agents, rules)
        rules = replace(rules, everyone_declined=relaxed)
        found = [first_failed_test(item, agent, rules) for agent in agents]
        others = partial(_after_test, item, rules)
    of_the_day = _profiles_of_the_day(configuration)
    more = partial(_with_more, of_the_day=of_the_day, is_by_rules=is_by_rules)

    def told(agent: AgentFacts, failure: Failure | None) -> Failure | None:
        if failure is None:
            return None
        failure = _by_work(item, agent, rules, failure)
        return more(failure, agent, [*others(agent, failure.test)])

    return [told(agent, failure) for agent, failure in zip(agents, found, strict=True)]


def is_full_of_work(agent: AgentFacts) -> bool:
    """Whether all the work he has made him not to be disturbed, and not he himself."""
    return agent.presence_follows and agent.base_presence is BasePresence.BUSY_DND


def _profiles_of_the_day(configuration: CompiledConfiguration) -> Collection[str]:
    """What they hold does not come free with the work."""
    profiles = configuration.profiles.items()
    return {name for name, each in profiles if each.reset is ResetFrequency.END_OF_DAY}


def _by_work(item: ItemFacts, agent: AgentFacts, rules: Rules, failure: Failure) -> Failure:
    """Who is not to be disturbed because of all the work he has is full: his presence says no
    more than that, and ends with it."""
    if failure.test != PRESENCE or not is_full_of_work(agent):
        return failure
    if not has_room(item, agent, rules):
        return Failure(test=ROOM, numbers=TESTS[ROOM][1](item, agent, rules))
    return Failure(test=SESSIONS, numbers={}) if agent.items_held >= MOST_SESSIONS else failure


def _after_test(item: ItemFacts, rules: Rules, agent: AgentFacts, failed: str) -> Iterator[Failure]:
    """The tests that come after the failed one. Who has too much open has a presence by that."""
    names = list(TESTS)
    for name in names[names.index(PRESENCE if failed == SESSIONS else failed) + 1 :]:
        if not TESTS[name][0](item, agent, rules):
            yield Failure(test=name, numbers=TESTS[name][1](item, agent, rules))


def _after_row(plan: Plan, rules: Rules, agent: AgentFacts, failed: str) -> Iterator[Failure]:
    """The other parts of the most general rule, and room, which is asked whatever that says."""
    if not plan.steps or failed in FIRST or plan.step_of(agent) is not None:
        return
    item = plan.look.item
    known = {failed, PRESENCE} if failed in BY_ITS_WORK else {failed}
    _, *parts = plan.asked_in_vain(agent)
    for part in parts:
        failure = failure_of_part(part, plan, agent, rules)
        if failure.test == NO_RULE or failure.test not in known:
            known.add(failure.test)
            yield failure
    if ROOM not in known and not has_room(item, agent, rules):
        yield Failure(test=ROOM, numbers=TESTS[ROOM][1](item, agent, rules))


def _with_more(
    failure: Failure,
    agent: AgentFacts,
    others: Sequence[Failure] = (),
    *,
    of_the_day: Collection[str],
    is_by_rules: bool,
) -> Failure:
    numbers: dict[str, Any] = dict(failure.numbers)
    if failure.test == ROOM:
        names = {*(numbers.get("profiles") or ()), *(numbers.get("blocked_by") or ())}
        numbers[OF_THE_DAY] = sorted(names.intersection(of_the_day))
    if failure.test == PRESENCE:
        numbers[BY_WORK] = agent.presence_follows and agent.base_presence in AT_WORK
    if failure.test == SKILL:
        numbers[BY_RULES] = is_by_rules
    if others:
        more = partial(_with_more, of_the_day=of_the_day, is_by_rules=is_by_rules)
        numbers[OTHERS] = [more(each, agent) for each in others]
    return Failure(test=failure.test, numbers=numbers)


def others_of(numbers: Mapping[str, Any]) -> Sequence[Failure]:
    """What else the member fails."""
    found: Sequence[Failure] = numbers.get(OTHERS, ())
    return found
