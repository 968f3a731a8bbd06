"""In which order custom methods take agents, as the reference describes it (A 10.1)."""

import pytest

from routing.engine.configuration import compile_piece
from routing.engine.facts import Membership, ProfileRoom, RequiredSkill
from tests.routing.engine.methods import a_method, a_rule, pairs
from tests.routing.engine.situations import ago, an_agent, an_item

SCALE = compile_piece("rating_model", {"name": "Stars", "min": 1, "max": 5}, id=1)
TYPES = {"A": "Product", "P": "Product", "Q": "Product", "S": "Language"}
SKILLS = [
    compile_piece("skill", {"name": name, "type": type, "rating_model": "Stars"}, id=id)
    for id, (name, type) in enumerate(TYPES.items(), start=1)
]


def wants(**ratings):
    return an_item(skills=tuple(RequiredSkill(skill=s, rating=r) for s, r in ratings.items()))


def ranked(order, item, **people):
    """The people by name, best first: each gets one of as many items that are alike."""
    ids = {name: id for id, name in enumerate(people, start=1)}
    agents = [an_agent(ids[name], username=name, **facts) for name, facts in people.items()]
    items = [
        an_item(number, waits=99 - number, skills=item.skills) for number in range(1, len(ids) + 1)
    ]
    given = pairs(a_method(a_rule("Any", order=order)), items, agents, SCALE, *SKILLS)
    names = {id: name for name, id in ids.items()}
    return [names[agent] for _, agent in given]


PROFICIENCY = [
    ("nearest", wants(A=2, S=3), {"Eric": {"A": 3, "S": 4}, "Carlos": {"A": 2, "S": 3}},
     ["Carlos", "Eric"]),
    ("most", wants(A=2, S=3), {"Carlos": {"A": 2, "S": 3}, "Eric": {"A": 3, "S": 4}},
     ["Eric", "Carlos"]),
    ("nearest", wants(P=2, Q=3, S=3),
     {"Jamie": {"P": 1, "Q": 2, "S": 1}, "Eric": {"P": 5, "Q": 4, "S": 1},
      "Carlos": {"P": 2, "Q": 3, "S": 3}}, ["Carlos", "Eric", "Jamie"]),
    ("most", wants(P=2, Q=3, S=3),
     {"Jamie": {"P": 1, "Q": 2, "S": 1}, "Carlos": {"P": 2, "Q": 3, "S": 3},
      "Eric": {"P": 5, "Q": 4, "S": 1}}, ["Eric", "Carlos", "Jamie"]),
]  # fmt: skip


@pytest.mark.parametrize(("way", "item", "people", "expected"), PROFICIENCY)
def test_proficiency_orders_as_in_the_examples(way, item, people, expected):
    facts = {name: {"skills": skills} for name, skills in people.items()}

    assert ranked([{"by": f"proficiency_{way}"}], item, **facts) == expected


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("proficiency_nearest", ["Fits", "Over", "Lacks"]),
        ("proficiency_most", ["Over", "Fits", "Lacks"]),
        ("skill_count", ["Over", "Fits", "Lacks"]),
    ],
)
def test_skills_of_one_type_may_count_alone(by, expected):
    item = wants(P=2, S=2)
    people = {
        "Lacks": {"skills": {"S": 5}},
        "Over": {"skills": {"P": 4}},
        "Fits": {"skills": {"P": 2, "S": 1}},
    }

    assert ranked([{"by": by, "skill_type": "product"}], item, **people) == expected


def test_what_somebody_knows_of_other_types_counts_neither_for_nor_against_him():
    """Both fit by language; only one of them knows the product, which is asked for next."""
    people = {"Lacks": {"skills": {"S": 2}}, "Knows": {"skills": {"S": 2, "P": 2, "Q": 5}}}
    order = [{"by": "proficiency_nearest", "skill_type": name} for name in ("language", "product")]

    assert ranked(order, wants(S=2, P=2), **people) == ["Knows", "Lacks"]


def test_skill_count_goes_by_how_many_of_the_required_skills_somebody_has():
    people = {
        "One": {"skills": {"P": 5}},
        "Three": {"skills": {"P": 1, "Q": 1, "S": 1}},
        "Two": {"skills": {"P": 1, "Q": 1, "A": 5}},
    }

    assert ranked([{"by": "skill_count"}], wants(P=2, Q=3, S=3), **people) == [
        "Three",
        "Two",
        "One",
    ]


@pytest.mark.parametrize(("direction", "first"), [("descending", 2), ("ascending", 1)])
def test_agents_are_ordered_by_room_in_the_items_profiles(direction, first):
    item = an_item(capacity_units=0, capacity_profiles=("Day", "High"))
    agents = [
        an_agent(1, profiles={"Day": ProfileRoom(limit=9), "High": ProfileRoom(limit=1)}),
        an_agent(2, profiles={"Day": ProfileRoom(limit=2), "High": ProfileRoom(limit=2)}),
    ]
    method = a_method(a_rule("Any", order=[{"by": "profiles", "direction": direction}]))

    assert pairs(method, [item], agents) == [(1, first)]


def test_round_robin_is_a_queues_own_so_that_work_may_come_back_to_back():
    """The one who waits longest for work of this queue has just got some of another."""
    other = Membership(position=1, last_assigned_at=ago(1))
    agents = [
        an_agent(1, memberships={1: Membership(last_assigned_at=ago(60)), 2: other}),
        an_agent(2, memberships={1: Membership(last_assigned_at=ago(30))}),
    ]
    method = a_method(a_rule("Any", order=("round_robin",)))

    assert pairs(method, [an_item()], agents) == [(1, 1)]


def test_least_active_goes_by_the_last_release_in_any_queue_and_who_never_had_work_is_first():
    agents = [
        an_agent(1, last_released_at=ago(300)),
        an_agent(2, last_released_at=ago(600)),
        an_agent(3),
    ]
    method = a_method(a_rule("Any", order=("least_active",)))
    items = [an_item(number, waits=9 - number) for number in (1, 2, 3)]

    assert [agent for _, agent in pairs(method, items, agents)] == [3, 2, 1]
