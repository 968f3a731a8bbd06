"""Of who meets no rule of a method it is told what the rule asks of him, and what he can change."""

import pytest

from routing.engine.explain import blockers_of, waiting_because
from tests.routing.engine.methods import NAME, a_method, row
from tests.routing.engine.situations import NOW, a_configuration, a_queue, an_agent, an_item

OWN = a_queue(assignment_method=NAME)


def told(when, agent, *pieces, item=None):
    """The only blocker, where the method's only rule asks this."""
    configuration = a_configuration(OWN, a_method({"name": "Ours", "when": when}), *pieces)
    [found] = waiting_because(blockers_of(configuration, item or an_item(), [agent], now=NOW))
    return found["blocker"], found["sentence"], found["would_help"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (row("agent.capacity", "less", 2), "agent available capacity is less than 2"),
        (row("agent.units", "equals", 2), "agent free units equals 2"),
        ({"not": row("agent.units", "greater", 2)}, "not (agent free units is greater than 2)"),
    ],
    ids=["less", "just so much", "not more"],
)
def test_who_has_more_room_than_is_asked_for_is_not_told_to_finish_work(asked, said):
    blocker, sentence, would_help = told(asked, an_agent(units_limit=5))

    assert blocker == "meets_an_assignment_rule"
    assert sentence == f"1 of 1 member meets no assignment rule: “Ours” asks {said}."
    assert "finishes work" not in would_help
