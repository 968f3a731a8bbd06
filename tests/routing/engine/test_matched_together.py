"""Best overall matches of queues that share agents: one match for all of them."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.engine.assign import decide
from routing.engine.assign.batch import Batch
from routing.engine.assign.sorts import Sort
from routing.engine.configuration import CompiledConfiguration, compile_piece
from routing.engine.facts import Membership
from routing.engine.staff import Staff
from routing.terms import How
from tests.routing.engine.methods import NAME, row
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
from tests.routing.engine.test_best_match import pairs

OTHER = "Other weights"
RULES = "In order"


def matching_queues(*queues: Any) -> CompiledConfiguration:
    """These, or three of one number that match by the same weights."""
    rules = {
        "name": RULES,
        "prioritization": [{"name": "All", "when": {**row("channel", "equals", "live_chat")}}],
        "rulesets": [{"name": "Any", "rules": [{"name": "Anybody", "when": {}, "order_by": []}]}],
    }
    methods = [
        {"name": NAME, "kind": "best_match"},
        {"name": OTHER, "kind": "best_match", "weights": {"waiting": 90}},
        rules,
    ]
    return a_configuration(
        *(queues or [a_queue(id, assignment_method=NAME) for id in (1, 2, 3)]),
        *(compile_piece("assignment_method", piece, id=id) for id, piece in enumerate(methods, 1)),
    )


def scarce() -> tuple[Sequence[Any], Sequence[Any]]:
    """The expert, who would be first for the plain item of queue 1, is all that queue 2 has."""
    items = [an_item(1, waits=9), an_item(2, queue_id=2, skills=required("Latin"))]
    return items, [an_agent(1, queues=(1, 2), skills={"Latin": 3}), an_agent(2)]


def test_a_queue_takes_nobody_whom_the_next_one_needs_more():
    items, agents = scarce()

    decided = decide(matching_queues(), items, agents, now=NOW)

    assert pairs(decided) == {1: 2, 2: 1}


def test_each_assignment_names_the_queues_that_were_matched_at_once():
    items, agents = scarce()

    decided = decide(matching_queues(), items, agents, now=NOW)

    assert [each.matched for each in decided.assignments] == [("Queue 1", "Queue 2")] * 2


@pytest.mark.parametrize(
    "second",
    [{"priority": 2, "assignment_method": NAME}, {"assignment_method": OTHER}],
    ids=["of another number", "by other weights"],
)
def test_a_queue_comes_after_another(second):
    items, agents = scarce()
    queues = [a_queue(1, assignment_method=NAME), a_queue(2, **second)]

    decided = decide(matching_queues(*queues), items, agents, now=NOW)

    assert pairs(decided) == {1: 1}
    assert decided.assignments[0].matched == ("Queue 1",)


def test_a_queue_with_an_order_of_its_own_keeps_its_turn_between_them():
    """By name it comes after the first and before the last, whoever they share."""
    methods = {1: NAME, 2: RULES, 3: NAME}
    queues = [a_queue(id, assignment_method=name) for id, name in methods.items()]
    items = [an_item(id, queue_id=id, waits=id) for id in methods]
    agents = [an_agent(id, queues=(1, 2, 3)) for id in (1, 2)]

    decided = decide(matching_queues(*queues), items, agents, now=NOW)

    assert list(pairs(decided)) == [1, 2]


def test_without_work_it_keeps_nobody_apart():
    methods = {1: NAME, 2: RULES, 3: NAME}
    queues = [a_queue(id, assignment_method=name) for id, name in methods.items()]
    items = [an_item(1), an_item(3, queue_id=3, waits=9)]

    decided = decide(matching_queues(*queues), items, [an_agent(queues=(1, 2, 3))], now=NOW)

    assert pairs(decided) == {3: 1}


def test_queues_that_go_by_age_come_before_all_that_are_matched():
    queues = [a_queue(1, assignment_method=NAME), a_queue(2), a_queue(3, assignment_method=NAME)]
    items = [an_item(id, queue_id=id, waits=id) for id in (1, 2, 3)]

    decided = decide(matching_queues(*queues), items, [an_agent(queues=(1, 2, 3))], now=NOW)

    assert pairs(decided) == {2: 1}


def test_queues_that_share_nobody_are_each_matched_as_if_alone():
    """Of an older queue nothing is said, and its longest wait is no measure for the others."""
    items = [an_item(1, waits=9), an_item(2, waits=3), an_item(3, queue_id=2, waits=99)]
    agents = [an_agent(1), an_agent(2, queues=(2,))]
    configuration = matching_queues()

    decided = decide(configuration, items, agents, now=NOW)

    alone = [
        decide(configuration, [i for i in items if i.queue_id == id], agents, now=NOW)
        for id in (1, 2)
    ]
    assert [each.numbers for each in decided.assignments] == [
        each.numbers for one in alone for each in one.assignments
    ]
    assert [each.matched for each in decided.assignments] == [("Queue 1",), ("Queue 2",)]


def test_who_is_not_there_joins_no_queues():
    items = [an_item(1), an_item(2, queue_id=2)]
    away = an_agent(9, queues=(1, 2), base_presence="away")

    decided = decide(
        matching_queues(), items, [an_agent(1), an_agent(2, queues=(2,)), away], now=NOW
    )

    assert [each.matched for each in decided.assignments] == [("Queue 1",), ("Queue 2",)]


def test_queues_may_share_agents_by_way_of_a_third():
    items = [an_item(id, queue_id=id) for id in (1, 2, 3)]
    agents = [an_agent(1, queues=(1, 3)), an_agent(2, queues=(3, 2)), an_agent(3, queues=(2,))]

    decided = decide(matching_queues(), items, agents, now=NOW)

    assert pairs(decided) == {1: 1, 2: 3, 3: 2}


@settings(max_examples=40, deadline=None)
@given(sharing=st.lists(st.sets(st.integers(1, 20), min_size=1, max_size=3), max_size=20))
def test_whoever_serves_two_queues_joins_them_and_nobody_else_does(sharing):
    queues = [a_queue(id, assignment_method=NAME) for id in range(1, 21)]
    items = [an_item(id, queue_id=id) for id in range(1, 21)]
    agents = [an_agent(id, queues=tuple(those)) for id, those in enumerate(sharing, start=1)]

    decided = decide(matching_queues(*queues), items, agents, now=NOW)

    joined = [{id} for id in range(1, 21)]
    for those in sharing:
        near = [each for each in joined if each & those]
        joined = [each for each in joined if each not in near] + [set().union(*near)]
    for each in decided.assignments:
        [own] = [those for those in joined if each.queue_id in those]
        assert set(each.matched) == {f"Queue {id}" for id in own}


def test_waits_are_compared_among_all_of_them():
    items = [an_item(1, waits=1), an_item(2, queue_id=2, waits=60)]

    decided = decide(matching_queues(), items, [an_agent(queues=(1, 2))], now=NOW)

    assert pairs(decided) == {2: 1}


def test_whose_turn_it_is_is_told_by_each_queue_for_itself():
    """Who has just had work of queue 1 may be the first of queue 2."""
    turns = {1: (5, 500), 2: (50, 50)}
    agents = [
        an_agent(
            id,
            memberships={
                queue: Membership(position=id, last_assigned_at=ago(seconds))
                for queue, seconds in enumerate(of_queues, start=1)
            },
        )
        for id, of_queues in turns.items()
    ]
    items = [an_item(1, waits=9), an_item(2, queue_id=2, waits=9)]

    decided = decide(matching_queues(), items, agents, now=NOW)

    assert pairs(decided) == {1: 2, 2: 1}
    assert [each.numbers["fairness"] for each in decided.assignments] == [1, 1]


def test_the_work_of_a_preferred_agent_goes_before_the_match_of_its_queue():
    """He has room for one: what he is preferred for is not taken from him by the first queue."""
    agents = [an_agent(1, queues=(1, 2)), an_agent(2, queues=(1, 2))]
    items = [
        an_item(1, waits=99),
        an_item(2, waits=98),
        an_item(3, queue_id=2, waits=9, preferred=((1, "agent1"),)),
        an_item(4, queue_id=2, waits=3),
    ]

    decided = decide(matching_queues(), items, agents, now=NOW)

    assert [(each.item_id, each.agent_id, each.how) for each in decided.assignments] == [
        (3, 1, How.PREFERRED),
        (1, 2, How.PUSH),
    ]


def test_rounds_give_everyone_something_before_anyone_gets_a_second_item():
    items = [an_item(id, queue_id=1 + id % 2, waits=9 - id) for id in range(1, 5)]
    agents = [an_agent(id, queues=(1, 2), units_limit=9) for id in (1, 2)]

    given = [
        each.agent_id for each in decide(matching_queues(), items, agents, now=NOW).assignments
    ]

    assert sorted(given) == [1, 1, 2, 2]
    assert set(given[:2]) == {1, 2}


def test_a_round_takes_nobody_whom_another_item_needs_in_a_later_one():
    """The two who have waited longest could share the first round; both can go to the second."""
    latin = an_item(1, waits=1, skills=required("Latin"))
    items = [latin, *(an_item(id, queue_id=2, waits=90 + id) for id in (2, 3))]
    expert = an_agent(1, queues=(1, 2), skills={"Latin": 5})

    decided = decide(
        matching_queues(), items, [expert, an_agent(2, queues=(2,), units_limit=2)], now=NOW
    )

    assert pairs(decided) == {1: 1, 2: 2, 3: 2}


def test_no_round_is_foreseen_after_there_is_room_for_all_items():
    agents = [an_agent(id, units_limit=9) for id in (1, 2, 3)]
    batch = Batch(matching_queues(), Staff(agents), now=NOW, maximum_declines=1)

    chances = Sort(batch, an_item()).chances({}, 5)

    assert [(number, place.seat.id) for number, place in chances] == [
        (number, id) for number in (0, 1) for id in (1, 2, 3)
    ]


def test_who_is_too_busy_after_one_item_gets_one():
    items = [an_item(id, queue_id=1 + id % 2) for id in range(1, 5)]
    agents = [
        an_agent(id, queues=(1, 2), units_limit=9, presence_follows=follows)
        for id, follows in ((1, True), (2, False))
    ]

    decided = decide(matching_queues(), items, agents, now=NOW)

    assert sorted(pairs(decided).values()) == [1, 2, 2, 2]


def test_queues_whose_work_needs_unlike_capacity_go_one_after_the_other():
    """At once the oldest would take the room for both of the first queue."""
    items = [an_item(id) for id in (1, 2)]
    items.append(an_item(3, queue_id=2, waits=9, capacity_units=2))

    decided = decide(matching_queues(), items, [an_agent(queues=(1, 2), units_limit=2)], now=NOW)

    assert pairs(decided) == {1: 1, 2: 1}
    assert [each.matched for each in decided.assignments] == [("Queue 1",)] * 2


def test_a_queue_whose_own_work_needs_unlike_capacity_keeps_its_turn_between_them():
    items = [an_item(id, queue_id=id, waits=id) for id in (1, 2, 3)]
    items.append(an_item(4, queue_id=2, capacity_units=2))
    agents = [an_agent(id, queues=(1, 2, 3), units_limit=2) for id in (1, 2)]

    decided = decide(matching_queues(), items, agents, now=NOW)

    assert [each.queue_id for each in decided.assignments] == [1, 2, 2]


@pytest.mark.parametrize("queue_id", [1, 2, 3])
def test_what_finds_nobody_parts_no_queues_and_takes_no_foresight_from_them(queue_id):
    latin = an_item(1, waits=1, skills=required("Latin"))
    items = [latin, *(an_item(id, queue_id=3, waits=90 + id) for id in (2, 3))]
    items.append(an_item(4, queue_id=queue_id, waits=99, capacity_units=5))
    expert = an_agent(1, queues=(1, 2, 3), skills={"Latin": 5})

    decided = decide(
        matching_queues(), items, [expert, an_agent(2, queues=(3,), units_limit=2)], now=NOW
    )

    assert pairs(decided) == {1: 1, 2: 2, 3: 2}
    assert [(each.first_item_id, each.counts) for each in decided.unmatched] == [
        (4, {"has_room": 2 if queue_id == 3 else 1})
    ]


def test_the_limit_of_a_cycle_goes_to_the_oldest_of_all_queues():
    items = [an_item(id, queue_id=1 + id % 2, waits=id) for id in range(1, 7)]
    agents = [an_agent(id, queues=(1, 2)) for id in range(1, 7)]

    decided = decide(matching_queues(), items, agents, now=NOW, limit=3)

    assert sorted(pairs(decided)) == [4, 5, 6]
    assert decided.is_cut_off


def test_what_stays_in_one_of_the_queues_says_why():
    items, agents = scarce()
    items = [*items, an_item(3, queue_id=2, skills=required("Greek"))]

    decided = decide(matching_queues(), items, agents, now=NOW)

    [left] = decided.unmatched
    assert (left.queue_id, left.first_item_id, left.counts) == (2, 3, {"has_room": 1})


def test_closest_and_exact_workstreams_may_be_matched_at_once():
    configuration = matching_queues(
        *(a_queue(id, assignment_method=NAME) for id in (1, 2)),
        a_workstream(2, skill_matching="closest"),
    )
    items = [
        an_item(1, workstream_id=2, skills=required("Latin", rating=4), waits=9),
        an_item(2, queue_id=2, skills=required("Latin")),
    ]
    agents = [an_agent(1, queues=(1, 2), skills={"Latin": 4}), an_agent(2)]

    assert pairs(decide(configuration, items, agents, now=NOW)) == {1: 2, 2: 1}
