"""A batch of work that somebody declined, each alone in its group, among many members."""

import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from random import Random
from typing import Any, Final

from routing.bench.match_batches import (
    BEST,
    GREEDY,
    NOW,
    match_configuration,
    some_agents,
    some_items,
)
from routing.bench.row import Row, row_of
from routing.engine.assign import decide_in_steps
from routing.engine.configuration import CompiledConfiguration
from routing.engine.explain import Looks
from routing.engine.facts import AgentFacts, ItemFacts
from routing.engine.methods.built_in import ALLOWED, ROOM, SKILLED
from routing.engine.staff import Staff

RUNS: Final = 3
MEMBERS: Final = 2_000
OWN: Final = "Own"
OF_ITEM: Final = {"field": "agent.username", "op": "not_equals", "item": "context.language"}


def declined_rows() -> Iterator[Row]:
    """A thousand items that one of two thousand members just declined: deciding and explaining
    them, by each way of choosing."""
    members = some_agents(Random(1), MEMBERS)
    items = [_declined(each) for each in some_items(Random(2))]
    for name, configuration in _ways().items():
        runs = [_timed(configuration, items, members) for _ in range(RUNS)]
        note = f"the longest step {max(longest for _, longest in runs):.0f} ms"
        yield row_of(f"declined-{name}", [total for total, _ in runs], "ms", note=note)


def _ways() -> dict[str, CompiledConfiguration]:
    return {
        "built-in": match_configuration(GREEDY),
        "closest": match_configuration(GREEDY, matching="closest"),
        "rules": match_configuration(OWN, own=_rules(ALLOWED, ROOM, SKILLED)),
        "rules-of-item": match_configuration(OWN, own=_rules(ALLOWED, ROOM, SKILLED, OF_ITEM)),
        "match": match_configuration(BEST),
    }


def _rules(*rows: dict[str, Any]) -> dict[str, Any]:
    rule = {"name": "Anybody", "when": {"all": [dict(row) for row in rows]}, "order_by": []}
    return {"name": OWN, "rulesets": [{"name": "All", "rules": [rule]}]}


def _declined(item: ItemFacts) -> ItemFacts:
    agent_id = 1 + item.id % MEMBERS
    return replace(
        item,
        requirement_key=f"{item.requirement_key}:{item.id}",
        fields={"context": {"language": "Latin"}},
        declined={agent_id: 1},
        cooling_down=frozenset({agent_id}),
    )


def _timed(
    configuration: CompiledConfiguration, items: list[ItemFacts], members: list[AgentFacts]
) -> tuple[float, float]:
    """All of it and its longest step, in ms, as in a router that knows nobody yet."""
    staff, looks = Staff(members), Looks(configuration, now=NOW)
    times = [time.perf_counter()]
    for _ in decide_in_steps(configuration, items, staff, now=NOW, counts=False):
        times.append(time.perf_counter())
    times.append(time.perf_counter())
    for item in items:
        looks.packed_of_many(item, staff.members(1), staff)
        times.append(time.perf_counter())
    steps = [after - before for before, after in pairwise(times)]
    return sum(steps) * 1000, max(steps) * 1000
