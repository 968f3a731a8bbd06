"""The batch decision: order of work, affinity, capacity consumed on the way, blockers."""

from typing import Any

import pytest

from agents.terms import BasePresence
from routing.engine.assign import decide, decide_in_steps
from routing.engine.decisions import BatchDecision
from routing.engine.facts import AgentFacts, ItemFacts, ProfileRoom
from routing.engine.staff import Staff
from routing.engine.steps import finished
from routing.terms import How
from tests.routing.engine.situations import (
    NOW,
    a_configuration,
    a_queue,
    a_workstream,
    an_agent,
    an_item,
    required,
)
from workstreams.terms import AssignmentMethodName

OFFLINE = BasePresence.OFFLINE


def decided(
    items: list[ItemFacts], agents: list[AgentFacts], *pieces: Any, **given: Any
) -> BatchDecision:
    return decide(a_configuration(*pieces), items, agents, now=NOW, **given)


def pairs(decision: BatchDecision) -> list[tuple[int, int]]:
    return [(proposal.item_id, proposal.agent_id) for proposal in decision.assignments]


def test_the_oldest_item_goes_first():
    items = [an_item(1, waits=5), an_item(2, waits=9), an_item(3, waits=9)]

    assert pairs(decided(items, [an_agent(units_limit=2)])) == [(2, 1), (3, 1)]


def test_a_smaller_queue_number_goes_first():
    items = [an_item(1, waits=99), an_item(2, queue_id=2)]
    agents = [an_agent(queues=(1, 2))]

    decision = decided(items, agents, a_queue(1, priority=2), a_queue(2, priority=1))

    assert pairs(decision) == [(2, 1)]


def test_queues_of_one_number_are_served_as_one_line():
    items = [an_item(id, waits=100 - id, queue_id=1 + id % 2) for id in range(1, 7)]

    decision = decided(items, [an_agent(queues=(1, 2), units_limit=9)], a_queue(2))

    assert [item for item, _ in pairs(decision)] == [1, 2, 3, 4, 5, 6]


def test_round_robin_rotates_within_the_batch():
    items = [an_item(id, waits=100 - id) for id in range(1, 8)]
    agents = [an_agent(id, units_limit=9) for id in (3, 1, 2)]

    decision = decided(items, agents, a_queue(assignment_method="advanced_round_robin"))

    assert [agent for _, agent in pairs(decision)] == [1, 2, 3, 1, 2, 3, 1]


def test_highest_capacity_fills_the_roomiest_and_then_levels():
    items = [an_item(id, waits=100 - id) for id in range(1, 6)]
    agents = [an_agent(1, units_limit=2), an_agent(2, units_limit=4)]

    assert [agent for _, agent in pairs(decided(items, agents))] == [2, 2, 1, 2, 1]


def test_a_proposal_names_what_it_holds_and_what_it_won_by():
    item = an_item(5, capacity_profiles=("Day",))
    agent = an_agent(8, units_limit=3, profiles={"Day": ProfileRoom(limit=2)})

    proposal = decided([item], [agent]).assignments[0]

    assert (proposal.queue_id, proposal.units, proposal.profiles) == (1, 1, ("Day",))
    assert proposal.how is How.PUSH
    assert proposal.numbers == {
        "room": 3,
        "last_assigned_at": None,
        "last_released_at": None,
        "position": 8,
    }


def test_a_blocking_profile_that_fills_in_the_batch_stops_other_work():
    profile = {"Calls": ProfileRoom(limit=1, blocks=True)}
    items = [an_item(1, waits=9, capacity_units=0, capacity_profiles=("Calls",)), an_item(2)]

    decision = decided(items, [an_agent(units_limit=5, profiles=profile)])

    assert pairs(decision) == [(1, 1)]
    assert decision.unmatched[0].counts == {"has_room": 1}


def test_an_agent_needs_room_in_every_profile_of_an_item():
    """The example of A 13: five a day in all, two of them of high and four of normal value."""
    profiles = {name: ProfileRoom(limit=limit) for name, limit in (("All", 5), ("High", 2))}
    agent = an_agent(profiles=profiles | {"Normal": ProfileRoom(limit=4)})
    items = [
        an_item(id, waits=99 - id, capacity_units=0, capacity_profiles=("All", value))
        for id, value in enumerate(["High"] * 3 + ["Normal"] * 5, 1)
    ]

    assert [item for item, _ in pairs(decided(items, [agent]))] == [1, 2, 4, 5, 6]


@pytest.mark.parametrize(
    "profiles", [{"All": ProfileRoom(limit=5)}, {"High": ProfileRoom(limit=2)}]
)
def test_who_has_only_some_of_its_profiles_does_not_qualify(profiles):
    item = an_item(capacity_units=0, capacity_profiles=("All", "High"))

    assert pairs(decided([item], [an_agent(profiles=profiles, units_limit=9)])) == []


def test_a_full_profile_that_does_not_block_leaves_the_others():
    profiles = {"Calls": ProfileRoom(limit=1, used=1), "Chats": ProfileRoom(limit=1)}
    items = [
        an_item(id, capacity_units=0, capacity_profiles=(name,))
        for id, name in ((1, "Calls"), (2, "Chats"))
    ]

    assert pairs(decided(items, [an_agent(profiles=profiles)])) == [(2, 1)]


@pytest.mark.parametrize("method", list(AssignmentMethodName))
def test_built_in_methods_ask_for_no_work_hours(method):
    """Nobody's calendar is known here, so nobody is working by it."""
    agents = [an_agent(1, hours="Nights")]

    assert pairs(decided([an_item()], agents, a_queue(assignment_method=method))) == [(1, 1)]


def test_exactly_enough_units_are_enough():
    items = [an_item(id, waits=9 - id, capacity_units=5) for id in range(1, 5)]

    assert len(decided(items, [an_agent(units_limit=15)]).assignments) == 3


def test_who_is_past_the_limit_gets_nothing_more():
    items = [an_item(1), an_item(2, capacity_units=0)]

    given = pairs(decided(items, [an_agent(units_limit=1, units_used=3)]))

    assert given == []


def test_who_may_only_be_available_gets_one_item_a_batch_where_that_makes_him_busy():
    items = [an_item(1, waits=20), an_item(2, waits=10)]
    agents = [
        an_agent(1, units_limit=5, presence_follows=True),
        an_agent(2, units_limit=5, base_presence=BasePresence.AWAY),
    ]

    decision = decided(items, agents)

    assert pairs(decision) == [(1, 1)]
    assert decision.unmatched[0].counts == {"presence_is_allowed": 2}


def test_a_presence_that_was_chosen_lasts_through_the_batch():
    items = [an_item(1, waits=20), an_item(2, waits=10)]

    decision = decided(items, [an_agent(1, units_limit=5, presence_follows=False)])

    assert pairs(decision) == [(1, 1), (2, 1)]


def test_affinity_goes_first_and_ignores_presence_room_and_membership():
    items = [an_item(1, waits=99), an_item(2, affinity_agent_id=7)]
    agents = [an_agent(1), an_agent(7, base_presence=OFFLINE, units_limit=0, queues=(2,))]

    decision = decided(items, agents)

    assert pairs(decision) == [(2, 7), (1, 1)]
    assert decision.assignments[0].how is How.AFFINITY


def test_affinity_asks_for_no_preferred_agent():
    item = an_item(affinity_agent_id=1, preferred=((2, "agent2"),))

    [proposal] = decided([item], [an_agent(1), an_agent(2)]).assignments

    assert (proposal.agent_id, proposal.how, proposal.wishes) == (1, How.AFFINITY, ())


def test_affinity_uses_up_the_room_that_others_would_have_had():
    items = [an_item(1, waits=99), an_item(2, affinity_agent_id=1)]

    assert pairs(decided(items, [an_agent(1)])) == [(2, 1)]


@pytest.mark.parametrize(
    ("item", "agent"),
    [
        (an_item(affinity_agent_id=9), an_agent(2)),
        (an_item(affinity_agent_id=1), an_agent(1, is_enabled=False)),
        (an_item(affinity_agent_id=1, declined={1: 1}), an_agent(1, units_limit=0)),
        (an_item(affinity_agent_id=1, cooling_down=frozenset({1})), an_agent(1)),
    ],
    ids=["unknown", "disabled", "declined", "cooling down"],
)
def test_an_item_whose_agent_cannot_have_it_is_ordinary(item, agent):
    decision = decided([item], [agent, an_agent(5)])

    assert all(proposal.how is How.PUSH for proposal in decision.assignments)
    assert len(decision.assignments) == 1


def test_a_group_nobody_can_take_does_not_hold_the_items_behind_it():
    blocked = [an_item(id, waits=999, skills=required("Latin")) for id in range(1, 101)]
    agents = [an_agent(1), an_agent(2, base_presence=OFFLINE), an_agent(3, units_limit=0)]

    decision = decided([*blocked, an_item(101)], agents)

    assert pairs(decision) == [(101, 1)]
    [group] = decision.unmatched
    assert (group.first_item_id, group.waiting, group.members) == (1, 100, 3)
    assert group.counts == {"has_room": 2, "presence_is_allowed": 1}


def test_the_rest_of_a_group_that_ran_out_of_agents_is_unmatched():
    items = [an_item(id, waits=100 - id) for id in range(1, 6)]

    decision = decided(items, [an_agent(units_limit=2)])

    [group] = decision.unmatched
    assert (group.first_item_id, group.waiting, group.counts) == (3, 3, {"has_room": 1})


REASONS = [
    ("no queue", an_item(queue_id=None), "queue_is_unknown"),
    ("unknown queue", an_item(queue_id=99), "queue_is_unknown"),
    ("unknown workstream", an_item(workstream_id=99), "workstream_is_unknown"),
    ("pick", an_item(workstream_id=2), "workstream_is_to_pick_from"),
]


@pytest.mark.parametrize(
    ("item", "reason"), [case[1:] for case in REASONS], ids=[case[0] for case in REASONS]
)
def test_an_item_that_is_not_to_be_routed_has_a_reason(item, reason):
    decision = decided([item], [an_agent()], a_workstream(2, distribution_mode="pick"))

    assert decision.assignments == ()
    assert decision.unmatched[0].reason == reason


def test_the_limit_ends_the_batch_and_says_so():
    items = [an_item(id) for id in range(1, 9)]
    agents = [an_agent(units_limit=9)]

    assert len(decided(items, agents, limit=3).assignments) == 3
    assert decided(items, agents, limit=3).is_cut_off
    assert decided(items, agents, limit=0).assignments == ()
    assert not decided(items, agents, limit=9).is_cut_off


def test_a_declined_item_goes_to_someone_else():
    items = [an_item(1, declined={1: 1}), an_item(2, declined={1: 3})]

    decision = decided(items, [an_agent(1, units_limit=9), an_agent(2, units_limit=9)])

    assert pairs(decision) == [(1, 2), (2, 2)]


def test_an_agent_who_declined_gets_it_again_if_nobody_else_has_room():
    agents = [an_agent(1), an_agent(2, units_used=1)]

    assert pairs(decided([an_item(declined={1: 2})], agents)) == [(1, 1)]
    assert pairs(decided([an_item(declined={1: 3})], agents)) == []


def test_an_item_that_everyone_declined_is_offered_again_after_the_cool_down():
    agents = [an_agent(1), an_agent(2)]
    declined = {1: 3, 2: 3}

    cooling = decided([an_item(declined=declined, cooling_down=frozenset({1, 2}))], agents)
    later = decided([an_item(declined=declined, cooling_down=frozenset({1}))], agents)

    assert cooling.unmatched[0].counts == {"has_not_declined_too_often": 2}
    assert pairs(later) == [(1, 2)]


def test_a_decision_names_the_configuration_version():
    assert decided([], []).configuration_version == 7
    assert decided([], []).unmatched == ()


def test_a_decision_in_steps_is_the_decision_and_each_proposal_is_a_step():
    items = [an_item(id, waits=100 - id) for id in range(1, 6)]
    agents = [an_agent(1, units_limit=3), an_agent(2, units_limit=2)]
    steps = decide_in_steps(a_configuration(), items, agents, now=NOW)

    for _ in items:
        next(steps)

    assert finished(steps) == decided(items, agents)


def test_a_decision_that_is_left_half_way_leaves_nothing_with_the_agents():
    staff = Staff([an_agent(units_limit=2)])
    items = [an_item(1, waits=9), an_item(2)]
    steps = decide_in_steps(a_configuration(), items, staff, now=NOW)
    seat = staff.seat(1)
    assert seat is not None
    while seat.units_used == 0:
        next(steps)

    steps.close()

    assert (seat.units_used, seat.version) == (0, 0)
