"""Best overall matches of queues that share agents, beside queue by queue and greedily."""

from collections.abc import Iterator
from dataclasses import replace
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
from routing.bench.matches import DECIDE_TARGET_MS, timed_match, total_cost
from routing.bench.row import Row, row_of
from routing.engine.assign import decide
from routing.engine.facts import AgentFacts, ItemFacts, Membership

QUEUES: Final = range(1, 11)
SERVED_BY_EACH: Final = 3
BATCHES: Final = 3


def rows_of_queues() -> Iterator[Row]:
    """The time of deciding a random batch of ten queues as a whole, and what part of the total
    cost of the same queues one after another, and of greedy ones, that is at most."""
    together = match_configuration(BEST, *(1 for _ in QUEUES))
    others = match_configuration(BEST, *QUEUES), match_configuration(GREEDY, *(1 for _ in QUEUES))
    times, parts = [], []
    for number in range(BATCHES):
        agents, items = _agents(Random(2 * number + 1)), _items(Random(2 * number + 2))
        times.append(timed_match(together, items, agents))
        mine, by_queue, greedy = (
            total_cost(decide(each, items, agents, now=NOW), items, agents, together)
            for each in (together, *others)
        )
        parts.append((mine / by_queue, mine / greedy))
    yield row_of("match-queues-time", times, "ms", target=DECIDE_TARGET_MS, at_least=False)
    of_queues, of_greedy = (max(each) for each in zip(*parts, strict=True))
    yield row_of(
        "match-queues-cost", [of_queues], "of queue by queue's", target=1.0, at_least=False
    )
    yield row_of("match-queues-cost-greedy", [of_greedy], "of greedy's", target=1.0, at_least=False)


def _agents(chance: Random) -> list[AgentFacts]:
    return [
        replace(
            each,
            memberships={
                queue: Membership(position=each.id)
                for queue in chance.sample(QUEUES, SERVED_BY_EACH)
            },
        )
        for each in some_agents(chance)
    ]


def _items(chance: Random) -> list[ItemFacts]:
    return [replace(each, queue_id=chance.choice(QUEUES)) for each in some_items(chance)]
