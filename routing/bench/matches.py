"""The best overall match beside taking one item at a time."""

import time
from collections.abc import Iterator
from random import Random
from typing import Final

from routing.bench.match_batches import (
    BEST,
    GREEDY,
    NOW,
    match_configuration,
    some_agents,
    some_items,
)
from routing.bench.row import Row, row_of
from routing.engine.assign import decide
from routing.engine.assign.solve import fairness
from routing.engine.assign.sorts import skill_fit
from routing.engine.configuration import CompiledConfiguration
from routing.engine.decisions import BatchDecision
from routing.engine.facts import AgentFacts, ItemFacts
from routing.engine.methods.shapes import Weights
from routing.engine.seats import Place, Seat
from routing.engine.skills import scales

RUNS: Final = 5
DECIDE_TARGET_MS: Final = 1000.0
# Of which the costs are compared.
BATCHES: Final = 5


def match_rows() -> Iterator[Row]:
    """The same random batch decided greedily (highest capacity) and as a whole: the total fit of
    skills, how long the longest wait is that goes on, and the time of deciding. Last the total
    cost of both, of several batches."""
    agents, items = some_agents(Random(1)), some_items(Random(2))
    for name, method, target in (("greedy", GREEDY, None), ("best", BEST, DECIDE_TARGET_MS)):
        configuration = match_configuration(method)
        decided = decide(configuration, items, agents, now=NOW)
        yield row_of(f"match-{name}-fit", [_fit(decided, items, agents, configuration)], "fit")
        yield row_of(f"match-{name}-longest-wait", [_longest_wait(decided, items)], "s")
        times = [timed_match(configuration, items, agents) for _ in range(RUNS)]
        yield row_of(f"match-{name}-time", times, "ms", target=target, at_least=False)
    yield from match_costs(BATCHES)


def match_costs(batches: int) -> Iterator[Row]:
    """The total cost of random batches, decided greedily; and what part of that it is at most
    where they are decided as a whole: never above all of it."""
    greedy, best = match_configuration(GREEDY), match_configuration(BEST)
    costs = []
    for number in range(batches):
        agents, items = some_agents(Random(2 * number + 1)), some_items(Random(2 * number + 2))
        decided = (decide(each, items, agents, now=NOW) for each in (greedy, best))
        costs.append([total_cost(each, items, agents, best) for each in decided])
    yardstick = row_of("match-greedy-cost", [of_greedy for of_greedy, _ in costs], "points")
    yield yardstick
    most = max(of_best / of_greedy for of_greedy, of_best in costs)
    yield row_of("match-best-cost", [most], "of greedy's", target=1.0, at_least=False)


def timed_match(
    configuration: CompiledConfiguration, items: list[ItemFacts], agents: list[AgentFacts]
) -> float:
    started = time.perf_counter()
    decide(configuration, items, agents, now=NOW)
    return (time.perf_counter() - started) * 1000


def _fit(
    decided: BatchDecision,
    items: list[ItemFacts],
    agents: list[AgentFacts],
    configuration: CompiledConfiguration,
) -> float:
    by_skill = scales(configuration)
    return sum(
        skill_fit(place, item.skills, by_skill) for item, place in _pairs(decided, items, agents)
    )


def total_cost(
    decided: BatchDecision,
    items: list[ItemFacts],
    agents: list[AgentFacts],
    configuration: CompiledConfiguration,
) -> float:
    """What assignments lack of the highest score; an item left costs more than all of that."""
    by_skill, weights = scales(configuration), Weights()
    highest = weights.skills + weights.waiting + weights.fairness
    fair = {queue_id: _fair(agents, queue_id) for queue_id in configuration.queues}
    longest = max(NOW - each.waiting_since for each in items)
    pairs = _pairs(decided, items, agents)
    scores = (
        weights.skills * skill_fit(place, item.skills, by_skill)
        + weights.waiting * ((NOW - item.waiting_since) / longest)
        + weights.fairness * fair[item.queue_id or 0][place.seat.id]
        for item, place in pairs
    )
    left = len(items) - len(pairs)
    return sum(highest - each for each in scores) + left * highest * len(items)


def _pairs(
    decided: BatchDecision, items: list[ItemFacts], agents: list[AgentFacts]
) -> list[tuple[ItemFacts, Place]]:
    by_item, by_agent = {each.id: each for each in items}, {each.id: each for each in agents}
    return [
        (by_item[each.item_id], _place(by_agent[each.agent_id], each.queue_id))
        for each in decided.assignments
    ]


def _fair(agents: list[AgentFacts], queue_id: int) -> dict[int, float]:
    return fairness([_place(each, queue_id) for each in agents if queue_id in each.memberships])


def _place(agent: AgentFacts, queue_id: int) -> Place:
    return Place(Seat(agent), agent.memberships[queue_id])


def _longest_wait(decided: BatchDecision, items: list[ItemFacts]) -> float:
    given = {each.item_id for each in decided.assignments}
    waits = [(NOW - each.waiting_since).total_seconds() for each in items if each.id not in given]
    return max(waits, default=0.0)
