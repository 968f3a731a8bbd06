"""The built-in methods written as custom ones decide alike, whatever the organisation."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.engine.assign import decide
from routing.engine.configuration import compile_piece
from routing.engine.explain import blockers_of, considered, waiting_because
from routing.engine.facts import AgentFacts, ItemFacts
from routing.engine.methods.built_in import rulesets_of
from tests.routing.engine.situations import NOW, a_configuration, a_queue, a_workstream
from tests.routing.engine.test_decide_properties import METHODS, agents, items
from workstreams.terms import SkillMatching

PRESENCES = (["available"], ["available", "busy"], ["available", "busy", "busy_dnd", "away"])


@st.composite
def people(draw: Any) -> list[AgentFacts]:
    """Some have work already, which may make them busy; places in queues may be equal."""
    return [
        replace(
            each,
            presence_follows=draw(st.booleans()),
            units_used=draw(st.integers(0, 2)),
            memberships={
                queue_id: replace(place, position=draw(st.integers(1, 3)))
                for queue_id, place in each.memberships.items()
            },
        )
        for each in draw(agents())
    ]


@st.composite
def work(draw: Any) -> list[ItemFacts]:
    """Some was declined just now, goes back to its agent, or asks for somebody."""
    return [
        replace(
            each,
            cooling_down=frozenset(id for id in each.declined if draw(st.booleans())),
            affinity_agent_id=draw(st.sampled_from([None, None, None, 1, 99])),
            preferred=draw(st.sampled_from([(), (), ((1, "agent1"), (3, "agent3"))])),
        )
        for each in draw(items())
    ]


def organisation(
    method: str, matching: SkillMatching, priorities: list[int], allowed: list[str], name: str
) -> Any:
    """Two workstreams of one skill matching, three queues of one method."""
    return a_configuration(
        *(
            a_workstream(id, skill_matching=matching.value, allowed_presences=allowed)
            for id in (1, 2)
        ),
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
    waiting=work(),
    all_agents=people(),
    allowed=st.sampled_from(PRESENCES),
    priorities=st.lists(st.sampled_from([1, 1, 2]), min_size=3, max_size=3),
)
def test_a_built_in_method_and_its_custom_form_decide_alike(
    method, matching, waiting, all_agents, priorities, allowed
):
    built_in = organisation(method, matching, priorities, allowed, method)
    custom = organisation(method, matching, priorities, allowed, "Ours")

    one = decide(built_in, waiting, all_agents, now=NOW)
    other = decide(custom, waiting, all_agents, now=NOW)

    assert [(each.item_id, each.agent_id) for each in one.assignments] == [
        (each.item_id, each.agent_id) for each in other.assignments
    ]
    assert {each.first_item_id for each in one.unmatched} == {
        each.first_item_id for each in other.unmatched
    }
    for item in waiting:
        members = [each for each in all_agents if item.queue_id in each.memberships]
        assert ranked(built_in, item, members) == ranked(custom, item, members)


@pytest.mark.parametrize("matching", list(SkillMatching))
@settings(max_examples=50, deadline=None)
@given(waiting=work(), all_agents=people(), allowed=st.sampled_from(PRESENCES))
def test_what_keeps_those_who_take_part_is_told_alike(matching, waiting, all_agents, allowed):
    """Where room is one question: a rule asks for units, and what else is full comes after it."""
    configurations = [
        organisation(METHODS[0], matching, [1, 1, 1], allowed, name)
        for name in (METHODS[0], "Ours")
    ]
    present = [
        replace(
            each, profiles={name: replace(p, blocks=False) for name, p in each.profiles.items()}
        )
        for each in all_agents
        if each.is_enabled and each.base_presence
    ]

    for item in waiting:
        profiles = () if item.capacity_units else item.capacity_profiles
        undeclined = replace(
            item, declined={}, cooling_down=frozenset(), capacity_profiles=profiles
        )
        members = [each for each in present if item.queue_id in each.memberships]
        one, other = (
            waiting_because(blockers_of(each, undeclined, members, now=NOW))
            for each in configurations
        )
        assert [each["sentence"] for each in one] == [each["sentence"] for each in other]


def ranked(configuration: Any, item: ItemFacts, members: list[AgentFacts]) -> list[str]:
    """Who could have it, in the order that the explanation tells."""
    listed = considered(configuration, item, members, now=NOW)["agents_considered"]
    return [each["agent"] for each in listed if each["eligible"]]
