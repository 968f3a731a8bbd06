"""The best overall match of a batch."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from routing.engine.assign import decide
from routing.engine.configuration import compile_piece
from routing.engine.facts import Membership
from tests.routing.engine.methods import NAME
from tests.routing.engine.situations import (
    NOW,
    a_configuration,
    a_queue,
    a_workstream,
    ago,
    an_agent,
    an_item,
    required,
)

KNOWN = st.frozensets(st.sampled_from(["Greek", "Latin"]))
MODEL = compile_piece("rating_model", {"name": "Stars", "min": 1, "max": 5}, id=1)
LATIN = compile_piece("skill", {"name": "Latin", "rating_model": "Stars"}, id=1)


def matching(items: Any, agents: Any, *pieces: Any, limit: int = 1000, **weights: float) -> Any:
    wanted = {"skills": 60, "waiting": 20, "fairness": 20} | weights
    piece = {"name": NAME, "kind": "best_match", "weights": wanted}
    configuration = a_configuration(
        a_queue(assignment_method=NAME),
        compile_piece("assignment_method", piece, id=1),
        MODEL,
        LATIN,
        *pieces,
    )
    return decide(configuration, items, agents, now=NOW, limit=limit)


def pairs(decision: Any) -> dict[int, int]:
    return {each.item_id: each.agent_id for each in decision.assignments}


def test_the_expert_is_kept_for_whom_he_is_asked_of():
    """Highest capacity would give the first item to the expert, and leave the second."""
    items = [an_item(1, waits=9), an_item(2, waits=1, skills=required("Latin", rating=5))]
    agents = [an_agent(1, skills={"Latin": 5}), an_agent(2)]

    assert pairs(matching(items, agents)) == {1: 2, 2: 1}


def test_who_knows_just_what_is_asked_goes_before_who_knows_more():
    items = [an_item(1, skills=required("Latin", rating=2))]
    agents = [an_agent(1, skills={"Latin": 5}), an_agent(2, skills={"Latin": 2})]

    decided = matching(items, agents)

    assert pairs(decided) == {1: 2}
    assert decided.assignments[0].numbers["skill_fit"] == 1


def test_skills_weigh_nothing_where_the_workstream_ignores_them():
    ignored = a_workstream(skill_matching="none")
    items = [an_item(1, skills=required("Latin", rating=5))]
    turns = {1: Membership(position=1, last_assigned_at=ago(5)), 2: Membership(position=2)}
    agents = [
        an_agent(1, skills={"Latin": 5}, memberships={1: turns[1]}),
        an_agent(2, memberships={1: turns[2]}),
    ]

    decided = matching(items, agents, ignored)

    assert pairs(decided) == {1: 2}
    assert decided.assignments[0].numbers["skill_fit"] == 1


def test_as_many_items_as_possible_go_before_any_score():
    closest = a_workstream(skill_matching="closest")
    items = [
        an_item(1, waits=9, skills=required("Latin", rating=5)),
        an_item(2, declined={2: 3, 9: 1}),
    ]
    agents = [an_agent(1, skills={"Latin": 5}), an_agent(2)]

    assert pairs(matching(items, agents, closest)) == {1: 2, 2: 1}


def test_who_declined_comes_after_who_did_not_however_well_he_fits():
    items = [an_item(1, skills=required("Latin", rating=2), declined={1: 1})]
    agents = [an_agent(1, skills={"Latin": 2}), an_agent(2, skills={"Latin": 5})]

    decided = matching(items, agents)

    assert pairs(decided) == {1: 2}
    assert decided.assignments[0].numbers["declines"] == 0


def test_who_declined_gets_it_where_another_item_would_find_nobody():
    items = [an_item(1, waits=9, declined={1: 2}), an_item(2, skills=required("Latin"))]
    agents = [an_agent(1), an_agent(2, skills={"Latin": 5})]

    assert pairs(matching(items, agents)) == {1: 1, 2: 2}


def test_with_too_few_agents_the_longest_wait_wins_when_it_weighs_most():
    items = [an_item(id, waits=id) for id in (1, 2, 3)]

    assert pairs(matching(items, [an_agent(1)], waiting=100, skills=0, fairness=0)) == {3: 1}


def test_with_equal_fit_who_was_assigned_longest_ago_is_first():
    agents = [
        an_agent(id, memberships={1: Membership(position=id, last_assigned_at=ago(seconds))})
        for id, seconds in ((1, 5), (2, 50))
    ]

    assert pairs(matching([an_item(1)], agents)) == {1: 2}


@pytest.mark.parametrize(
    "weights", [{"fairness": 0}, {"waiting": 0}, {"skills": 0, "waiting": 0, "fairness": 0}]
)
def test_whatever_weighs_nothing_still_tells_equals_apart(weights):
    turns = [Membership(position=id, last_assigned_at=ago(9 * id)) for id in range(1, 5)]
    agents = [an_agent(id, memberships={1: turn}) for id, turn in enumerate(turns, start=1)]
    items = [an_item(id, waits=60 - abs(id - 4)) for id in range(1, 8)]

    few, many = matching(items[3:4], agents, **weights), matching(items, agents[:3], **weights)

    assert pairs(few) == {4: 4}
    assert sorted(pairs(many)) == [3, 4, 5]


def test_rounds_give_everyone_something_before_anyone_gets_a_second_item():
    items = [an_item(id, waits=9 - id) for id in range(1, 5)]
    agents = [an_agent(1, units_limit=9), an_agent(2, units_limit=9)]

    given = [each.agent_id for each in matching(items, agents).assignments]

    assert sorted(given) == [1, 1, 2, 2]
    assert set(given[:2]) == {1, 2}


def test_a_round_takes_nobody_whom_another_item_needs_in_a_later_one():
    """The two who have waited longest could share the first round, and Latin would find nobody."""
    items = [an_item(1, waits=1, skills=required("Latin"))]
    items += [an_item(id, waits=90 + id) for id in (2, 3)]
    agents = [an_agent(1, skills={"Latin": 5}), an_agent(2, units_limit=2)]

    decided = matching(items, agents)

    assert pairs(decided) == {1: 1, 2: 2, 3: 2}
    assert {each.matched for each in decided.assignments} == {("Queue 1",)}


def test_work_of_unlike_needs_is_matched_round_by_round():
    items = [an_item(1, waits=9), an_item(2, waits=1, capacity_units=2)]

    decided = matching(items, [an_agent(1, units_limit=3)])

    assert pairs(decided) == {1: 1, 2: 1}
    assert {each.matched for each in decided.assignments} == {()}


@settings(max_examples=100, deadline=None)
@given(
    people=st.lists(st.tuples(KNOWN, st.integers(1, 4)), min_size=2, max_size=5),
    wishes=st.lists(st.tuples(KNOWN, st.integers(0, 99)), min_size=2, max_size=9),
)
def test_as_many_items_find_an_agent_as_there_are_ways_to(people, wishes):
    agents = [
        an_agent(id, skills=dict.fromkeys(knows, 5), units_limit=room)
        for id, (knows, room) in enumerate(people, start=1)
    ]
    items = [
        an_item(id, waits=waits, skills=required(*needs))
        for id, (needs, waits) in enumerate(wishes, start=1)
    ]

    decided = matching(items, agents)

    seats = [knows for knows, room in people for _ in range(room)]
    ways = csr_array([[needs <= knows for knows in seats] for needs, _ in wishes])
    assert len(decided.assignments) == sum(maximum_bipartite_matching(ways) >= 0)


def test_what_nobody_may_take_stays_and_says_why():
    items = [an_item(1, skills=required("Latin")), an_item(2)]

    decided = matching(items, [an_agent(1, units_limit=5)])

    assert pairs(decided) == {2: 1}
    assert decided.unmatched[0].counts == {"has_every_skill": 1}


def test_the_limit_of_a_cycle_holds():
    items = [an_item(id, waits=id) for id in range(1, 6)]
    agents = [an_agent(id) for id in range(1, 6)]
    configuration = a_configuration(
        a_queue(assignment_method=NAME),
        compile_piece("assignment_method", {"name": NAME, "kind": "best_match"}, id=1),
    )

    decided = decide(configuration, items, agents, now=NOW, limit=2)

    assert len(decided.assignments) == 2
    assert decided.is_cut_off


def test_what_nobody_can_take_does_not_stand_before_what_somebody_can():
    hopeless = [an_item(id, waits=10 + id, skills=required("Latin")) for id in (1, 2, 3)]

    decided = matching([*hopeless, an_item(4, waits=1)], [an_agent(1)], limit=3)

    assert pairs(decided) == {4: 1}


def test_more_items_than_their_agents_have_room_for_do_not_stand_before_others():
    latin = [an_item(id, waits=10 + id, skills=required("Latin")) for id in (1, 2, 3)]
    agents = [an_agent(1, skills={"Latin": 5}, units_limit=2), an_agent(2, units_limit=1)]

    decided = matching([*latin, an_item(4, waits=1)], agents, limit=3)

    assert pairs(decided) == {3: 1, 4: 2, 2: 1}
    assert decided.is_cut_off


@settings(max_examples=60, deadline=None)
@given(
    ratings=st.lists(st.none() | st.integers(1, 5), min_size=1, max_size=5),
    wishes=st.lists(st.integers(1, 5), min_size=1, max_size=4),
    seed=st.randoms(),
)
def test_no_other_way_has_more_items_or_a_higher_total(ratings, wishes, seed):
    agents = [
        an_agent(id, skills={} if rating is None else {"Latin": rating})
        for id, rating in enumerate(ratings, start=1)
    ]
    items = [
        an_item(id, skills=required("Latin", rating=rating))
        for id, rating in enumerate(wishes, start=1)
    ]

    decided = matching(items, agents, skills=1, waiting=0, fairness=0)
    seed.shuffle(agents)
    again = matching(items, agents, skills=1, waiting=0, fairness=0)

    found = len(decided.assignments), sum(each.numbers["score"] for each in decided.assignments)
    assert found[0] == best(ratings, wishes)[0]
    assert abs(found[1] - best(ratings, wishes)[1]) < 0.01
    assert pairs(decided) == pairs(again)


def best(ratings: list[int | None], wishes: list[int]) -> tuple[int, float]:
    """By trying all ways."""
    ways = permutations([*ratings, *[None] * len(wishes)], len(wishes))
    return max(
        (
            sum(has is not None and has >= asked for has, asked in zip(way, wishes, strict=True)),
            sum(
                1 - (has - asked) / 5
                for has, asked in zip(way, wishes, strict=True)
                if has is not None and has >= asked
            ),
        )
        for way in ways
    )
