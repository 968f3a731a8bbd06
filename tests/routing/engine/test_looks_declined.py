"""What was looked at for work that was declined, told as for any other work and as cheaply."""

from collections import Counter
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.engine.assign import decide
from routing.engine.configuration import compile_piece
from routing.engine.explain import Looks
from routing.engine.explain.failures import failures
from routing.engine.staff import Staff
from routing.terms import How
from tests.routing.engine.methods import NAME, a_method, a_rule
from tests.routing.engine.situations import (
    NOW,
    a_configuration,
    a_queue,
    a_workstream,
    an_agent,
    an_item,
    required,
)
from tests.routing.engine.test_decide_looks import METHODS, SPARED, watched
from tests.routing.engine.test_decide_properties import agents, configurations, items
from tests.routing.engine.test_ramp import configurations as configurations_with_rules

MEMBERS = 400
# What ten who are named, and whoever declined it, are looked at.
FEW = 40


@st.composite
def matching(draw):
    skills, fairness = draw(st.sampled_from([(60, 20), (0, 9), (3, 0), (10, 9)]))
    weights = {"skills": skills, "waiting": 1, "fairness": fairness}
    written = {"name": NAME, "kind": "best_match", "weights": weights}
    method = compile_piece("assignment_method", written, id=1)
    queues = [a_queue(id, assignment_method=NAME) for id in (1, 2, 3)]
    matching = draw(st.sampled_from(["exact", "closest", "none"]))
    return a_configuration(method, a_workstream(2, skill_matching=matching), *queues)


SITUATIONS = {
    "configuration": configurations() | configurations_with_rules() | matching(),
    "waiting": items(),
    "all_agents": agents(),
}


@settings(max_examples=150, deadline=None)
@given(**SITUATIONS)
def test_of_many_as_many_fail_a_test_as_are_told_of_while_it_waits(
    configuration, waiting, all_agents
):
    staff = Staff(all_agents)
    with patch("routing.engine.explain.looks.ALL_BY_NAME", 0):
        looks = Looks(configuration, now=NOW)
        told = [looks.document(each, staff.members(each.queue_id), staff) for each in waiting]

    for item, document in zip(waiting, told, strict=True):
        members = list(staff.members(item.queue_id))
        found = failures(configuration, item, members, now=NOW, maximum_declines=3)
        counts = Counter("eligible" if each is None else each.test for each in found)
        assert document["counts"] == {"eligible": 0} | counts


@settings(max_examples=150, deadline=None)
@given(**SITUATIONS, by_name=st.sampled_from([0, 50]))
def test_the_first_who_is_named_gets_it_where_it_waits_alone(
    configuration, waiting, all_agents, by_name
):
    staff = Staff(all_agents)
    with patch("routing.engine.explain.looks.ALL_BY_NAME", by_name):
        looks = Looks(configuration, now=NOW)
        told = [looks.document(each, staff.members(each.queue_id), staff) for each in waiting]

    for item, document in zip(waiting, told, strict=True):
        decision = decide(configuration, [item], all_agents, now=NOW)
        chosen = [each.agent_id for each in decision.assignments if each.how is How.PUSH]
        named = [each["agent"] for each in document["agents_considered"] if each["eligible"]]
        names = {agent.id: agent.username for agent in all_agents}
        assert named[:1] == [names[agent_id] for agent_id in chosen]


@pytest.mark.parametrize("name", ["built in", "closest", "by rules"])
@pytest.mark.parametrize("spared", SPARED.values(), ids=SPARED)
def test_declined_work_costs_no_look_at_all_members_each(name, spared):
    waiting = [an_item(id, skills=required("Latin"), **spared) for id in range(1, 51)]

    one = looks_for(waiting[:1], METHODS[name])
    fifty = looks_for(waiting, METHODS[name])

    assert fifty < one + len(waiting) * FEW


def test_what_is_not_kept_from_batch_to_batch_is_judged_once_a_batch(monkeypatch):
    monkeypatch.setattr("routing.engine.staff.MOST_STANDINGS", 1)
    monkeypatch.setattr("routing.engine.staff.MOST_JUDGED", 1)
    waiting = [an_item(id, capacity_units=1 + id % 3, declined={1: 1}) for id in range(60)]

    three = looks_for(waiting[:3], METHODS["by rules"])
    sixty = looks_for(waiting, METHODS["by rules"])

    assert sixty < three + len(waiting) * FEW


def looks_for(waiting, pieces):
    """How often members are looked at to tell of these items."""
    asked = Counter[str]()
    staff = watched(asked, MEMBERS, skills={"Latin": 1.0})
    looks = Looks(a_configuration(*pieces), now=NOW)
    for item in waiting:
        looks.packed_of_many(item, staff.members(1), staff)
    return asked["asked"]


JUDGED = {
    "built in": False,
    "closest": True,
    "by rules": False,
    "by rules that read the item": True,
    "best match": True,
}


@pytest.mark.parametrize(("name", "is_judged"), JUDGED.items(), ids=JUDGED)
def test_it_is_known_who_has_to_be_judged_anew_to_tell_of_an_item(name, is_judged):
    configuration, staff = a_configuration(*METHODS[name]), Staff([an_agent(1), an_agent(2)])
    item = an_item(1, skills=required("Latin"), declined={1: 1})
    decide(configuration, [item], staff, now=NOW)
    looks = Looks(configuration, now=NOW)

    assert (looks.judged_for(item, staff) is not None) is is_judged


def test_who_stands_how_by_rules_is_judged_anew_where_it_is_not_kept():
    configuration, staff = a_configuration(*METHODS["by rules"]), Staff([an_agent(1)])
    decide(configuration, [an_item(1)], staff, now=NOW)
    other, same = an_item(2, capacity_units=2), an_item(3, capacity_units=2, declined={1: 1})
    looks = Looks(configuration, now=NOW)

    assert looks.judged_for(other, staff) is not None
    assert looks.judged_for(other, staff) == looks.judged_for(same, staff)


@pytest.mark.parametrize(("changed", "is_judged"), [(2, False), (3, True)])
def test_where_many_changed_all_are_judged_anew(changed, is_judged):
    configuration = a_configuration(*METHODS["by rules"])
    staff = Staff([an_agent(id) for id in range(1, 11)])
    decide(configuration, [an_item(1)], staff, now=NOW)
    for id in range(1, 1 + changed):
        staff.put(an_agent(id, locale="de"))

    judged_for = Looks(configuration, now=NOW).judged_for(an_item(2), staff)

    assert (judged_for is not None) is is_judged


@pytest.mark.parametrize(("rules", "effort"), [(1, 1), (5, 2), (100, 21)])
def test_many_rules_make_a_look_cost_more(rules, effort):
    method = a_method(*[a_rule(f"Rule {number}") for number in range(rules)])
    configuration = a_configuration(a_queue(assignment_method=NAME), method)

    assert Looks(configuration, now=NOW).effort(an_item(1)) == effort
    assert Looks(a_configuration(), now=NOW).effort(an_item(1)) == 1
