"""The best overall match: all waiting items against all agents at once, of a queue or of several.

As many items as possible find an agent; among all ways to do that, the one with the highest
total score wins. A score weighs how well the agent's skills fit (who knows more than is asked is
kept for whom it is asked of), how long the item has waited, and how long the agent has not been
assigned work. Whoever has room for several gets one in a round, so that rounds spread the work;
where all items need the same, all rounds are foreseen and made at once. What found nobody when the
queues were put together, and needs otherwise, is left.
As few declines as possible go before any score: who declined an item gets it only where nobody else
can have it, or where another item would find nobody, would be given later or to who declined it
more often. Waits are compared among all that is matched, turns within each queue.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from routing.engine.assign.solve import solve
from routing.engine.assign.sorts import Chance, Foreseen, Sort
from routing.engine.decisions import Proposal
from routing.engine.facts import ItemFacts
from routing.engine.order import OLDEST_FIRST, Group
from routing.engine.seats import microseconds
from routing.terms import How

if TYPE_CHECKING:
    from routing.engine.assign.batch import Batch
    from routing.engine.assign.together import Match


def best_match(batch: "Batch", match: "Match", limit: int) -> Iterator[Proposal | None]:
    """The proposals for all groups at once; what stays is left in the groups, blocked. None
    between steps that each look at all agents."""
    sorts: list[tuple[Group, Sort]] = []
    for group in match.groups:
        sorts.append((group, Sort(batch, group.first)))
        yield None
    matched = match.queues if match.looks_ahead else ()
    left = {id(sort): sorted(group.left, key=OLDEST_FIRST) for group, sort in sorts}
    waits = _waits([item for items in left.values() for item in items], batch.turn)
    count = 0
    while True:
        foreseen: Foreseen | None = {} if match.looks_ahead else None
        able = [sort for _, sort in sorts if left[id(sort)] and match.takes(sort.item)]
        most = min(limit - count, sum(map(len, left.values())))
        opens: dict[int, list[Chance]] = {}
        for sort in able:
            opens[id(sort)] = sort.chances(foreseen, most)
            yield None
        rows = _rows([sort for _, sort in sorts], left, opens, limit - count)
        pairs = yield from solve(rows, opens, match.weights, waits)
        if not pairs:
            break
        given: set[int] = set()
        for item, place, said in pairs:
            given.add(item.id)
            proposal = batch.propose(item, place, How.PUSH, said, keeps_presence=False)
            yield replace(proposal, matched=matched) if matched else proposal
        count += len(given)
        left = {
            key: [each for each in items if each.id not in given] for key, items in left.items()
        }
    for group, sort in sorts:
        group.keep(left[id(sort)])
        group.is_settled = True
        group.is_blocked = bool(group.turns) and count < limit


def _rows(
    sorts: Sequence[Sort],
    left: Mapping[int, Sequence[ItemFacts]],
    opens: Mapping[int, Sequence[Chance]],
    limit: int,
) -> list[tuple[ItemFacts, Sort]]:
    """The oldest items of a round: of each sort as many as agents have room for, because others
    cannot be given and would stand before those that can."""
    rows = (
        (item, sort) for sort in sorts for item in left[id(sort)][: len(opens.get(id(sort), ()))]
    )
    return sorted(rows, key=lambda row: OLDEST_FIRST(row[0]))[:limit]


def _waits(items: Sequence[ItemFacts], now: int) -> dict[int, float]:
    """1 for who has waited longest, 0 for who has just come."""
    waited = {item.id: max(now - microseconds(item.waiting_since), 0) for item in items}
    longest = max(waited.values(), default=0) or 1
    return {id: each / longest for id, each in waited.items()}
