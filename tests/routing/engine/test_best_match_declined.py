"""Who gets what he declined in a best overall match."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.engine.configuration import compile_piece
from tests.routing.engine.situations import an_agent, an_item, required
from tests.routing.engine.test_best_match import matching, pairs

GREEK = compile_piece("skill", {"name": "Greek", "rating_model": "Stars"}, id=2)
MOST = 4
DECLINES = st.dictionaries(st.integers(1, MOST), st.integers(1, 2))


@pytest.mark.parametrize("others", [0, 30])
def test_nobody_gets_it_back_because_all_else_would_fit_better_that_way(others):
    """Where the first item goes to the second agent, both fit worse."""
    first = an_item(1, skills=required("Latin", rating=1), declined={1: 1})
    items = [first, an_item(2, skills=required("Greek", rating=1))]
    items += [an_item(9 + id, declined={1: 1}) for id in range(others)]
    agents = [
        an_agent(1, skills={"Latin": 1, "Greek": 5}),
        an_agent(2, skills={"Latin": 5, "Greek": 1}),
        *(an_agent(9 + id) for id in range(others)),
    ]

    decided = matching(items, agents, GREEK, skills=100, waiting=0, fairness=0)

    given_to = pairs(decided)
    assert (given_to[1], given_to[2]) == (2, 1)
    assert sum(each.numbers["score"] for each in decided.assignments[:2]) < 100


def test_many_declines_leave_small_differences_what_they_are():
    """Of equals the oldest items go to whoever was assigned longest ago."""
    declined = dict.fromkeys((900, 901), 2)
    items = [an_item(id, waits=id, declined=declined) for id in range(1, 101)]
    agents = [an_agent(id) for id in range(1, 51)]

    decided = matching(items, agents, skills=0, waiting=0, fairness=0)

    assert sorted(pairs(decided)) == [*range(51, 101)]


@settings(max_examples=100, deadline=None)
@given(
    ratings=st.lists(st.integers(1, 5), min_size=1, max_size=MOST),
    work=st.lists(st.tuples(st.integers(1, 5), DECLINES), min_size=1, max_size=MOST),
)
def test_no_other_way_gives_as_much_to_who_declined_it_less_often(ratings, work):
    agents = [an_agent(id, skills={"Latin": rating}) for id, rating in enumerate(ratings, start=1)]
    items = [
        an_item(id, skills=required("Latin", rating=asked), declined=declined)
        for id, (asked, declined) in enumerate(work, start=1)
    ]

    found = matching(items, agents, skills=100, waiting=0, fairness=0).assignments

    declines = sum(each.numbers.get("declines", 0) for each in found)
    many, fewest, score = best(ratings, work)
    assert (len(found), declines) == (many, fewest)
    assert abs(sum(each.numbers["score"] for each in found) - score) < 0.01


def best(ratings, work):
    """How many, how often declined and with which score, by trying all ways."""
    seats = [*enumerate(ratings, start=1), *[None] * len(work)]
    ways = (
        [
            (declined.get(seat[0], 0), 100 * (1 - (seat[1] - asked) / 5))
            for seat, (asked, declined) in zip(way, work, strict=True)
            if seat is not None and seat[1] >= asked
        ]
        for way in permutations(seats, len(work))
    )
    totals = ((len(way), -sum(d for d, _ in way), sum(s for _, s in way)) for way in ways)
    many, fewest, score = max(totals)
    return many, -fewest, score
