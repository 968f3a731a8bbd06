"""By what the first comes before the next, for everything that a method may order by."""

import pytest

from routing.engine.explain import considered
from routing.engine.explain.method import compared, why_first
from routing.engine.facts import Membership
from tests.routing.engine.methods import NAME, a_method, a_rule
from tests.routing.engine.situations import (
    NOW,
    a_configuration,
    a_queue,
    ago,
    an_agent,
    an_item,
    required,
)

ROOMY = {"by": "capacity", "direction": "descending"}
OLD = {"by": "agent.created_at", "direction": "ascending"}
LANGUAGE = {"by": "agent.locale", "direction": "ascending"}
CASES = [
    ("round_robin", "by last assignment: never against 11:59:10 UTC on 03 Mar."),
    ("least_active", "by last release of capacity: never against 11:59:57 UTC on 03 Mar."),
    (ROOMY, "by capacity: 3 against 1."),
    ("proficiency_nearest", "by proficiency nearest: met 1, shortfall 0, distance 1, beside 0"
     " against met 0, shortfall 2, distance 2, beside 0."),
    ("skill_count", "by skill count: 1 against 0."),
    (OLD, "by created at: 11:58:21 UTC on 03 Mar against 11:59:51 UTC on 03 Mar."),
    (LANGUAGE, "by locale: de against nothing."),
]  # fmt: skip


@pytest.mark.parametrize(("order", "said"), CASES)
def test_the_sentence_says_what_decided(order, said):
    configuration = a_configuration(
        a_queue(assignment_method=NAME), a_method(a_rule("Any", order=[order]))
    )
    worked = {1: Membership(position=1, last_assigned_at=ago(50))}
    agents = [
        an_agent(1, memberships=worked, last_released_at=ago(3), created_at=ago(9).isoformat()),
        an_agent(2, locale="de", units_limit=3, skills={"Latin": 3.0},
                 created_at=ago(99).isoformat()),
    ]  # fmt: skip
    item = an_item(skills=required("Latin", rating=2))

    listed = considered(configuration, item, agents, now=NOW)["agents_considered"]

    assert why_first(listed, compared(configuration, item, listed)) == (
        f"agent2 comes before agent1 {said}"
    )


TURNS = {"by": "round_robin"}
LOCALE = {"by": "agent.locale", "direction": "ascending"}
FEWER = {"by": "agent.units_limit", "direction": "ascending"}


def why_of(*order, agents):
    configuration = a_configuration(
        a_queue(assignment_method=NAME), a_method(a_rule("Any", order=order))
    )
    listed = considered(configuration, an_item(), agents, now=NOW)["agents_considered"]
    return why_first(listed, compared(configuration, an_item(), listed))


def test_of_whom_none_was_assigned_yet_a_round_robin_goes_by_membership():
    agents = [an_agent(1, units_limit=2), an_agent(2, units_limit=5)]

    why = why_of(TURNS, ROOMY, agents=agents)

    assert why == "agent1 comes before agent2 by place among the members: 1 against 2."


@pytest.mark.parametrize(("mine", "theirs"), [("anna", "Anna"), ("", None)])
def test_texts_are_told_apart_only_as_far_as_they_are_sorted_apart(mine, theirs):
    agents = [an_agent(1, locale=mine, units_limit=5), an_agent(2, locale=theirs, units_limit=2)]

    why = why_of(LOCALE, FEWER, agents=agents)

    assert why == "agent2 comes before agent1 by units limit: 2 against 5."
