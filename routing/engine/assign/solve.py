"""One round of a best overall match, or all that are foreseen, as a sparse assignment."""

from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import replace
from heapq import nsmallest
from typing import Any, Final

from routing.engine.assign.sorts import Chance, Sort
from routing.engine.capacity import room
from routing.engine.facts import ItemFacts
from routing.engine.methods.shapes import Weights
from routing.engine.seats import Place, in_text

DIGITS: Final = 4
# Where these weigh nothing, of equals the oldest item and who was assigned longest ago go first.
LEAST: Final = 1e-5

# An agent's round, and his id.
Column = tuple[int, int]
# To whom, and the numbers that this was decided by.
Given = tuple[ItemFacts, Place, dict[str, Any]]


def solve(
    rows: Sequence[tuple[ItemFacts, Sort]],
    opens: Mapping[int, list[Chance]],
    weights: Weights,
    waits: dict[int, float],
) -> Generator[None, None, list[Given]]:
    """One item for each chance of an agent, at most, the first rounds first; ``opens`` are those
    of each sort. In steps."""
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
    kept: dict[int, list[Chance]] = {}
    there: set[Column] = set()
    for key, sort in sorts.items():
        kept[key] = _best(sort, opens[key], least, fair[key], len(rows))
        there.update((number, place.seat.id) for number, place in kept[key])
        yield
    columns = sorted(there)
    if not columns:
        return []
    column_of = {column: index for index, column in enumerate(columns)}
    places: dict[int, dict[int, Place]] = {}
    for key in sorts:
        places[key] = {column_of[number, place.seat.id]: place for number, place in kept[key]}
        yield
    rounds = 1 + columns[-1][0]

    # So much that one decline less outweighs all scores together, because it may move every item,
    # and an earlier round, or one more item with an agent, all declines and scores. No more than
    # that: beside large numbers small differences are lost.
    declined = len(rows) * (least.skills + least.waiting + least.fairness) + 1.0
    most = sum(max(sort.item.declined.values(), default=0) for _, sort in rows)
    sure = declined * (1 + most)
    # What is nobody's stays with itself, so that each row has its place.
    itself = np.arange(len(rows))
    pairs = [(itself, len(columns) + itself, np.ones(len(rows)))]
    for key, indexes in by_sort.items():
        if not kept[key]:
            continue
        own = [*places[key]]
        sort = sorts[key]
        of_agents = np.array([_worth(sort, place, least, fair[key]) for _, place in kept[key]])
        if sort.item.declined:
            of_agents -= np.array([sort.declines(place) for _, place in kept[key]]) * declined
        of_rounds = np.array([sure * (rounds - number) for number, _ in kept[key]])
        of_items = np.array([waits[rows[index][0].id] for index in indexes]) * least.waiting
        scores = 1.0 + of_rounds[None, :] + of_items[:, None] + of_agents[None, :]
        pairs.append((np.repeat(indexes, len(own)), np.tile(own, len(indexes)), scores.ravel()))
        yield
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

    return nsmallest(most, chances, key=key)


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


def fairness(places: Sequence[Place]) -> dict[int, float]:
    """1 for who was assigned longest ago, 0 for who was last; who was never goes first."""
    order = sorted(places, key=lambda place: (place.last_assigned, place.position, place.seat.id))
    last = max(len(order) - 1, 1)
    return {place.seat.id: 1.0 - index / last for index, place in enumerate(order)}
