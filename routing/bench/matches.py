"""The best overall match beside taking one item at a time."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from agents.terms import BasePresence
from routing.bench.row import Row, row_of
from routing.engine.assign import decide
from routing.engine.assign.best_match import fairness, skill_fit
from routing.engine.configuration import CompiledConfiguration, assemble, compile_piece
from routing.engine.decisions import BatchDecision
from routing.engine.facts import AgentFacts, ItemFacts, Membership, RequiredSkill
from routing.engine.methods.shapes import Weights
from routing.engine.seats import Place, Seat
from routing.engine.skills import scales
from workstreams.terms import ItemKind

GREEDY: Final = "highest_capacity"
BEST: Final = "Best"
RUNS: Final = 5
DECIDE_TARGET_MS: Final = 1000.0
# Of which the costs are compared.
BATCHES: Final = 5
NOW: Final = datetime(2025, 3, 3, 12, tzinfo=UTC)
SKILLS: Final = ("French", "Latin", "Sewing", "Welding")
# As many items as agents have room for, half of them with a skill.
ITEMS: Final = 1_000
AGENTS: Final = 1_000


def match_rows() -> Iterator[Row]:
    """The same random batch decided greedily (highest capacity) and as a whole: the total fit of
    skills, how long the longest wait is that goes on, and the time of deciding. Last the total
    cost of both, of several batches."""
    agents, items = _agents(Random(1)), _items(Random(2))
    for name, method, target in (("greedy", GREEDY, None), ("best", BEST, DECIDE_TARGET_MS)):
        configuration = _configuration(method)
        decided = decide(configuration, items, agents, now=NOW)
        yield row_of(f"match-{name}-fit", [_fit(decided, items, agents, configuration)], "fit")
        yield row_of(f"match-{name}-longest-wait", [_longest_wait(decided, items)], "s")
        times = [_timed(configuration, items, agents) for _ in range(RUNS)]
        yield row_of(f"match-{name}-time", times, "ms", target=target, at_least=False)
    yield from match_costs(BATCHES)


def match_costs(batches: int) -> Iterator[Row]:
    """The total cost of random batches, decided greedily; and what part of that it is at most
    where they are decided as a whole: never above all of it."""
    greedy, best = _configuration(GREEDY), _configuration(BEST)
    costs = []
    for number in range(batches):
        agents, items = _agents(Random(2 * number + 1)), _items(Random(2 * number + 2))
        decided = (decide(each, items, agents, now=NOW) for each in (greedy, best))
        costs.append([_cost(each, items, agents, best) for each in decided])
    yardstick = row_of("match-greedy-cost", [of_greedy for of_greedy, _ in costs], "points")
    yield yardstick
    most = max(of_best / of_greedy for of_greedy, of_best in costs)
    yield row_of("match-best-cost", [most], "of greedy's", target=1.0, at_least=False)


def _timed(
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
    return sum(skill_fit(place, item, by_skill) for item, place in _pairs(decided, items, agents))


def _cost(
    decided: BatchDecision,
    items: list[ItemFacts],
    agents: list[AgentFacts],
    configuration: CompiledConfiguration,
) -> float:
    """What assignments lack of the highest score; an item left costs more than all of that."""
    by_skill, weights = scales(configuration), Weights()
    highest = weights.skills + weights.waiting + weights.fairness
    fair = fairness([_place(agent) for agent in agents])
    longest = max(NOW - each.waiting_since for each in items)
    pairs = _pairs(decided, items, agents)
    scores = (
        weights.skills * skill_fit(place, item, by_skill)
        + weights.waiting * ((NOW - item.waiting_since) / longest)
        + weights.fairness * fair[place.seat.id]
        for item, place in pairs
    )
    left = len(items) - len(pairs)
    return sum(highest - each for each in scores) + left * highest * len(items)


def _pairs(
    decided: BatchDecision, items: list[ItemFacts], agents: list[AgentFacts]
) -> list[tuple[ItemFacts, Place]]:
    by_item, by_agent = {each.id: each for each in items}, {each.id: each for each in agents}
    return [
        (by_item[each.item_id], _place(by_agent[each.agent_id])) for each in decided.assignments
    ]


def _place(agent: AgentFacts) -> Place:
    return Place(Seat(agent), agent.memberships[1])


def _longest_wait(decided: BatchDecision, items: list[ItemFacts]) -> float:
    given = {each.item_id for each in decided.assignments}
    waits = [(NOW - each.waiting_since).total_seconds() for each in items if each.id not in given]
    return max(waits, default=0.0)


def _configuration(method: str) -> CompiledConfiguration:
    pieces = [
        (
            "workstream",
            {
                "name": "Chat",
                "type": "messaging",
                "capacity": {"format": "unit", "units": 1},
                "allowed_presences": ["available"],
                "skill_matching": "exact",
            },
        ),
        ("queue", {"name": "Queue", "assignment_method": method}),
        ("assignment_method", {"name": BEST, "kind": "best_match"}),
        ("rating_model", {"name": "Stars", "min": 1, "max": 5}),
        *(("skill", {"name": name, "rating_model": "Stars"}) for name in SKILLS),
    ]
    return assemble(1, [compile_piece(kind, document, id=1) for kind, document in pieces])


def _agents(chance: Random) -> list[AgentFacts]:
    return [
        AgentFacts(
            id=id,
            username=f"agent{id}",
            base_presence=BasePresence.AVAILABLE,
            units_limit=1,
            skills={skill: chance.randint(1, 5) for skill in SKILLS if chance.random() < 0.3},
            memberships={1: Membership(position=id)},
        )
        for id in range(1, AGENTS + 1)
    ]


def _items(chance: Random) -> list[ItemFacts]:
    found = []
    for id in range(1, ITEMS + 1):
        since = NOW - timedelta(seconds=chance.randint(1, 3600))
        skill = chance.choice(SKILLS) if chance.random() < 0.5 else ""
        rating = chance.randint(1, 4)
        found.append(
            ItemFacts(
                id=id,
                workstream_id=1,
                queue_id=1,
                kind=ItemKind.CONVERSATION,
                channel="live_chat",
                title=f"Item {id}",
                created_at=since,
                waiting_since=since,
                requirement_key=f"{skill} {rating if skill else ''}",
                skills=(RequiredSkill(skill=skill, rating=rating),) if skill else (),
                capacity_units=1,
            )
        )
    return found
