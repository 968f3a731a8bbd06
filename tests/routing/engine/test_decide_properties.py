"""Properties of a batch, checked against the plainest possible way of deciding it."""

from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from agents.terms import BasePresence
from routing.engine.assign import decide
from routing.engine.capacity import room
from routing.engine.configuration import CompiledConfiguration
from routing.engine.eligible import (
    everyone_declined,
    first_failed_test,
    is_enabled,
    is_member,
    presence_is_allowed,
    rules_of,
)
from routing.engine.facts import AgentFacts, ItemFacts, Membership, ProfileRoom
from routing.engine.rank import Key, method_named, ranking
from routing.engine.seats import Place, Seat, microseconds
from tests.routing.engine.situations import (
    NOW,
    a_configuration,
    a_queue,
    a_workstream,
    ago,
    an_agent,
    an_item,
    required,
)

METHODS = ("highest_capacity", "advanced_round_robin", "least_active")
# Mostly people who may have work, so that most examples give some.
PRESENCES = (*[BasePresence.AVAILABLE] * 6, BasePresence.BUSY, None)
ONLY_LOST = (["available"], ["available", "busy"])
# Work brings agents among these.
LET_IN = (["busy"], ["available", "busy_dnd"])
SKILLS = ("French", "Latin")
QUEUES = st.sampled_from([{1}, {2}, {1, 2}, {1, 3}, {1, 2, 3}, set()])
MOMENTS = st.none() | st.integers(0, 5).map(ago)

PROFILE = st.builds(
    ProfileRoom, limit=st.integers(0, 3), used=st.integers(0, 2), blocks=st.booleans()
)


@st.composite
def agents(draw: Any) -> list[AgentFacts]:
    return [
        an_agent(
            id,
            base_presence=draw(st.sampled_from(PRESENCES)),
            presence_follows=draw(st.booleans()),
            items_held=draw(st.sampled_from([0, 0, 8, 9])),
            is_enabled=draw(st.sampled_from([*[True] * 9, False])),
            units_limit=draw(st.sampled_from([1, 2, 3, 4, 0, None])),
            profiles=draw(st.dictionaries(st.just("Day"), PROFILE)),
            skills=draw(st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 5))),
            last_released_at=draw(MOMENTS),
            memberships={
                queue: Membership(position=id, last_assigned_at=draw(MOMENTS))
                for queue in draw(QUEUES)
            },
        )
        for id in range(1, draw(st.sampled_from([3, 4, 5, 6, 2, 1, 0])) + 1)
    ]


@st.composite
def items(draw: Any) -> list[ItemFacts]:
    return [
        an_item(
            id,
            waits=draw(st.integers(0, 4)),
            queue_id=draw(st.sampled_from([1, 2, 3])),
            workstream_id=draw(st.sampled_from([1, 2])),
            skills=required(*draw(st.sets(st.sampled_from(SKILLS), max_size=2)), rating=3),
            capacity_units=draw(st.sampled_from([0, 1, 1, 2])),
            capacity_profiles=draw(st.sampled_from([(), (), ("Day",)])),
            declined=draw(st.just({}) | st.dictionaries(st.integers(1, 3), st.integers(1, 4))),
            cooling_down=draw(st.just(frozenset()) | st.frozensets(st.integers(1, 3), max_size=2)),
        )
        for id in range(1, draw(st.sampled_from([4, 7, 10, 14, 2, 1, 0])) + 1)
    ]


@st.composite
def configurations(
    draw: Any, allowed_presences: Any = (*ONLY_LOST, *LET_IN)
) -> CompiledConfiguration:
    queues = [
        a_queue(
            id,
            priority=draw(st.sampled_from([1, 1, 2])),
            assignment_method=draw(st.sampled_from(METHODS)),
        )
        for id in (1, 2, 3)
    ]
    allowed = draw(st.sampled_from(allowed_presences))
    other = a_workstream(2, skill_matching="closest", allowed_presences=allowed)
    return a_configuration(other, *queues)


def plainly(
    configuration: CompiledConfiguration, waiting: list[ItemFacts], all_agents: list[AgentFacts]
) -> list[tuple[int, int]]:
    """Every item in order looks at every agent anew; what is like one that found nobody waits."""
    seats = [Seat(agent) for agent in all_agents]
    places = {
        (seat.id, queue): Place(seat, membership)
        for seat in seats
        for queue, membership in seat.memberships.items()
    }
    turn, found, left = microseconds(NOW), [], set()
    for item in in_order_of_work(configuration, waiting):
        rules = rules_of(configuration.workstreams[item.workstream_id])
        rules = relaxed(item, seats, rules)
        wanted = first_wanted(item, seats, rules)
        fit = (
            [wanted]
            if wanted
            else [seat for seat in seats if first_failed_test(item, seat, rules) is None]
        )
        alike = item.queue_id, item.requirement_key, item.id if spared_by(item) else None
        if not fit:
            left.add(alike)
        elif wanted or alike not in left:
            chosen = min(fit, key=key_of(configuration, item, rules, places))
            chosen.hold(item.capacity_units, item.capacity_profiles)
            turn += 1
            places[chosen.id, item.queue_id or 0].last_assigned = turn
            found.append((item.id, chosen.id))
    return found


def first_wanted(item: ItemFacts, seats: list[Seat], rules: Any) -> Seat | None:
    """The first preferred agent who is there and has neither declined nor just had it, whatever his
    room."""
    tests = (is_member, is_enabled, presence_is_allowed)
    there = {seat.id: seat for seat in seats if all(test(item, seat, rules) for test in tests)}
    spared = spared_by(item)
    able = (there.get(id) for id, _ in item.preferred if id not in spared)
    return next((seat for seat in able if seat), None)


def spared_by(item: ItemFacts) -> set[int]:
    """Who declined it or just had it."""
    return {*item.declined, *item.cooling_down}


def in_order_of_work(
    configuration: CompiledConfiguration, waiting: list[ItemFacts]
) -> list[ItemFacts]:
    queues = configuration.queues
    return sorted(waiting, key=lambda i: (queues[i.queue_id or 0].priority, i.waiting_since, i.id))


def relaxed(item: ItemFacts, seats: list[Seat], rules: Any) -> Any:
    return replace(rules, everyone_declined=everyone_declined(item, seats, rules))


def key_of(configuration: CompiledConfiguration, item: ItemFacts, rules: Any, places: Any) -> Any:
    method = method_named(configuration.queues[item.queue_id or 0].assignment_method)
    rank = ranking(item, rules, method, {})

    def key(seat: Seat) -> Key:
        return (*rank(places[seat.id, item.queue_id], room(seat, item) or 0), seat.id)

    return key


@st.composite
def wishing(draw: Any) -> list[ItemFacts]:
    """Some of it asks for somebody."""
    wishes = st.sampled_from([(), (), (), ((1, "agent1"), (3, "agent3")), ((2, "agent2"),)])
    return [replace(each, preferred=draw(wishes)) for each in draw(items())]


@settings(max_examples=150, deadline=None)
@given(configuration=configurations(ONLY_LOST), waiting=wishing(), all_agents=agents())
def test_a_batch_decides_what_deciding_item_by_item_would(configuration, waiting, all_agents):
    decides_what_deciding_item_by_item_would(configuration, waiting, all_agents)


@settings(max_examples=300, deadline=None)
@given(configuration=configurations(LET_IN), waiting=items(), all_agents=agents())
def test_it_does_so_where_work_lets_agents_in(configuration, waiting, all_agents):
    decides_what_deciding_item_by_item_would(configuration, waiting, all_agents)


def decides_what_deciding_item_by_item_would(
    configuration: CompiledConfiguration, waiting: list[ItemFacts], all_agents: list[AgentFacts]
) -> None:
    decision = decide(configuration, waiting, all_agents, now=NOW)

    pairs = [(proposal.item_id, proposal.agent_id) for proposal in decision.assignments]
    assert pairs == plainly(configuration, waiting, all_agents)


@settings(max_examples=40, deadline=None)
@given(configuration=configurations(), waiting=items(), all_agents=agents(), seed=st.randoms())
def test_the_same_facts_in_any_sequence_give_the_same_decision(
    configuration, waiting, all_agents, seed
):
    decision = decide(configuration, waiting, all_agents, now=NOW)
    seed.shuffle(waiting)
    seed.shuffle(all_agents)

    again = decide(configuration, waiting, all_agents, now=NOW)

    assert again.assignments == decision.assignments
    assert key_set(again) == key_set(decision)


def key_set(decision: Any) -> set[Any]:
    return {
        (g.first_item_id, g.waiting, tuple(sorted(g.counts.items()))) for g in decision.unmatched
    }


@settings(max_examples=40, deadline=None)
@given(configuration=configurations(), waiting=items(), all_agents=agents())
def test_a_batch_never_gives_more_than_there_is_room_for(configuration, waiting, all_agents):
    decision = decide(configuration, waiting, all_agents, now=NOW)

    by_id = {agent.id: agent for agent in all_agents}
    units, profiles = Counter[int](), Counter[tuple[int, str]]()
    for proposal in decision.assignments:
        units[proposal.agent_id] += proposal.units
        profiles.update((proposal.agent_id, name) for name in proposal.profiles)
    for id, held in units.items():
        assert not held or held <= (by_id[id].units_limit or 0)
    for (id, name), held in profiles.items():
        assert held <= by_id[id].profiles[name].free


@settings(max_examples=40, deadline=None)
@given(configuration=configurations(ONLY_LOST), waiting=items(), all_agents=agents())
def test_every_item_is_assigned_once_or_has_a_named_blocker(configuration, waiting, all_agents):
    decision = decide(configuration, waiting, all_agents, now=NOW)

    assigned = [proposal.item_id for proposal in decision.assignments]
    assert len(assigned) == len(set(assigned))
    assert len(assigned) + sum(group.waiting for group in decision.unmatched) == len(waiting)
    for group in decision.unmatched:
        assert sum(group.counts.values()) == group.members


@settings(max_examples=40, deadline=None)
@given(waiting=items(), all_agents=agents(), blocked=st.integers(1, 100))
def test_items_nobody_can_take_change_nothing_for_the_others(waiting, all_agents, blocked):
    configuration = a_configuration(a_workstream(2), a_queue(2), a_queue(3))
    hopeless = [an_item(1000 + id, waits=999, skills=required("Greek")) for id in range(blocked)]

    with_them = decide(configuration, [*hopeless, *waiting], all_agents, now=NOW)

    without = decide(configuration, waiting, all_agents, now=NOW)
    assert with_them.assignments == without.assignments
