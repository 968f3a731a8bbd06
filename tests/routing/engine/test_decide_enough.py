"""A batch that takes long is cut off: what it decided stays as it was, the rest is for the next."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.engine.assign import decide, decide_in_steps
from routing.engine.configuration import compile_piece
from routing.engine.steps import finished
from tests.routing.engine.methods import NAME
from tests.routing.engine.situations import NOW, a_configuration, a_queue, an_agent, an_item
from tests.routing.engine.test_decide_properties import agents, configurations, items
from tests.routing.engine.test_ramp import configurations as configurations_with_rules


def decided(configuration, waiting, all_agents, enough):
    steps = decide_in_steps(
        configuration, waiting, all_agents, now=NOW, is_enough=lambda given: given >= enough
    )
    return finished(steps)


@settings(max_examples=60, deadline=None)
@given(
    configuration=configurations() | configurations_with_rules(),
    waiting=items(),
    all_agents=agents(),
    enough=st.integers(1, 6),
)
def test_enough_is_the_beginning_of_what_would_be_decided(
    configuration, waiting, all_agents, enough
):
    whole = decide(configuration, waiting, all_agents, now=NOW)

    begun = decided(configuration, waiting, all_agents, enough)

    assert begun.assignments == whole.assignments[:enough]
    assert begun.is_cut_off or begun == whole


@pytest.mark.parametrize(("enough", "is_cut_off"), [(2, True), (3, False)])
def test_it_is_said_whether_anything_was_left(enough, is_cut_off):
    waiting = [an_item(id) for id in (1, 2, 3)]

    decision = decided(a_configuration(), waiting, [an_agent(units_limit=9)], enough)

    assert (len(decision.assignments), decision.is_cut_off) == (enough, is_cut_off)


def test_what_is_matched_at_once_is_not_parted():
    best = compile_piece("assignment_method", {"name": NAME, "kind": "best_match"}, id=1)
    configuration = a_configuration(best, a_queue(assignment_method=NAME))
    waiting = [an_item(id) for id in (1, 2, 3)]

    decision = decided(configuration, waiting, [an_agent(units_limit=9)], 1)

    assert len(decision.assignments) == 3
