"""Who was looked at by rules of one's own: criterion, ruleset, the rule reached, and ranks."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from routing.engine.assign.custom import Saying
from routing.engine.configuration import CompiledConfiguration
from routing.engine.decisions import Failure
from routing.engine.eligible import TESTS, Candidate, Rules
from routing.engine.explain.left import Left, left_for
from routing.engine.explain.looked import DECLINED, Failed, Looked
from routing.engine.facts import AgentFacts, ItemFacts
from routing.engine.methods.plan import (
    NOT_REACHED,
    JudgeByRules,
    Plan,
    failure_named,
    has_everyone_declined,
    look_at,
    plan_for,
    standing,
)
from routing.engine.methods.shapes import CustomMethod
from routing.engine.seats import Place
from routing.engine.standings import Entry, Standings


def looked_at_by_rules(
    method: CustomMethod,
    item: ItemFacts,
    standings: Standings,
    judge: JudgeByRules,
    rules: Rules,
    *,
    now: datetime,
    most_shown: int | None,
) -> Looked:
    """Eligible are those who meet the first rule that anybody meets and may have the item; who
    meets a later one only is told so. With ``most_shown`` the first so many are named, and nobody
    who failed. ``standings`` are those of all that needs the same, whoever declined which of it.
    """
    passed, left = standings.passed, left_for(item, standings, rules)
    reached = _reached(passed, left)
    step = reached or 0
    begin, end = _where(passed, step)
    able = passed[begin:end]
    counts = {name: count for name, count in standings.counts.items() if count}
    if left.barred:
        counts[DECLINED] = len(left.barred)
    if later := len(passed) - end - left.barred_among(passed[end:]):
        counts[NOT_REACHED] = later
    shown: list[Place] = [entry[-1] for entry in left.first_of(able, most_shown)]
    failed: Failed = ()
    if most_shown is None:
        failed = _failed(standings, left, passed[end:], step, judge.plan, rules)
    return Looked(
        eligible=[place.seat.username for place in shown],
        numbers=Saying(method, judge, now).table(item, shown, step) if shown else {},
        eligible_count=len(able) - left.barred_among(able),
        failed=failed,
        counts=counts,
        head=_head(judge.plan, reached),
    )


def _reached(passed: Sequence[Entry], left: Left) -> int | None:
    """The first rule met by somebody who may have the item."""
    for entry in passed:
        if not left.is_barred(entry):
            found: int = entry[0]
            return found
    return None


def _where(passed: Sequence[Entry], step: int) -> tuple[int, int]:
    """From where to where in the order they meet the rule."""
    begin = bisect_left(passed, (step,)) if step else 0
    return begin, bisect_left(passed, (step + 1,))


def _failed(
    standings: Standings,
    left: Left,
    later: Sequence[Entry],
    step: int,
    plan: Plan,
    rules: Rules,
) -> Failed:
    found = [
        (place.seat.username, failure_named(name, plan, place.seat, rules))
        for place, name in standings.failed.values()
    ]
    for entry in left.entries:
        numbers = TESTS[DECLINED][1](left.item, entry[-1].seat, rules)
        failure = Failure(test=DECLINED, numbers=numbers)
        found.append((entry[-1].seat.username, failure))
    for entry in later:
        if not left.is_barred(entry):
            found.append((entry[-1].seat.username, _not_reached(plan, entry[0], step)))
    return found


def _failure(found: str | int, reached: int, plan: Plan, agent: Candidate, rules: Rules) -> Failure:
    if isinstance(found, int):
        return _not_reached(plan, found, reached)
    return failure_named(found, plan, agent, rules)


def failures_by_rules(
    configuration: CompiledConfiguration,
    method: CustomMethod,
    item: ItemFacts,
    agents: Sequence[AgentFacts],
    rules: Rules,
    *,
    now: datetime,
) -> list[Failure | None]:
    """What each fails, as it is told above, of any number of agents and without ranks."""
    plan = plan_for(method, look_at(configuration, item, now))
    if item.declined:
        relaxed = has_everyone_declined(plan, agents, rules)
        rules = replace(rules, everyone_declined=relaxed)
    stand = [standing(plan, agent, rules) for agent in agents]
    reached = min((found for found in stand if isinstance(found, int)), default=0)
    return [
        None if found == reached else _failure(found, reached, plan, agent, rules)
        for agent, found in zip(agents, stand, strict=True)
    ]


def _not_reached(plan: Plan, own: int, reached: int) -> Failure:
    numbers = {"meets": plan.steps[own].name, "used": plan.steps[reached].name}
    return Failure(test=NOT_REACHED, numbers=numbers)


def _head(plan: Plan, reached: int | None) -> dict[str, Any]:
    return {
        "criterion": plan.criterion.name if plan.criterion else None,
        "ruleset": plan.ruleset.name if plan.ruleset else None,
        "rule": None if reached is None else plan.steps[reached].name,
    }
