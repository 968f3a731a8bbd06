"""A method whose answers are known before a batch decides as one that is asked as it goes."""

from typing import Any
from unittest.mock import PropertyMock, patch

from hypothesis import given, settings
from hypothesis import strategies as st

from routing.engine.assign import decide
from routing.engine.methods.built_in import ROOM, SKILLED
from routing.engine.methods.shapes import CustomMethod
from routing.engine.staff import Staff
from tests.routing.engine.methods import NAME, a_method, a_rule, row
from tests.routing.engine.situations import NOW, a_configuration, a_queue, a_workstream
from tests.routing.engine.test_decide_properties import agents, items

ORDERS = (
    [{"by": "capacity", "direction": "descending"}],
    [{"by": "capacity", "direction": "ascending"}],
    [{"by": "round_robin"}],
    [{"by": "least_active"}],
    [{"by": "proficiency_nearest"}],
)
ROWS: tuple[list[dict[str, Any]], ...] = (
    [dict(ROOM), SKILLED],
    [dict(ROOM)],
    [row("agent.units", "less", 2)],
    [row("agent.units", "greater", 1), SKILLED],
    [],
)


@st.composite
def configurations(draw: Any) -> Any:
    rules = [
        a_rule(f"Rule {number}", *draw(st.sampled_from(ROWS)), order=draw(st.sampled_from(ORDERS)))
        for number in range(draw(st.integers(1, 3)))
    ]
    queues = [a_queue(id, assignment_method=NAME) for id in (1, 2, 3)]
    allowed = ["available", "busy"]
    return a_configuration(
        a_workstream(allowed_presences=allowed), a_workstream(2), a_method(*rules), *queues
    )


@settings(max_examples=120, deadline=None)
@given(configuration=configurations(), waiting=items(), more=items(), all_agents=agents())
def test_rules_decide_the_same_whether_answers_are_kept_or_not(
    configuration, waiting, more, all_agents
):
    staff = Staff(all_agents)
    for batch in (waiting, more):
        kept = decide(configuration, batch, staff, now=NOW)
        with patch.object(CustomMethod, "is_steady", new_callable=PropertyMock, return_value=False):
            asked = decide(configuration, batch, staff, now=NOW)

        assert kept == asked
