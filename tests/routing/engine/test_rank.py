"""Who comes first: the built-in methods and closeness of skills."""

from dataclasses import replace
from typing import Any

import pytest

from routing.engine.capacity import room
from routing.engine.facts import AgentFacts, ItemFacts, Membership, ProfileRoom, RequiredSkill
from routing.engine.rank import METHODS, highest_capacity, method_named, ranking
from routing.engine.seats import Place, Seat
from tests.routing.engine.situations import RULES, ago, an_agent, an_item
from workstreams.terms import AssignmentMethodName, SkillMatching

CLOSEST = replace(RULES, skill_matching=SkillMatching.CLOSEST)
SCALE = {"A": (1.0, 5.0), "S": (1.0, 5.0), "P": (1.0, 5.0), "Q": (1.0, 5.0)}
HIGHEST, ROBIN, LEAST = AssignmentMethodName


def someone(name: str, id: int, **facts: Any) -> AgentFacts:
    assigned = facts.pop("assigned", None)
    membership = Membership(
        position=id, last_assigned_at=None if assigned is None else ago(assigned)
    )
    return an_agent(id, username=name, memberships={1: membership}, **facts)


def order(
    agents: list[AgentFacts], method: str, item: ItemFacts | None = None, rules: Any = RULES
) -> list[str]:
    item = item or an_item()
    key = ranking(item, rules, METHODS[method], SCALE)
    places = [Place(Seat(agent), agent.memberships[1]) for agent in agents]
    return [p.seat.username for p in sorted(places, key=lambda p: key(p, room(p.seat, item) or 0))]


CASES: list[tuple[str, str, list[AgentFacts], list[str]]] = [
    ("most room", HIGHEST,
     [someone("one", 1, units_limit=1), someone("three", 2, units_limit=3)], ["three", "one"]),
    ("equal room, earliest assignment", HIGHEST,
     [someone("10:37", 1, assigned=10), someone("10:30", 2, assigned=30),
      someone("10:35", 3, assigned=20)], ["10:30", "10:35", "10:37"]),
    ("equal room, never assigned first", HIGHEST,
     [someone("assigned", 1, assigned=99), someone("never", 2)], ["never", "assigned"]),
    ("rotation ignores room", ROBIN,
     [someone("roomy", 1, units_limit=9, assigned=1), someone("earlier", 2, assigned=2)],
     ["earlier", "roomy"]),
    ("never assigned by membership", ROBIN,
     [someone("second", 5), someone("first", 4), someone("later", 1, assigned=9)],
     ["first", "second", "later"]),
    ("longest since release", LEAST,
     [someone("13:15", 1, last_released_at=ago(300)),
      someone("13:10", 2, last_released_at=ago(600))],
     ["13:10", "13:15"]),
    ("never released first", LEAST,
     [someone("released", 1, last_released_at=ago(9999)), someone("new", 2)],
     ["new", "released"]),
    ("never released, by turn", LEAST,
     [someone("later", 1, assigned=1), someone("earlier", 2, assigned=2)], ["earlier", "later"]),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[f"{case[1]}, {case[0]}" for case in CASES])
def test_a_method_orders_the_agents(case):
    _, method, agents, expected = case

    assert order(agents, method) == expected
    assert order(agents[::-1], method) == expected


def test_room_of_profile_items_is_the_least_free_profile():
    item = an_item(capacity_units=0, capacity_profiles=("Day", "High"))
    agents = [
        someone(name, id, profiles={"Day": ProfileRoom(limit=day), "High": ProfileRoom(limit=high)})
        for id, (name, day, high) in enumerate([("tight", 9, 1), ("even", 2, 2)])
    ]

    assert order(agents, HIGHEST, item) == ["even", "tight"]


def wants(**ratings: float) -> ItemFacts:
    return an_item(skills=tuple(RequiredSkill(skill=s, rating=r) for s, r in ratings.items()))


def skilled(name: str, id: int, **ratings: float) -> AgentFacts:
    return someone(name, id, skills=ratings, units_limit=facts_limit(id))


def facts_limit(id: int) -> int:
    """The least fitting agent has the most room, so that room alone would order them wrongly."""
    return 10 - id


CLOSENESS = [
    ("exact before over-qualified", wants(A=2, S=3),
     [skilled("Eric", 1, A=3, S=4), skilled("Carlos", 2, A=2, S=3)], ["Carlos", "Eric"]),
    ("three of the reference", wants(P=2, Q=3, S=3),
     [skilled("Jamie", 1, P=1, Q=2, S=1), skilled("Eric", 2, P=5, Q=4, S=1),
      skilled("Carlos", 3, P=2, Q=3, S=3)], ["Carlos", "Eric", "Jamie"]),
    ("smaller shortfall", wants(A=5, S=5),
     [skilled("far", 1, A=1, S=5), skilled("near", 2, A=4, S=5)], ["near", "far"]),
    ("lowest rating before none", wants(A=3),
     [skilled("none", 1), skilled("lowest", 2, A=1)], ["lowest", "none"]),
    ("no skills beyond those asked", wants(A=3),
     [skilled("versatile", 1, A=3, S=3), skilled("fits", 2, A=3)], ["fits", "versatile"]),
    ("equally close, the method", wants(A=3),
     [skilled("little room", 2, A=3), skilled("more room", 1, A=3)],
     ["more room", "little room"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("item", "agents", "expected"),
    [case[1:] for case in CLOSENESS],
    ids=[case[0] for case in CLOSENESS],
)
def test_closest_matching_orders_by_skills_before_the_method(item, agents, expected):
    assert order(agents, HIGHEST, item, CLOSEST) == expected
    assert order(agents[::-1], HIGHEST, item, CLOSEST) == expected


def test_ratings_of_different_models_count_on_one_scale():
    scales = {"A": (1.0, 5.0), "S": (1.0, 100.0)}
    item = wants(A=5, S=100)
    near = skilled("almost on the long scale", 1, A=5, S=90)
    far = skilled("far on the short scale", 2, A=1, S=100)
    key = ranking(item, CLOSEST, highest_capacity, scales)

    keys = [key(Place(Seat(agent), agent.memberships[1]), 1) for agent in (near, far)]

    assert keys == sorted(keys)


def test_an_agent_who_declined_comes_after_those_who_did_not():
    agents = [someone("declined", 1, units_limit=9), someone("twice", 2), someone("never", 3)]

    ranked = order(agents, HIGHEST, an_item(declined={1: 1, 2: 2}))

    assert ranked == ["never", "declined", "twice"]


def test_closest_matching_without_required_skills_is_the_method():
    agents = [someone("skilled", 1, skills={"A": 1}), someone("plain", 2, units_limit=2)]

    assert order(agents, HIGHEST, an_item(skills=()), CLOSEST) == ["plain", "skilled"]


def test_an_unknown_method_ranks_by_highest_capacity():
    assert method_named("made up") is highest_capacity
