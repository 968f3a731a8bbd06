"""The built-in methods written as custom ones decide alike, whatever the organisation."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.engine.assign import decide
from routing.engine.configuration import compile_piece
from routing.engine.methods.built_in import rulesets_of
from tests.routing.engine.situations import NOW, a_configuration, a_queue, a_workstream
from tests.routing.engine.test_decide_properties import METHODS, agents, items
from workstreams.terms import SkillMatching


def organisation(method: str, matching: SkillMatching, priorities: list[int], name: str) -> Any:
    """Two workstreams of one skill matching, three queues of one method."""
    return a_configuration(
        *(a_workstream(id, skill_matching=matching.value) for id in (1, 2)),
        *(
            a_queue(id, priority=priority, assignment_method=name)
            for id, priority in enumerate(priorities, start=1)
        ),
        compile_piece(
            "assignment_method", {"name": "Ours", "rulesets": rulesets_of(method, matching)}, id=1
        ),
    )


@pytest.mark.parametrize("matching", list(SkillMatching))
@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=50, deadline=None)
@given(
    waiting=items(),
    all_agents=agents(),
    priorities=st.lists(st.sampled_from([1, 1, 2]), min_size=3, max_size=3),
)
def test_a_built_in_method_and_its_custom_form_decide_alike(
    method, matching, waiting, all_agents, priorities
):
    built_in = organisation(method, matching, priorities, method)
    custom = organisation(method, matching, priorities, "Ours")

    one = decide(built_in, waiting, all_agents, now=NOW)
    other = decide(custom, waiting, all_agents, now=NOW)

    assert [(each.item_id, each.agent_id) for each in one.assignments] == [
        (each.item_id, each.agent_id) for each in other.assignments
    ]
    assert {each.first_item_id for each in one.unmatched} == {
        each.first_item_id for each in other.unmatched
    }
