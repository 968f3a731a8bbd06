"""Preferred agents: before the method, whatever their room and skills, in their order (A 15)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.terms import BasePresence
from routing.engine.assign import decide
from routing.engine.configuration import compile_piece
from routing.engine.decisions import BatchDecision
from routing.engine.excess import Excess
from routing.engine.explain import assignment_document, blockers_of, waiting_because
from routing.engine.facts import AgentFacts, ItemFacts, ProfileRoom
from routing.engine.methods.built_in import rulesets_of
from routing.terms import How
from tests.routing.engine.situations import (
    NOW,
    a_configuration,
    a_queue,
    a_workstream,
    an_agent,
    an_item,
    required,
)
from workstreams.terms import SkillMatching

AWAY = BasePresence.AWAY
ADA, BOB = (1, "ada"), (2, "bob")


def service(*, waits: bool = False) -> Any:
    switches = {"preferred_agents": True, "waits_for_preferred_agent": waits}
    return compile_piece("service", {"name": "service", **switches}, id=1)


def decided(
    items: list[ItemFacts], agents: list[AgentFacts], *, waits: bool = False, **more: Any
) -> BatchDecision:
    return decide(a_configuration(service(waits=waits)), items, agents, now=NOW, **more)


def ada(**facts: Any) -> AgentFacts:
    return an_agent(1, username="ada", **facts)


def bob(**facts: Any) -> AgentFacts:
    return an_agent(2, username="bob", **facts)


def who(decision: BatchDecision) -> list[tuple[int, str]]:
    return [(each.agent_id, each.how.value) for each in decision.assignments]


GETS = {
    "the first preferred agent": ({"preferred": (BOB, ADA)}, {}, {}, [(2, "preferred")]),
    "a full one all the same": (
        {"preferred": (ADA,)}, {"units_limit": 1, "units_used": 1}, {}, [(1, "preferred")],
    ),
    "one without the skills": (
        {"preferred": (ADA,), "skills": required("French")}, {}, {}, [(1, "preferred")],
    ),
    "the next preferred agent": (
        {"preferred": (ADA, BOB)}, {"base_presence": AWAY}, {}, [(2, "preferred")],
    ),
    "the next best where all are away": (
        {"preferred": (ADA,)}, {"base_presence": AWAY}, {}, [(2, "push")],
    ),
    "the next best where none is a member": (
        {"preferred": ((9, "eve"),)}, {}, {"units_limit": 5}, [(2, "push")],
    ),
    "another where the preferred one is disabled": (
        {"preferred": (ADA,)}, {"is_enabled": False}, {}, [(2, "push")],
    ),
    "another where the preferred one declined": (
        {"preferred": (ADA,), "declined": {1: 1}}, {}, {}, [(2, "push")],
    ),
    "the same agent before a preferred one": (
        {"preferred": (ADA,), "affinity_agent_id": 2}, {}, {}, [(2, "affinity")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("item", "of_ada", "of_bob", "expected"), GETS.values(), ids=list(GETS))
def test_it_goes_to(item, of_ada, of_bob, expected):
    assert who(decided([an_item(**item)], [ada(**of_ada), bob(**of_bob)])) == expected


@pytest.mark.parametrize("wish", [{"preferred": (ADA,)}, {"affinity_agent_id": 1}])
def test_by_how_much_it_passes_limits_is_said(wish: dict[str, Any]) -> None:
    day = {"Day": ProfileRoom(limit=2, used=1)}
    items = [an_item(id, capacity_units=2, capacity_profiles=("Day",), **wish) for id in (1, 2)]

    decision = decided(items, [ada(units_limit=3, units_used=1, profiles=day)])

    assert [each.excess for each in decision.assignments] == [
        (),
        (
            Excess(capacity="Units", limit=3, before=3, after=5),
            Excess(capacity="Day", limit=2, before=2, after=3),
        ),
    ]


STAYS = {
    "away": ({}, {"base_presence": AWAY}),
    "cooling down after a decline": ({"cooling_down": frozenset({1}), "declined": {1: 1}}, {}),
    "not a member": ({}, {"queues": (2,)}),
}


@pytest.mark.parametrize(("item", "of_ada"), STAYS.values(), ids=list(STAYS))
def test_it_waits_for_a_preferred_agent_who_is(item, of_ada):
    decision = decided(
        [an_item(preferred=(ADA,), **item)], [ada(**of_ada), bob(units_limit=9)], waits=True
    )

    assert decision.assignments == ()
    [blocked] = decision.unmatched
    assert blocked.reason == "waits_for_preferred_agent"


def test_after_the_cool_down_it_is_offered_to_him_again():
    item = an_item(preferred=(ADA,), declined={1: 5})

    assert who(decided([item], [ada(), bob()], waits=True)) == [(1, "preferred")]


def test_others_of_its_group_do_not_wait_with_it():
    items = [an_item(1, waits=9, preferred=(ADA,)), an_item(2)]

    decision = decided(items, [ada(base_presence=AWAY), bob()], waits=True)

    assert [(each.item_id, each.agent_id) for each in decision.assignments] == [(2, 2)]


def test_what_was_read_out_of_turn_is_nobody_elses():
    item = an_item(preferred=(ADA,), is_ahead=True)

    assert decided([item], [ada(base_presence=AWAY), bob()]).assignments == ()


def test_it_goes_before_nobody_who_has_waited_longer():
    """Only who goes back to his agent does (A 9.1). The limit of a preferred agent is passed for
    it, so that it still gets him."""
    items = [an_item(1, waits=9), an_item(2, preferred=(ADA,)), an_item(3, waits=5)]

    decision = decided(items, [ada(units_limit=1)])

    assert [(each.item_id, each.how.value) for each in decision.assignments] == [
        (1, "push"),
        (2, "preferred"),
    ]


def test_it_uses_up_the_room_for_whoever_comes_later():
    items = [an_item(1), an_item(2, waits=9, preferred=(ADA,))]

    decision = decided(items, [ada(units_limit=1)])

    assert [each.item_id for each in decision.assignments] == [2]


def test_it_stands_in_its_own_queue_and_bucket():
    gold = {"field": "context.tier", "op": "equals", "value": "gold"}
    bucket = {"name": "Gold", "when": gold, "order_by": {"by": "fifo"}}
    method = compile_piece(
        "assignment_method",
        {
            "name": "Ours",
            "prioritization": [bucket],
            "rulesets": rulesets_of("highest_capacity", SkillMatching.NONE),
        },
        id=1,
    )
    queues = [a_queue(1, priority=2, assignment_method="Ours"), a_queue(2, priority=1)]
    configuration = a_configuration(service(), method, *queues)
    items = [
        an_item(1, waits=9, preferred=(ADA,)),
        an_item(2, fields={"context": {"tier": "gold"}}),
        an_item(3, queue_id=2, preferred=(ADA,)),
        an_item(4, queue_id=2, waits=5),
    ]

    decision = decide(configuration, items, [ada(units_limit=9, queues=(1, 2))], now=NOW)

    assert [each.item_id for each in decision.assignments] == [4, 3, 2, 1]


def test_who_has_as_many_work_items_as_one_may_by_then_is_preferred_no_more():
    items = [an_item(id, preferred=(ADA,)) for id in range(1, 13)]
    agents = [ada(presence_follows=True), bob(units_limit=9)]
    allowed = a_workstream(allowed_presences=["available", "busy"])

    decision = decide(a_configuration(service(), allowed), items, agents, now=NOW)

    assert who(decision) == [(1, "preferred")] * 10 + [(2, "push")] * 2


def test_what_waits_for_such_a_one_alone_says_so():
    items = [an_item(id, preferred=(ADA,)) for id in range(1, 12)]
    agents = [ada(presence_follows=True), bob()]
    allowed = a_workstream(allowed_presences=["available", "busy"])

    decision = decide(a_configuration(service(waits=True), allowed), items, agents, now=NOW)

    assert who(decision) == [(1, "preferred")] * 10
    assert [each.reason for each in decision.unmatched] == ["waits_for_preferred_agent"]


def test_the_decision_says_who_was_preferred_and_why_not():
    item = an_item(preferred=(ADA,))
    [proposal] = decided([item], [ada(base_presence=AWAY), bob()]).assignments

    document = assignment_document(proposal, agent="bob", looked_at={}, configuration_version=7)

    assert document["preferred"] == [
        {
            "agent": "ada",
            "failed_test": "presence_is_allowed",
            "numbers": {"presence": "away", "allowed": ["available"]},
        }
    ]


def test_what_waits_for_a_preferred_agent_says_so():
    item = an_item(preferred=(ADA, (9, "eve")))
    blockers = blockers_of(
        a_configuration(service(waits=True)), item, [ada(base_presence=AWAY), bob()], now=NOW
    )

    [because] = waiting_because(blockers)

    assert because["blocker"] == "waits_for_preferred_agent"
    assert because["sentence"] == (
        "It waits for a preferred agent of its customer: ada has a presence that the workstream"
        " does not allow, eve does not serve the queue."
    )


def test_who_is_waited_for_and_has_declined_it_is_asked_again():
    item = an_item(preferred=(ADA,), declined={1: 3}, cooling_down=frozenset({1}))
    blockers = blockers_of(a_configuration(service(waits=True)), item, [ada(), bob()], now=NOW)

    [because] = waiting_because(blockers)

    assert because["sentence"].endswith("ada has declined it.")
    assert because["would_help"].startswith("Wait until the cool-down is over")


def test_who_is_waited_for_and_has_put_it_back_is_spared_for_a_while():
    item = an_item(preferred=(ADA,), cooling_down=frozenset({1}))
    blockers = blockers_of(a_configuration(service(waits=True)), item, [ada(), bob()], now=NOW)

    [because] = waiting_because(blockers)

    assert because["sentence"].endswith("ada has just had it.")


PEOPLE = st.lists(
    st.builds(
        lambda presence, used, queue: (presence, used, queue),
        st.sampled_from([BasePresence.AVAILABLE, AWAY]),
        st.integers(0, 2),
        st.sampled_from([(1,), (2,), (1, 2)]),
    ),
    min_size=1,
    max_size=5,
)


@given(
    PEOPLE,
    st.lists(st.lists(st.integers(1, 6), max_size=3, unique=True), max_size=8),
    st.booleans(),
)
def test_no_item_goes_twice_and_only_preferred_agents_pass_a_limit(people, wished, waits):
    agents = [
        an_agent(id, base_presence=presence, units_limit=2, units_used=used, queues=queues)
        for id, (presence, used, queues) in enumerate(people, start=1)
    ]
    items = [
        an_item(id, preferred=tuple((agent, f"agent{agent}") for agent in wish))
        for id, wish in enumerate(wished, start=1)
    ]

    decision = decided(items, agents, waits=waits)

    given_ = [each.item_id for each in decision.assignments]
    assert len(given_) == len(set(given_))
    used = {agent.id: agent.units_used for agent in agents}
    by_id = {agent.id: agent for agent in agents}
    for each in decision.assignments:
        assert each.queue_id in by_id[each.agent_id].memberships
        assert by_id[each.agent_id].base_presence == BasePresence.AVAILABLE
        assert each.how != How.PUSH or used[each.agent_id] + each.units <= 2
        wish = wished[each.item_id - 1]
        assert each.how == How.PUSH or each.agent_id in wish
        assert not (waits and wish) or each.how == How.PREFERRED
        used[each.agent_id] += each.units
