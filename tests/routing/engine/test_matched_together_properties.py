"""Properties of best overall matches of several queues."""

from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from routing.engine.assign import decide
from routing.engine.assign.solve import fairness
from routing.engine.assign.sorts import skill_fit
from routing.engine.configuration import CompiledConfiguration, compile_piece
from routing.engine.decisions import BatchDecision
from routing.engine.eligible import has_every_skill, rules_of
from routing.engine.facts import AgentFacts, ItemFacts, Membership
from routing.engine.seats import Place, Seat
from routing.engine.skills import scales
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
from tests.routing.engine.test_decide_properties import MOMENTS, SKILLS, agents, items, wishing

QUEUES = (1, 2, 3)
GREEDY = "highest_capacity"
WEIGHTS = {"skills": 60, "waiting": 20, "fairness": 20}
PRIORITIES = st.sampled_from([(1, 1, 1), (1, 1, 2), (1, 2, 1)])


def a_match(*priorities: int, method: str = NAME) -> CompiledConfiguration:
    return a_configuration(
        a_workstream(2, skill_matching="closest", allowed_presences=["available", "busy"]),
        *(
            a_queue(id, assignment_method=method, priority=priority)
            for id, priority in zip(QUEUES, priorities, strict=True)
        ),
        compile_piece("assignment_method", {"name": NAME, "kind": "best_match"}, id=1),
        compile_piece("rating_model", {"name": "Stars", "min": 1, "max": 5}, id=1),
        *(
            compile_piece("skill", {"name": name, "rating_model": "Stars"}, id=id)
            for id, name in enumerate(SKILLS, start=1)
        ),
    )


@st.composite
def work(draw: Any) -> list[ItemFacts]:
    return [
        an_item(
            id,
            waits=draw(st.integers(0, 99)),
            queue_id=draw(st.sampled_from(QUEUES)),
            skills=required(*draw(st.sets(st.sampled_from(SKILLS), max_size=2)), rating=2),
        )
        for id in range(1, draw(st.integers(2, 9)) + 1)
    ]


@st.composite
def people(draw: Any) -> list[AgentFacts]:
    """Each has room for one item: then a match is made in one round."""
    return [
        an_agent(
            id,
            skills=draw(st.dictionaries(st.sampled_from(SKILLS), st.integers(2, 5))),
            memberships={
                queue: Membership(position=id, last_assigned_at=draw(MOMENTS))
                for queue in draw(st.sets(st.sampled_from(QUEUES), min_size=1))
            },
        )
        for id in range(1, draw(st.integers(1, 6)) + 1)
    ]


def cost(
    decided: BatchDecision,
    waiting: list[ItemFacts],
    all_agents: list[AgentFacts],
    configuration: CompiledConfiguration,
) -> float:
    """What assignments lack of the highest score; an item left costs more than all of that."""
    by_skill, rules = scales(configuration), rules_of(configuration.workstreams[1])
    places = {(a.id, q): Place(Seat(a), m) for a in all_agents for q, m in a.memberships.items()}
    able = {
        queue: {
            agent_id: place
            for (agent_id, its), place in places.items()
            for item in waiting
            if its == queue == item.queue_id and has_every_skill(item, place.seat, rules)
        }
        for queue in QUEUES
    }
    fair = {queue: fairness([*those.values()]) for queue, those in able.items()}
    longest = max(NOW - item.waiting_since for item in waiting).total_seconds() or 1
    by_id, highest = {item.id: item for item in waiting}, sum(WEIGHTS.values())
    total = (len(waiting) - len(decided.assignments)) * highest * (1.0 + len(waiting))
    for each in decided.assignments:
        item, queue = by_id[each.item_id], each.queue_id
        waited = (NOW - item.waiting_since).total_seconds() / longest
        total += highest - WEIGHTS["waiting"] * waited
        total -= WEIGHTS["skills"] * skill_fit(places[each.agent_id, queue], item.skills, by_skill)
        total -= WEIGHTS["fairness"] * fair[queue][each.agent_id]
    return total


@settings(max_examples=100, deadline=None)
@given(waiting=work(), all_agents=people())
def test_it_never_costs_more_than_queue_by_queue_or_greedy(waiting, all_agents):
    configuration = a_match(1, 1, 1)
    found = (configuration, a_match(1, 2, 3), a_match(1, 1, 1, method=GREEDY))

    together, by_queue, greedy = (
        cost(decide(each, waiting, all_agents, now=NOW), waiting, all_agents, configuration)
        for each in found
    )

    assert together <= by_queue + 0.01
    assert together <= greedy + 0.01


@st.composite
def teams(draw: Any) -> list[AgentFacts]:
    """Room for several, and one who serves all queues: they are matched at once."""
    found = [replace(each, units_limit=draw(st.integers(1, 3))) for each in draw(people())]
    every = {queue: Membership(position=1) for queue in QUEUES}
    return [replace(found[0], memberships=every), *found[1:]]


def in_two_queues(waiting: list[ItemFacts]) -> list[ItemFacts]:
    return [replace(waiting[0], queue_id=1), replace(waiting[1], queue_id=2), *waiting[2:]]


@settings(max_examples=80, deadline=None)
@given(waiting=work().map(in_two_queues), all_agents=teams())
def test_as_many_find_an_agent_as_can(waiting, all_agents):
    decided = decide(a_match(1, 1, 1), waiting, all_agents, now=NOW)

    assert len(decided.assignments) == most_pairs(waiting, all_agents)


def most_pairs(waiting: list[ItemFacts], all_agents: list[AgentFacts]) -> int:
    """One unit more at a time, by whomever that moves."""
    rules, taken = rules_of(a_match(1, 1, 1).workstreams[1]), dict[tuple[int, int], ItemFacts]()
    units = [(agent, number) for agent in all_agents for number in range(agent.units_limit or 0)]

    def finds(item: ItemFacts, asked: set[tuple[int, int]]) -> bool:
        for agent, number in units:
            unit = agent.id, number
            can = item.queue_id in agent.memberships and has_every_skill(item, Seat(agent), rules)
            if can and unit not in asked:
                asked.add(unit)
                if unit not in taken or finds(taken[unit], asked):
                    taken[unit] = item
                    return True
        return False

    return sum(finds(item, set()) for item in waiting)


@settings(max_examples=80, deadline=None)
@given(waiting=items(), all_agents=agents())
def test_queues_of_unlike_needs_are_matched_as_if_each_had_its_own_number(waiting, all_agents):
    """What each needs of its own, others do not."""
    units = {queue: {"capacity_units": queue, "capacity_profiles": ()} for queue in QUEUES}
    waiting = [replace(item, **units[item.queue_id]) for item in waiting]

    decided = decide(a_match(1, 1, 1), waiting, all_agents, now=NOW)

    by_queue = decide(a_match(1, 2, 3), waiting, all_agents, now=NOW)
    assert decided.assignments == by_queue.assignments


@settings(max_examples=40, deadline=None)
@given(priorities=PRIORITIES, waiting=wishing(), all_agents=agents(), seed=st.randoms())
def test_the_same_batch_in_any_sequence_is_matched_alike(priorities, waiting, all_agents, seed):
    decision = decide(a_match(*priorities), waiting, all_agents, now=NOW)
    seed.shuffle(waiting)
    seed.shuffle(all_agents)

    again = decide(a_match(*priorities), waiting, all_agents, now=NOW)

    assert again.assignments == decision.assignments


@settings(max_examples=40, deadline=None)
@given(priorities=PRIORITIES, waiting=items(), all_agents=agents())
def test_it_never_gives_more_than_there_is_room_for(priorities, waiting, all_agents):
    decision = decide(a_match(*priorities), waiting, all_agents, now=NOW)

    by_id = {agent.id: agent for agent in all_agents}
    units, profiles = Counter[int](), Counter[tuple[int, str]]()
    for proposal in decision.assignments:
        units[proposal.agent_id] += proposal.units
        profiles.update((proposal.agent_id, name) for name in proposal.profiles)
    assert all(not held or held <= (by_id[id].units_limit or 0) for id, held in units.items())
    assert all(held <= by_id[id].profiles[name].free for (id, name), held in profiles.items())


@settings(max_examples=40, deadline=None)
@given(priorities=PRIORITIES, waiting=items(), all_agents=agents())
def test_every_item_is_given_once_or_has_a_named_blocker(priorities, waiting, all_agents):
    decision = decide(a_match(*priorities), waiting, all_agents, now=NOW)

    given_items = [proposal.item_id for proposal in decision.assignments]
    left = sum(group.waiting for group in decision.unmatched)
    assert len(given_items) == len(set(given_items)) == len(waiting) - left
    assert all(sum(group.counts.values()) == group.members for group in decision.unmatched)


@settings(max_examples=40, deadline=None)
@given(queue=st.sampled_from(QUEUES), waiting=wishing(), all_agents=agents())
def test_one_queue_alone_is_matched_as_if_there_were_no_others(queue, waiting, all_agents):
    """Others of its number are in its way with no work, or with no agents."""
    own = [replace(item, queue_id=queue) for item in waiting]

    alone = decide(a_match(1, 2, 3), own, all_agents, now=NOW)

    assert decide(a_match(1, 1, 1), own, all_agents, now=NOW).assignments == alone.assignments
    assert {len(each.matched) for each in alone.assignments} <= {0, 1}


@settings(max_examples=40, deadline=None)
@given(waiting=items(), all_agents=agents())
def test_work_of_a_smaller_number_goes_as_if_there_were_no_other(waiting, all_agents):
    configuration = a_match(1, 2, 2)
    first = [item for item in waiting if item.queue_id == 1]

    decision = decide(configuration, waiting, all_agents, now=NOW)

    ahead = decide(configuration, first, all_agents, now=NOW).assignments
    assert decision.assignments[: len(ahead)] == ahead
