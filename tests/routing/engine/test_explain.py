"""Explanations: who was looked at, why an item waits, and that a document stays small."""

import json
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.terms import BasePresence
from routing.engine.assign import decide
from routing.engine.choose_queue import choose_queue
from routing.engine.classify import classify
from routing.engine.decisions import Classification, GroupBlockers, RuleOutcome, RulesetOutcome
from routing.engine.eligible import TESTS
from routing.engine.explain import (
    MAXIMUM_BYTES,
    assignment_document,
    blockers_of,
    considered,
    fit,
    routing_document,
    waiting_because,
)
from routing.engine.facts import AgentFacts
from routing.terms import RuleResult, RulesetKind
from tests.routing.engine.situations import (
    NOW,
    a_configuration,
    a_workstream,
    an_agent,
    an_item,
    required,
)

NEVER = {"field": "title", "op": "equals", "value": "nothing has this title"}


def staff(number: int) -> list[AgentFacts]:
    """A third is full, a third is away, a third can take work."""
    away = BasePresence.AWAY
    kinds: list[dict[str, Any]] = [{"units_limit": 0}, {"base_presence": away}, {"units_limit": 3}]
    return [an_agent(id, **kinds[id % 3]) for id in range(number)]


def explained(number: int, **facts: Any) -> dict[str, Any]:
    configuration, item = a_configuration(), an_item(**facts)
    agents = staff(number)
    proposal = decide(configuration, [item], agents, now=NOW).assignments[0]
    looked_at = considered(configuration, item, agents, now=NOW)
    names = {agent.id: agent.username for agent in agents}
    return assignment_document(
        proposal, agent=names[proposal.agent_id], looked_at=looked_at, configuration_version=7
    )


def test_up_to_fifty_members_are_all_named():
    document = explained(50)

    assert len(document["agents_considered"]) == 50
    assert document["counts"] == {"eligible": 16, "has_room": 17, "presence_is_allowed": 17}


def test_of_more_members_the_first_ten_eligible_are_named():
    document = explained(400)

    assert [agent["rank"] for agent in document["agents_considered"]] == list(range(1, 11))
    assert sum(document["counts"].values()) == document["members"] == 400


def test_the_chosen_agent_is_the_first_ranked():
    document = explained(9)

    first = document["agents_considered"][0]
    assert (first["agent"], first["eligible"], first["rank"]) == (document["agent"], True, 1)
    assert first["numbers"] == document["numbers"]


def test_an_agent_who_was_passed_over_has_the_test_and_its_numbers():
    document = explained(9)

    by_name = {agent["agent"]: agent for agent in document["agents_considered"]}
    assert by_name["agent0"] == {
        "agent": "agent0",
        "eligible": False,
        "failed_test": "has_room",
        "numbers": {"needed": 1, "free": 0},
        "rank": None,
    }


def test_long_names_are_cut_to_ten_kilobytes():
    agents = [an_agent(id, username=f"{id}" + "é" * 300) for id in range(50)]
    [proposal] = decide(a_configuration(), [an_item()], agents, now=NOW).assignments
    looked_at = considered(a_configuration(), an_item(), agents, now=NOW)

    document = assignment_document(
        proposal, agent=agents[0].username, looked_at=looked_at, configuration_version=7
    )

    assert len(json.dumps(document, ensure_ascii=False).encode()) <= MAXIMUM_BYTES
    assert document["truncated"]
    assert looked_at == considered(a_configuration(), an_item(), agents, now=NOW)


def largest_routing() -> dict[str, Any]:
    rules = [{"name": f"Rule {n} " + "x" * 90, "when": NEVER} for n in range(99)]
    last = {"name": "Last", "when": {}, "then": {"priority": 1}}
    rulesets = [{"name": f"Ruleset {n}", "rules": [*rules, last]} for n in range(10)]
    to_queue = [{"name": f"To {n} " + "y" * 90, "queues": [{"queue": "A"}]} for n in range(200)]
    workstream = a_workstream(classification=rulesets, route_to_queue=to_queue)
    choice = choose_queue(workstream.route_to_queue, {}, now=NOW, draw_key="1",
                          fallback_queue="B", known_queues=["A"])  # fmt: skip
    return routing_document(
        configuration_version=7,
        workstream="Chats",
        classification=classify(workstream.classification, {"title": "x"}, now=NOW),
        queue=choice,
    )


def test_the_largest_rulesets_allowed_stay_within_the_size_with_their_outcome():
    document = largest_routing()

    assert len(json.dumps(document, ensure_ascii=False).encode()) <= MAXIMUM_BYTES
    classification, route = document["stages"]
    assert classification["rulesets"][0]["rules"] == [{"name": "Last", "result": "applied"}]
    assert classification["rulesets"][0]["omitted"] == {"processed": 99}
    assert route["queue"] == "A"
    assert document["truncated"]


def test_a_small_document_is_left_as_it_is():
    document = routing_document(configuration_version=7, workstream=None, error="No such rule.")

    assert document == {
        "configuration_version": 7,
        "workstream": None,
        "queue": None,
        "error": "No such rule.",
        "stages": [],
    }


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=200),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(), inside, max_size=4),
    max_leaves=8,
)


@settings(max_examples=40, deadline=None)
@given(extra=st.dictionaries(st.text(), JSON, max_size=4), repeat=st.integers(0, 3000))
def test_any_document_fits(extra, repeat):
    document = fit({**extra, "name": "kept", "texts": ["é"] * repeat, "more": "x" * repeat * 9})

    assert len(json.dumps(document, ensure_ascii=False).encode()) <= MAXIMUM_BYTES


def blocked(members: int = 9, **counts: int) -> GroupBlockers:
    return GroupBlockers(
        queue_id=1, requirement_key="", first_item_id=1, waiting=4, members=members, counts=counts
    )


SENTENCES = [
    ("one of one", blocked(1, has_room=1), ["1 of 1 member is full."]),
    ("most first", blocked(has_every_skill=2, has_room=7),
     ["7 of 9 members are full.", "2 of 9 members lack a required skill."]),
    ("matchable now", blocked(eligible=1, has_room=8),
     ["1 of 9 members could take it now.", "8 of 9 members are full."]),
    ("empty queue", blocked(0), ["The queue has no members."]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("blockers", "sentences"), [case[1:] for case in SENTENCES], ids=[c[0] for c in SENTENCES]
)
def test_a_waiting_item_says_why_in_plain_sentences(blockers, sentences):
    reasons = waiting_because(blockers)

    assert [reason["sentence"] for reason in reasons] == sentences
    assert all(reason["would_help"] for reason in reasons)


def test_every_test_has_a_sentence():
    assert len(waiting_because(blocked(**dict.fromkeys(TESTS, 1)))) == len(TESTS)


@pytest.mark.parametrize(
    ("facts", "blocker"),
    [
        ({}, "eligible"),
        ({"skills": required("Latin")}, "has_every_skill"),
        ({"queue_id": None}, "queue_is_unknown"),
        ({"workstream_id": 9}, "workstream_is_unknown"),
        ({"workstream_id": 2}, "workstream_is_to_pick_from"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_one_item_is_explained_as_it_stands_now(facts, blocker):
    configuration = a_configuration(a_workstream(2, distribution_mode="pick"))

    blockers = blockers_of(configuration, an_item(**facts), [an_agent()], now=NOW)

    assert [reason["blocker"] for reason in waiting_because(blockers)] == [blocker]


def test_a_cycle_and_the_live_page_name_the_same_blockers():
    item, agents = an_item(skills=required("Latin")), staff(9)

    [reported] = decide(a_configuration(), [item], agents, now=NOW).unmatched

    live = blockers_of(a_configuration(), item, agents, now=NOW)
    assert waiting_because(live)[0]["blocker"] == "presence_is_allowed"
    assert {**reported.counts, "eligible": 0}.items() >= live.counts.items()


NAMES = st.text(min_size=1, max_size=30) | st.text(min_size=115, max_size=125)
OUTCOMES = st.builds(
    RuleOutcome, name=NAMES, result=st.sampled_from(RuleResult), note=st.just("") | NAMES
)


@settings(max_examples=60, deadline=None)
@given(kinds=st.lists(OUTCOMES, min_size=1, max_size=6), repeat=st.integers(1, 80))
def test_cuts_made_before_writing_are_those_made_after_it(kinds, repeat):
    stage = RulesetOutcome(
        name="Many", kind=RulesetKind.CLASSIFICATION, rules=tuple(kinds * repeat)
    )
    classification = Classification(fields={}, priority=0, stages=(stage,))
    parts: dict[str, Any] = {"configuration_version": 7, "workstream": "W"}

    early = routing_document(**parts, classification=classification)
    with mock.patch("routing.engine.explain.rules.certain_cuts", return_value={}):
        late = routing_document(**parts, classification=classification)

    assert json.dumps(early) == json.dumps(late)
