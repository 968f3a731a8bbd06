"""What a batch stores of its assignments is enough to make each of them again."""

import json
from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from agents.terms import BasePresence
from routing.configuration.published import Published
from routing.dispatcher.explanations import Explanations
from routing.dispatcher.load import Situation, lots_of
from routing.engine.assign import decide
from routing.engine.configuration import compile_piece
from routing.engine.explain import MAXIMUM_BYTES, unpacked
from routing.engine.explain.fit import size
from routing.engine.given import Given
from routing.engine.methods.built_in import rulesets_of
from routing.engine.replay_assignment import assign_again
from routing.engine.staff import Staff
from routing.engine.what_was_seen import Seen
from tests.routing.engine.methods import row
from tests.routing.engine.situations import (
    NOW,
    a_configuration,
    a_queue,
    a_workstream,
    an_agent,
    an_item,
)
from tests.routing.engine.test_decide_properties import METHODS, agents, items
from workstreams.terms import SkillMatching

OWN = "Ours"


@st.composite
def organisations(draw: Any) -> Any:
    """Queues of any method, of which one has rules of its own and reads the items' fields."""
    german = {**row("context.language", "equals", "de")}
    rulesets = rulesets_of("least_active", SkillMatching.EXACT)
    method = {
        "name": OWN,
        "prioritization": [{"name": "German", "when": german, "order_by": {"by": "context.value"}}],
        "rulesets": [*rulesets, {**rulesets[0], "name": "For Germans"}],
        "selection": [{"name": "By language", "when": german, "ruleset": "For Germans"}],
    }
    return a_configuration(
        a_workstream(2, skill_matching="closest"),
        *(
            a_queue(id, assignment_method=draw(st.sampled_from([*METHODS, OWN])))
            for id in (1, 2, 3)
        ),
        compile_piece("assignment_method", method, id=1),
    )


@st.composite
def waiting_items(draw: Any) -> Any:
    """Work with a history, with fields, and with agents of its own."""
    found = []
    for item in draw(items()):
        facts: dict[str, Any] = {
            name: getattr(item, name)
            for name in ("queue_id", "workstream_id", "skills", "declined", "waiting_since")
        }
        facts |= {
            "capacity_units": item.capacity_units,
            "capacity_profiles": item.capacity_profiles,
            "fields": {"context": {"language": draw(st.sampled_from(["de", "fr"])), "value": 3}},
            "affinity_agent_id": draw(st.sampled_from([None, None, 1, 9])),
            "preferred": draw(st.sampled_from([(), (), ((2, "agent2"), (1, "agent1"))])),
            "cooling_down": draw(st.sampled_from([frozenset(), frozenset({2})])),
        }
        has_history = facts["declined"] or facts["cooling_down"]
        key = f"{item.requirement_key}:{item.id}" if has_history else item.requirement_key
        found.append(an_item(item.id, **facts, requirement_key=key))
    return found


def stored(configuration: Any, waiting: Any, all_agents: Any, kept: Any, decision: Any) -> Any:
    """The documents of what was kept of a batch, as they come back from the database."""
    situation = Situation(
        read=waiting,
        staff=Staff(all_agents),
        lots=lots_of(waiting, configuration, NOW),
        shares=Counter(),
    )
    published = Published(number=configuration.number, compiled=configuration)
    documents = Explanations(decision, situation, published, NOW).of(kept)
    return [unpacked(json.loads(each)) for each in documents]


def again(configuration: Any, document: Any, proposal: Any, kept: Any) -> Any:
    seen = Seen.of(document, item_id=proposal.item_id, queue_id=proposal.queue_id, at=NOW)
    given_before = [
        Given(
            agent_id=each.agent_id,
            queue_id=each.queue_id,
            units=each.units,
            profiles=each.profiles,
        )
        for each in kept[: seen.place]
    ]
    return assign_again(seen.with_given(given_before), configuration, now=NOW)


@settings(max_examples=200, deadline=None)
@given(
    configuration=organisations(),
    waiting=waiting_items(),
    all_agents=agents(),
    lost=st.sets(st.integers(0, 14), max_size=4),
)
def test_each_assignment_of_a_batch_comes_out_the_same(configuration, waiting, all_agents, lost):
    """Also when somebody was quicker than some of the batch."""
    decision = decide(configuration, waiting, all_agents, now=NOW)
    kept = [each for at, each in enumerate(decision.assignments) if at not in lost]

    documents = stored(configuration, waiting, all_agents, kept, decision)

    for proposal, document in zip(kept, documents, strict=True):
        made = again(configuration, document, proposal, kept)
        assert (made.agent, made.how) == (document["agent"], proposal.how)
        assert made.document["stages"][0]["numbers"] == document["numbers"]


def test_what_went_to_an_agent_of_another_queue_in_vain_is_reckoned_with():
    configuration = a_configuration()
    keeper = an_agent(1, queues=(), units_limit=0)
    waiting = [an_item(id, waits=9 - id, affinity_agent_id=1) for id in (1, 2)]
    decision = decide(configuration, waiting, [keeper], now=NOW)
    kept = decision.assignments[1:]

    [document] = stored(configuration, waiting, [keeper], kept, decision)

    made = again(configuration, document, kept[0], kept)
    assert made.document["stages"][0]["numbers"] == document["numbers"]


def test_what_went_elsewhere_in_vain_took_its_turn():
    """The marks of when somebody was given work last are a turn apart."""
    configuration = a_configuration()
    keeper, agent = an_agent(1, queues=()), an_agent(2, units_limit=9)
    personal = [an_item(id, waits=99 - id, affinity_agent_id=1) for id in range(1, 4)]
    waiting = [*personal, *(an_item(id, waits=9 - id) for id in (4, 5, 6))]
    decision = decide(configuration, waiting, [keeper, agent], now=NOW)
    kept = [each for each in decision.assignments if each.item_id not in (1, 2, 5)]

    documents = stored(configuration, waiting, [keeper, agent], kept, decision)

    assert [each["read"].get("lost") for each in documents][1:] == [
        [[0, 2]],
        [[0, 2], [2, 2, 1, 1, []]],
    ]
    for proposal, document in zip(kept, documents, strict=True):
        made = again(configuration, document, proposal, kept)
        assert made.document["stages"][0]["numbers"] == document["numbers"]


def test_a_large_group_with_long_names_keeps_what_its_agents_were_like_and_lists_fewer():
    configuration, item = a_configuration(), an_item()
    crowd = [an_agent(id, username=f"{'agent.' * 8}{id:03}", units_limit=5) for id in range(1, 51)]
    decision = decide(configuration, [item], crowd, now=NOW)

    [document] = stored(configuration, [item], crowd, decision.assignments, decision)

    assert len(document["agents_considered"]) == 10
    assert len(document["seen"]["agents"]) == 50
    assert size(document) <= MAXIMUM_BYTES


def test_more_agents_than_are_named_are_not_kept():
    configuration, item = a_configuration(), an_item()
    crowd = [an_agent(id, units_limit=5) for id in range(1, 52)]
    decision = decide(configuration, [item], crowd, now=NOW)

    [document] = stored(configuration, [item], crowd, decision.assignments, decision)

    assert "seen" not in document
    assert document["members"] == 51


def test_it_says_by_what_the_first_comes_before_the_next():
    configuration = a_configuration()
    some = an_agent(1, username="amira", units_limit=4)
    less = an_agent(2, username="ben", units_limit=3)
    away = an_agent(3, username="chris", base_presence=BasePresence.AWAY)
    item = an_item()
    decision = decide(configuration, [item], [some, less, away], now=NOW)
    [document] = stored(configuration, [item], [some, less, away], decision.assignments, decision)

    made = again(configuration, document, decision.assignments[0], [])

    [stage] = made.document["stages"]
    assert stage["why"] == "amira comes before ben by room: 4 against 3."
    assert made.document["compared"] == ["room", "last_assigned_at", "position"]
    assert [each["failed_test"] for each in made.document["agents_considered"]] == [
        None,
        None,
        "presence_is_allowed",
    ]
