"""The best overall match: all waiting items against all agents at once, of a queue or of several.

As many items as possible find an agent; among all ways to do that, the one with the highest
total score wins. A score weighs how well the agent's skills fit (who knows more than is asked is
kept for whom it is asked of), how long the item has waited, and how long the agent has not been
assigned work. Whoever has room for several gets one in a round, so that rounds spread the work; a
match of several queues, whose items all need the same, looks ahead and makes all rounds at once.
Who declined an item gets it only where nobody else can have it, or where another item would find
nobody. Waits are compared among all that is matched, turns within each queue.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from routing.engine.capacity import room
from routing.engine.decisions import Proposal
from routing.engine.eligible import has_not_declined_too_often, has_room, presence_is_allowed
from routing.engine.facts import ItemFacts
from routing.engine.methods.shapes import Weights
from routing.engine.order import OLDEST_FIRST
from routing.engine.seats import Place, Seat, in_text, microseconds
from routing.engine.skills import Scale, closeness
from routing.terms import How

if TYPE_CHECKING:
    from routing.engine.assign.batch import Batch
    from routing.engine.assign.together import Match

DIGITS: Final = 4
# Where these weigh nothing, of equals the oldest item and who was assigned longest ago go first.
LEAST: Final = 1e-5
# Nobody's rounds are foreseen further: who has ten items is not to be disturbed.
MOST_ROUNDS: Final = 10

# An agent's round, from 0 on, and his place.
Chance = tuple[int, Place]
# In how many rounds an agent may have work of workstreams that ask for the same.
Foreseen = dict[tuple[Hashable, ...], int]


class Sort:
    """The agents who may take the items of one group, with how well each fits."""

    def __init__(self, batch: "Batch", item: ItemFacts) -> None:
        self.item = item
        self.rules = batch.rules_for(item)
        places = batch.reach(item, self.rules)
        if item.declined or item.cooling_down:
            places = [p for p in places if has_not_declined_too_often(item, p.seat, self.rules)]
        self.places = places
        self.fits = {place.seat.id: skill_fit(place, item, batch.scales) for place in places}

    def declines(self, place: Place) -> int:
        """How often the agent declined the item: who did so less often goes before him."""
        return self.item.declined.get(place.seat.id, 0)

    def chances(self, foreseen: Foreseen | None) -> list[Chance]:
        """Those who have room now, and whom work has not made too busy; each as often as that is
        foreseen, of items that all need the same."""
        if foreseen is None:
            return [(0, place) for place in self.places if self._is_free(place.seat)]
        found = []
        for place in self.places:
            key = place.seat.id, self.rules.allowed_presences, self.rules.has_capacity_policy
            if key not in foreseen:
                foreseen[key] = self._rounds(place.seat)
            found += [(number, place) for number in range(foreseen[key])]
        return found

    def _rounds(self, seat: Seat) -> int:
        seat = copy(seat)
        for number in range(MOST_ROUNDS):
            if not self._is_free(seat):
                return number
            seat.hold(self.item.capacity_units, self.item.capacity_profiles)
        return MOST_ROUNDS

    def _is_free(self, seat: Seat) -> bool:
        item, rules = self.item, self.rules
        return has_room(item, seat, rules) and presence_is_allowed(item, seat, rules)


def best_match(batch: "Batch", match: "Match", limit: int) -> Iterator[Proposal]:
    """The proposals for all groups at once; what stays is left in the groups, blocked."""
    sorts = [(group, Sort(batch, group.first)) for group in match.groups]
    matched = match.queues if len(match.queues) > 1 else ()
    left = {id(sort): sorted(group.left, key=OLDEST_FIRST) for group, sort in sorts}
    waits = _waits([item for items in left.values() for item in items], batch.turn)
    looks_ahead = bool(matched) and _all_need_the_same(match)
    count = 0
    while True:
        foreseen: Foreseen | None = {} if looks_ahead else None
        opens = {id(sort): sort.chances(foreseen) for _, sort in sorts if left[id(sort)]}
        rows = _rows([sort for _, sort in sorts], left, opens, limit - count)
        pairs = _round(rows, opens, match.weights, waits)
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


def _all_need_the_same(match: "Match") -> bool:
    firsts = [group.first for group in match.groups]
    return len({(item.capacity_units, item.capacity_profiles) for item in firsts}) == 1


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


def skill_fit(place: Place, item: ItemFacts, scales: dict[str, Scale]) -> float:
    """1 where the agent has just what is asked, less by each step beside it; 1 where nothing is."""
    if not item.skills:
        return 1.0
    _, _, distance, _ = closeness(place.seat, item.skills, scales)
    return max(0.0, 1.0 - distance / len(item.skills))


def fairness(places: Sequence[Place]) -> dict[int, float]:
    """1 for who was assigned longest ago, 0 for who was last; who was never goes first."""
    order = sorted(places, key=lambda place: (place.last_assigned, place.position, place.seat.id))
    last = max(len(order) - 1, 1)
    return {place.seat.id: 1.0 - index / last for index, place in enumerate(order)}


def _waits(items: Sequence[ItemFacts], now: int) -> dict[int, float]:
    """1 for who has waited longest, 0 for who has just come."""
    waited = {item.id: max(now - microseconds(item.waiting_since), 0) for item in items}
    longest = max(waited.values(), default=0) or 1
    return {id: each / longest for id, each in waited.items()}


def _round(
    rows: Sequence[tuple[ItemFacts, Sort]],
    opens: Mapping[int, list[Chance]],
    weights: Weights,
    waits: dict[int, float],
) -> list[tuple[ItemFacts, Place, dict[str, Any]]]:
    """One item for each chance of an agent, at most, the first rounds first; ``opens`` are those
    of each sort."""
    if not rows:
        return []
    # Loaded here, because few processes ever match a batch.
    import numpy as np
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    by_sort: dict[int, list[int]] = {}
    sorts: dict[int, Sort] = {}
    for index, (_, sort) in enumerate(rows):
        by_sort.setdefault(id(sort), []).append(index)
        sorts[id(sort)] = sort
    least = replace(
        weights, waiting=max(weights.waiting, LEAST), fairness=max(weights.fairness, LEAST)
    )
    turns = _turns(sorts.values(), opens)
    fair = {key: turns[sort.item.queue_id] for key, sort in sorts.items()}
    kept = {key: _best(sorts[key], opens[key], least, fair[key], len(rows)) for key in sorts}
    columns = sorted({(number, place.seat.id) for each in kept.values() for number, place in each})
    if not columns:
        return []
    column_of = {column: index for index, column in enumerate(columns)}
    places = {
        key: {column_of[number, place.seat.id]: place for number, place in kept[key]}
        for key in sorts
    }
    rounds = 1 + columns[-1][0]

    # So much that who declined less often outweighs any score, and an earlier round, or one more
    # item with an agent, all.
    declined = least.skills + least.waiting + least.fairness + 1.0
    most = max(max(sort.item.declined.values(), default=0) for sort in sorts.values())
    sure = len(rows) * declined * (1 + most) + 1.0
    # What is nobody's stays with itself, so that each row has its place.
    itself = np.arange(len(rows))
    pairs = [(itself, len(columns) + itself, np.ones(len(rows)))]
    for key, indexes in by_sort.items():
        if not kept[key]:
            continue
        there = [*places[key]]
        sort = sorts[key]
        of_agents = np.array([_worth(sort, place, least, fair[key]) for _, place in kept[key]])
        if sort.item.declined:
            of_agents -= np.array([sort.declines(place) for _, place in kept[key]]) * declined
        of_rounds = np.array([sure * (rounds - number) for number, _ in kept[key]])
        of_items = np.array([waits[rows[index][0].id] for index in indexes]) * least.waiting
        scores = 1.0 + of_rounds[None, :] + of_items[:, None] + of_agents[None, :]
        pairs.append((np.repeat(indexes, len(there)), np.tile(there, len(indexes)), scores.ravel()))
    row_at, column_at, score = (np.concatenate(each) for each in zip(*pairs, strict=True))
    shape = len(rows), len(columns) + len(rows)
    graph = csr_array((score, (row_at, column_at)), shape=shape)
    both = zip(*min_weight_full_bipartite_matching(graph, maximize=True), strict=True)
    found = [(rows[row], column) for row, column in both if column < len(columns)]
    given = []
    for (item, sort), column in sorted(found, key=lambda pair: columns[pair[1]][0]):
        place = places[id(sort)][column]
        said = _said((item, sort), place, weights, waits, fair[id(sort)])
        given.append((item, place, said))
    return given


def _turns(
    sorts: Collection[Sort], opens: Mapping[int, Sequence[Chance]]
) -> dict[int | None, dict[int, float]]:
    """How fair it is to each agent, by queue: turns are those of a queue."""
    free: dict[int | None, dict[int, Place]] = {sort.item.queue_id: {} for sort in sorts}
    for sort in sorts:
        free[sort.item.queue_id].update((place.seat.id, place) for _, place in opens[id(sort)])
    return {queue_id: fairness([*places.values()]) for queue_id, places in free.items()}


def _best(
    sort: Sort, chances: list[Chance], weights: Weights, fair: dict[int, float], most: int
) -> list[Chance]:
    """As many chances as there are items at most: whoever comes later is never needed."""
    if len(chances) <= most:
        return chances

    def key(chance: Chance) -> tuple[float, ...]:
        number, place = chance
        return number, sort.declines(place), -_worth(sort, place, weights, fair), place.seat.id

    return sorted(chances, key=key)[:most]


def _worth(sort: Sort, place: Place, weights: Weights, fair: dict[int, float]) -> float:
    seat_id = place.seat.id
    return weights.skills * sort.fits[seat_id] + weights.fairness * fair[seat_id]


def _said(
    row: tuple[ItemFacts, Sort],
    place: Place,
    weights: Weights,
    waits: dict[int, float],
    fair: dict[int, float],
) -> dict[str, Any]:
    item, sort = row
    score = _worth(sort, place, weights, fair) + weights.waiting * waits[item.id]
    declines = {"declines": sort.declines(place)} if item.declined else {}
    return {
        **declines,
        "score": round(score, DIGITS),
        "skill_fit": round(sort.fits[place.seat.id], DIGITS),
        "waiting": round(waits[item.id], DIGITS),
        "fairness": round(fair[place.seat.id], DIGITS),
        "room": room(place.seat, item),
        "last_assigned_at": in_text(place.last_assigned),
        "position": place.position,
    }
