"""What a batch stores of a best overall match is enough to match all that it gave again."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from agents.terms import BasePresence
from routing.engine.assign import decide
from routing.engine.configuration import compile_piece
from routing.engine.explain import packed
from routing.engine.explain.fit import MAXIMUM_BYTES, size
from routing.engine.facts import AgentFacts, ItemFacts, Membership
from routing.engine.given import Given
from routing.engine.replay_match import Pair, match_again
from routing.engine.what_was_seen import Seen
from tests.routing.dispatcher.test_decided_again import stored
from tests.routing.engine.methods import NAME
from tests.routing.engine.situations import (
    NOW,
    a_configuration,
    a_queue,
    a_workstream,
    an_agent,
    an_item,
    required,
)
from tests.routing.engine.test_decide_properties import MOMENTS, SKILLS

PRESENCES = (BasePresence.AVAILABLE, BasePresence.AVAILABLE, BasePresence.BUSY)


@st.composite
def people(draw: Any) -> list[AgentFacts]:
    return [
        an_agent(
            id,
            base_presence=draw(st.sampled_from(PRESENCES)),
            presence_follows=draw(st.booleans()),
            units_limit=draw(st.integers(1, 4)),
            skills=draw(st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 5))),
            memberships={
                queue: Membership(position=id, last_assigned_at=draw(MOMENTS))
                for queue in draw(st.sampled_from([(1,), (1, 2)]))
            },
        )
        for id in range(1, draw(st.integers(1, 5)) + 1)
    ]


@st.composite
def work(draw: Any) -> list[ItemFacts]:
    found = []
    for id in range(1, draw(st.integers(1, 9)) + 1):
        item = an_item(
            id,
            waits=draw(st.integers(0, 99)),
            queue_id=draw(st.sampled_from([1, 1, 1, 2])),
            workstream_id=draw(st.sampled_from([1, 2])),
            skills=required(*draw(st.sets(st.sampled_from(SKILLS), max_size=2)), rating=2),
            declined=draw(st.just({}) | st.just({}) | st.just({1: 1})),
        )
        own_key = f"{item.requirement_key}:{id}" if item.declined else item.requirement_key
        found.append(replace(item, requirement_key=own_key))
    return found


def pair_of(document: Any, proposal: Any) -> Pair:
    numbers = document["numbers"]
    return Pair(
        seen=Seen.of(document, item_id=proposal.item_id, queue_id=proposal.queue_id, at=NOW),
        waited=numbers["waiting"],
        agent_id=proposal.agent_id,
        score=numbers["score"],
    )


@settings(max_examples=100, deadline=None)
@given(waiting=work(), all_agents=people(), first=st.integers(1, 2))
def test_a_match_that_left_nothing_comes_out_the_same_or_as_good(waiting, all_agents, first):
    """What went on waiting is not kept: of such matches it is said that they are not known."""
    piece = {"name": NAME, "kind": "best_match"}
    configuration = a_configuration(
        a_workstream(allowed_presences=["available", "busy"]),
        a_workstream(2, skill_matching="closest", allowed_presences=["available", "busy"]),
        a_queue(1, assignment_method=NAME, priority=2),
        a_queue(2, priority=2 * first - 1),
        compile_piece("assignment_method", piece, id=1),
    )
    decision = decide(configuration, waiting, all_agents, now=NOW)
    kept = decision.assignments
    documents = stored(configuration, waiting, all_agents, kept, decision)
    both = [(each, document) for each, document in zip(kept, documents, strict=True)]
    pairs = [pair_of(document, each) for each, document in both if each.queue_id == 1]
    if not pairs:
        return
    [queues] = {each.matched for each in kept if each.queue_id == 1}
    place = pairs[0].seen.place
    before = [
        Given(agent_id=a.agent_id, queue_id=a.queue_id, units=a.units, profiles=a.profiles)
        for a in kept[:place]
    ]

    matched = match_again(pairs, configuration, queues=queues, before=before, now=NOW)

    given_to = {each.seen.item.id: each.agent_id for each in pairs}
    is_as_good = abs(matched.score - sum(each.score for each in pairs)) <= 0.001 * len(pairs)
    left = sum(item.queue_id == 1 for item in waiting) - len(pairs)
    assert matched.agents.keys() <= given_to.keys()
    assert matched.agents == given_to or is_as_good or left


@settings(max_examples=100, deadline=None)
@given(waiting=work(), all_agents=people())
def test_a_match_of_several_queues_comes_out_the_same_or_as_good(waiting, all_agents):
    piece = {"name": NAME, "kind": "best_match"}
    configuration = a_configuration(
        a_workstream(allowed_presences=["available", "busy"]),
        a_workstream(2, skill_matching="closest", allowed_presences=["available", "busy"]),
        *(a_queue(id, assignment_method=NAME) for id in (1, 2)),
        compile_piece("assignment_method", piece, id=1),
    )
    decision = decide(configuration, waiting, all_agents, now=NOW)
    documents = stored(configuration, waiting, all_agents, decision.assignments, decision)
    both = zip(decision.assignments, documents, strict=True)
    pairs = [pair_of(document, each) for each, document in both if "matched" in document]
    if not pairs:
        return

    matched = match_again(
        pairs, configuration, queues=decision.assignments[0].matched, before=[], now=NOW
    )

    given_to = {each.seen.item.id: each.agent_id for each in pairs}
    is_as_good = abs(matched.score - sum(each.score for each in pairs)) <= 0.001 * len(pairs)
    assert matched.agents.keys() <= given_to.keys()
    assert matched.agents == given_to or is_as_good or len(pairs) < len(waiting)


def test_a_match_of_queues_with_long_names_is_kept_whole_within_its_size():
    configuration = a_configuration(
        *(a_queue(id, name=f"{id} " + "Ж" * 198, assignment_method=NAME) for id in (1, 2, 3)),
        compile_piece("assignment_method", {"name": NAME, "kind": "best_match"}, id=1),
    )
    everybody = [
        an_agent(id, username=f"a.rather.long.name.of.an.agent.{id}", queues=(1, 2, 3))
        for id in range(1, 51)
    ]
    waiting = [an_item(id, queue_id=id) for id in (1, 2, 3)]
    decision = decide(configuration, waiting, everybody, now=NOW)
    kept = decision.assignments

    documents = stored(configuration, waiting, everybody, kept, decision)

    assert max(size(dict(packed(each))) for each in documents) <= MAXIMUM_BYTES
    assert [each["read"] for each in documents] == [{"place": place} for place in range(3)]
    pairs = [pair_of(document, each) for each, document in zip(kept, documents, strict=True)]
    queues = documents[0]["matched"]["queues"]
    matched = match_again(pairs, configuration, queues=queues, before=[], now=NOW)
    assert matched.agents == {each.item_id: each.agent_id for each in kept}
