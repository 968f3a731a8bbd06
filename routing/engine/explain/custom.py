"""Who was looked at by a custom method: criterion, ruleset, the rule reached, and ranks."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from routing.engine.assign.custom import Saying
from routing.engine.assign.solve import fairness
from routing.engine.assign.sorts import asked_skills, skill_fit
from routing.engine.capacity import room
from routing.engine.configuration import CompiledConfiguration
from routing.engine.decisions import Failure
from routing.engine.eligible import Candidate, Rules, everyone_declined, first_failed_test
from routing.engine.explain.pack import Table, table_of
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
from routing.engine.seats import Place, Seat, in_text
from routing.engine.skills import scales
from routing.engine.standings import Standings

Failed = Sequence[tuple[str, Failure]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """The names of eligible agents, in order, with a table of their numbers, the others with what
    they failed, and what the method says of the item itself. Both may leave out who is only
    counted."""

    eligible: Sequence[str]
    numbers: Table
    eligible_count: int
    failed: Failed
    counts: Mapping[str, int]
    head: dict[str, Any]


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
    """Eligible are those who meet the first rule that anybody meets; who meets a later one only
    is told so. With ``most_shown`` the first so many are named, and nobody who failed."""
    passed, plan = standings.passed, judge.plan
    reached: int | None = passed[0][0] if passed else None
    eligible = bisect_left(passed, (passed[0][0] + 1,)) if passed else 0
    counts = {name: count for name, count in standings.counts.items() if count}
    if later := len(passed) - eligible:
        counts[NOT_REACHED] = later
    failed = []
    if most_shown is None:
        failed = [(place, found) for place, found in standings.failed.values()]
        failed += [(entry[-1], entry[0]) for entry in passed[eligible:]]
    step = reached or 0
    first = eligible if most_shown is None else min(eligible, most_shown)
    shown: list[Place] = [entry[-1] for entry in passed[:first]]
    return Looked(
        eligible=[place.seat.username for place in shown],
        numbers=Saying(method, judge, now).table(item, shown, step) if shown else {},
        eligible_count=eligible,
        failed=[
            (place.seat.username, _failure(found, step, plan, place.seat, rules))
            for place, found in failed
        ],
        counts=counts,
        head=_head(plan, reached),
    )


def _failure(found: str | int, reached: int, plan: Plan, agent: Candidate, rules: Rules) -> Failure:
    if isinstance(found, int):
        return _not_reached(plan, found, reached)
    return failure_named(found, plan, agent, rules)


def looked_at_by_match(
    configuration: CompiledConfiguration,
    method: CustomMethod,
    item: ItemFacts,
    agents: Sequence[AgentFacts],
    rules: Rules,
    *,
    most_shown: int | None,
) -> Looked:
    """Ranked by what each is worth to this item alone; the batch may have decided otherwise."""
    relaxed = bool(item.declined) and everyone_declined(item, agents, rules)
    rules = replace(rules, everyone_declined=relaxed)
    failures = [(agent, first_failed_test(item, agent, rules)) for agent in agents]
    places = [_place(agent, item) for agent, found in failures if found is None]
    fair, by_skill, weights = fairness(places), scales(configuration), method.weights
    asked = asked_skills(item, rules)

    def numbers(place: Place) -> dict[str, Any]:
        fit = skill_fit(place, asked, by_skill)
        worth = weights.skills * fit + weights.fairness * fair[place.seat.id]
        declines = {"declines": item.declined.get(place.seat.id, 0)} if item.declined else {}
        return {
            **declines,
            "score": round(worth, 4),
            "skill_fit": round(fit, 4),
            "fairness": round(fair[place.seat.id], 4),
            "room": room(place.seat, item),
            "last_assigned_at": in_text(place.last_assigned),
        }

    found = [(place.seat.username, numbers(place)) for place in places]
    found.sort(key=_best_first)
    shown = found[:most_shown]
    head = {
        "weights": {
            "skills": weights.skills,
            "waiting": weights.waiting,
            "fairness": weights.fairness,
        }
    }
    failed = [(agent.username, why) for agent, why in failures if why is not None]
    return Looked(
        eligible=[name for name, _ in shown],
        numbers=table_of([said for _, said in shown]),
        eligible_count=len(found),
        failed=failed,
        counts=Counter(why.test for _, why in failed),
        head=head,
    )


def _best_first(found: tuple[str, Mapping[str, Any]]) -> tuple[Any, ...]:
    name, said = found
    return said.get("declines", 0), -said["score"], -said["fairness"], name


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


def _place(agent: AgentFacts, item: ItemFacts) -> Place:
    return Place(Seat(agent), agent.memberships[item.queue_id or 0])


def _not_reached(plan: Plan, own: int, reached: int) -> Failure:
    numbers = {"meets": plan.steps[own].name, "used": plan.steps[reached].name}
    return Failure(test=NOT_REACHED, numbers=numbers)


def _head(plan: Plan, reached: int | None) -> dict[str, Any]:
    return {
        "criterion": plan.criterion.name if plan.criterion else None,
        "ruleset": plan.ruleset.name if plan.ruleset else None,
        "rule": None if reached is None else plan.steps[reached].name,
    }
