"""What a batch stores of assignments that looked at more agents than are kept tells who came first
of them, or says that it does not."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from unittest import mock

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from agents.terms import BasePresence
from routing.engine.assign import decide
from routing.engine.configuration import compile_piece
from routing.engine.facts import AgentFacts, ItemFacts, Membership
from routing.engine.first_of_many import first_again, tells_of_the_first
from routing.engine.given import Given
from routing.engine.methods.built_in import ALLOWED, ROOM, SKILLED
from routing.engine.order_of_many import order_of_many
from tests.routing.dispatcher.test_decided_again import stored
from tests.routing.engine.methods import row
from tests.routing.engine.situations import (
    NOW,
    a_configuration,
    a_queue,
    a_workstream,
    an_agent,
    an_item,
    required,
)
from tests.routing.engine.test_decide_properties import METHODS, MOMENTS, PROFILE, SKILLS

AVAILABLE, BUSY = BasePresence.AVAILABLE, BasePresence.BUSY
OWN = "Ours"
ROWS = (
    ALLOWED,
    ROOM,
    SKILLED,
    row("agent.units", "greater", 1),
    row("agent.units", "less", 2),
    row("agent.presence", "equals", "busy"),
    row("agent.username", "not_equals", "agent3"),
)
ORDERS = (
    {"by": "capacity", "direction": "descending"},
    {"by": "units", "direction": "ascending"},
    {"by": "profiles", "direction": "descending"},
    {"by": "round_robin"},
    {"by": "least_active"},
    {"by": "proficiency_nearest"},
    {"by": "proficiency_nearest", "skill_type": "Romance"},
    {"by": "proficiency_most"},
    {"by": "skill_count"},
    {"by": "agent.username", "direction": "descending"},
)


@pytest.fixture(autouse=True)
def few() -> Iterator[None]:
    """Two agents are many, and of more two are kept."""
    with (
        mock.patch("routing.engine.explain.looks.ALL_BY_NAME", 2),
        mock.patch("routing.engine.explain.looks.FIRST_ELIGIBLE", 2),
        mock.patch("routing.engine.what_was_seen.MOST_AGENTS", 2),
    ):
        yield


@st.composite
def crowds(draw: Any) -> list[AgentFacts]:
    """More than are kept, all of one queue, most of them there."""
    return [
        an_agent(
            id,
            base_presence=draw(st.sampled_from([AVAILABLE, AVAILABLE, AVAILABLE, BUSY])),
            presence_follows=draw(st.booleans()),
            units_limit=draw(st.integers(1, 5)),
            profiles=draw(st.dictionaries(st.just("Day"), PROFILE)),
            skills=draw(st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 5))),
            last_released_at=draw(MOMENTS),
            memberships={
                queue: Membership(position=id, last_assigned_at=draw(MOMENTS))
                for queue in draw(st.sampled_from([(1,), (1, 2)]))
            },
        )
        for id in range(1, draw(st.integers(3, 7)) + 1)
    ]


@st.composite
def much_work(draw: Any) -> list[ItemFacts]:
    """Of several sorts; what was declined is a sort of its own."""
    found = []
    for id in range(1, draw(st.integers(1, 6)) + 1):
        item = an_item(
            id,
            waits=9 - id,
            queue_id=draw(st.sampled_from([1, 1, 1, 2])),
            workstream_id=draw(st.sampled_from([1, 2])),
            skills=required(*draw(st.sets(st.sampled_from(SKILLS), max_size=2)), rating=2),
            capacity_units=draw(st.sampled_from([1, 1, 1, 2])),
            capacity_profiles=draw(st.sampled_from([(), (), (), ("Day",)])),
            declined=draw(st.just({}) | st.dictionaries(st.integers(1, 3), st.integers(1, 2))),
        )
        own_key = f"{item.requirement_key}:{id}" if item.declined else item.requirement_key
        found.append(replace(item, requirement_key=own_key))
    return found


def rules() -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        lambda rows, order: {"when": {"all": [dict(each) for each in rows]}, "order_by": order},
        st.lists(st.sampled_from(ROWS), max_size=3),
        st.lists(st.sampled_from(ORDERS), max_size=2),
    )


@st.composite
def organisations(draw: Any) -> Any:
    """Queues of any method, of which one has rules of its own."""
    steps = [
        each | {"name": f"Rule {n}"} for n, each in enumerate(draw(st.lists(rules(), max_size=3)))
    ]
    method = {"name": OWN, "rulesets": [{"name": "All", "rules": steps}]}
    presences = draw(st.sampled_from([["available"], *[["available", "busy"]] * 3]))
    return a_configuration(
        a_workstream(allowed_presences=presences),
        a_workstream(2, skill_matching="closest", allowed_presences=presences),
        *(
            a_queue(id, assignment_method=draw(st.sampled_from([*METHODS, OWN])))
            for id in (1, 2, 3)
        ),
        compile_piece("skill", {"name": "French", "type": "Romance"}, id=1),
        compile_piece("skill", {"name": "Latin", "type": "Ancient"}, id=2),
        compile_piece("assignment_method", method, id=1),
    )


def again(configuration: Any, document: Any, proposal: Any, kept: Any, item: Any, ids: Any) -> Any:
    place = document["read"]["place"]
    order = order_of_many(
        document, configuration, workstream_id=item.workstream_id, queue_id=proposal.queue_id
    )
    before = [
        Given(agent_id=a.agent_id, queue_id=a.queue_id, units=a.units, profiles=a.profiles)
        for a in kept[:place]
    ]
    return first_again(document, order, ids=ids, queue_id=proposal.queue_id, kept=before, at=NOW)


@settings(max_examples=100, deadline=None)
@given(
    configuration=organisations(),
    waiting=much_work(),
    all_agents=crowds(),
    lost=st.sets(st.integers(0, 14), max_size=2),
)
def test_whoever_is_told_to_come_first_did(configuration, waiting, all_agents, lost):
    decision = decide(configuration, waiting, all_agents, now=NOW)
    kept = [each for at, each in enumerate(decision.assignments) if at not in lost]
    by_id = {each.id: each for each in waiting}
    ids = {each.username: each.id for each in all_agents}

    documents = stored(configuration, waiting, all_agents, kept, decision)

    for proposal, document in zip(kept, documents, strict=True):
        if document.get("seen") or not tells_of_the_first(document):
            continue
        item = by_id[proposal.item_id]
        made = again(configuration, document, proposal, kept, item, ids)
        event("is told" if made else "is not told")
        if made:
            assert made.agent == document["agent"]
            shared = made.stage["numbers"].keys() & document["numbers"].keys()
            assert {name: made.stage["numbers"][name] for name in shared} == {
                name: document["numbers"][name] for name in shared
            }


def test_an_attribute_that_was_stored_by_its_name_alone_is_compared_still():
    order = [{"by": "agent.attributes.role", "direction": "ascending"}]
    rule = {"name": "Any", "when": {"all": [ALLOWED, ROOM]}, "order_by": order}
    method = {"name": OWN, "rulesets": [{"name": "All", "rules": [rule]}]}
    configuration = a_configuration(
        a_queue(assignment_method=OWN), compile_piece("assignment_method", method, id=1)
    )
    agents = [an_agent(id, attributes={"role": 9 - id}) for id in (1, 2, 3)]
    items = [an_item(1)]
    decision = decide(configuration, items, agents, now=NOW)
    kept = decision.assignments
    [document] = stored(configuration, items, agents, kept, decision)
    for each in document["agents_considered"]:
        each["numbers"]["role"] = each["numbers"].pop("role (attribute)")

    made = again(
        configuration,
        document,
        kept[0],
        kept,
        items[0],
        {each.username: each.id for each in agents},
    )

    assert made.agent == document["agent"] == "agent3"


def test_nothing_is_compared_behind_a_round_robin():
    order = [{"by": "round_robin"}, {"by": "capacity", "direction": "descending"}]
    rule = {"name": "Any", "when": {"all": [ALLOWED, ROOM]}, "order_by": order}
    method = {"name": OWN, "rulesets": [{"name": "All", "rules": [rule]}]}
    configuration = a_configuration(
        a_queue(assignment_method=OWN), compile_piece("assignment_method", method, id=1)
    )
    agents, items = [an_agent(1, units_limit=2), an_agent(2, units_limit=5)], [an_item(1)]
    decision = decide(configuration, items, agents, now=NOW)
    kept = decision.assignments
    [document] = stored(configuration, items, agents, kept, decision)
    ids = {each.username: each.id for each in agents}

    made = again(configuration, document, kept[0], kept, items[0], ids)

    assert made.stage["why"] == (
        "agent1 comes before agent2 by place among the members: 1 against 2."
    )
