"""Skills: every example of the reference, by custom methods and by the workstream's matching."""

import pytest

from routing.engine.assign import decide
from routing.engine.configuration import compile_piece
from routing.engine.facts import RequiredSkill
from tests.routing.engine.methods import a_method, a_rule, pairs, row
from tests.routing.engine.situations import (
    NOW,
    a_configuration,
    a_workstream,
    an_agent,
    an_item,
    required,
)

SCALES = [
    compile_piece("rating_model", {"name": "Stars", "min": 1, "max": 5}, id=1),
    *(
        compile_piece("skill", {"name": name, "type": "Skill", "rating_model": "Stars"}, id=id)
        for id, name in enumerate("ASPQWXYZ", 1)
    ),
]
TWO = {"Carlos": {"A": 2, "S": 3}, "Eric": {"A": 3, "S": 4}}
THREE = {
    "Carlos": {"P": 2, "Q": 3, "S": 3},
    "Eric": {"P": 5, "Q": 4, "S": 1},
    "Jamie": {"P": 1, "Q": 2, "S": 1},
}
COUNTED = {
    "one": {"W": 5},
    "two": {"W": 1, "X": 1},
    "three": {"W": 1, "X": 1, "Y": 1},
}
FOUR = {
    "under": {"W": 3, "X": 3, "Y": 3},
    "over": {"W": 3, "X": 3, "Y": 3, "Z": 3, "A": 3},
    "as asked": {"W": 3, "X": 3, "Y": 3, "Z": 3},
    "none": {},
}


def wanted(**ratings):
    return tuple(RequiredSkill(skill=name, rating=rating) for name, rating in ratings.items())


def people(skills):
    """In an order that is none of those asked for, each with room for one."""
    names = sorted(skills)
    return names, [
        an_agent(id, username=name, skills=skills[name]) for id, name in enumerate(names, 1)
    ]


def alike(skills, number):
    return [an_item(id, waits=9 - id, skills=skills) for id in range(1, number + 1)]


@pytest.mark.parametrize(
    ("order", "needs", "skills", "expected"),
    [
        ("proficiency_nearest", wanted(A=2, S=3), TWO, ["Carlos", "Eric"]),
        ("proficiency_most", wanted(A=2, S=3), TWO, ["Eric", "Carlos"]),
        ("proficiency_nearest", wanted(P=2, Q=3, S=3), THREE, ["Carlos", "Eric", "Jamie"]),
        ("proficiency_most", wanted(P=2, Q=3, S=3), THREE, ["Eric", "Carlos", "Jamie"]),
        ("proficiency_most", required("A", "S"), TWO, ["Eric", "Carlos"]),
        ("skill_count", wanted(W=9, X=9, Y=9), COUNTED, ["three", "two", "one"]),
    ],
)
def test_agents_are_taken_as_in_the_example(order, needs, skills, expected):
    names, agents = people(skills)
    method = a_method(a_rule("Any", order=[{"by": order}]))

    given = pairs(method, alike(needs, len(agents)), agents, *SCALES)

    assert [names[agent - 1] for _, agent in given] == expected


def test_closest_counts_the_skills_first_and_lets_even_the_unskilled_have_it():
    names, agents = people(FOUR)
    workstream = a_workstream(skill_matching="closest")
    configuration = a_configuration(workstream, *SCALES)
    items = alike(required("W", "X", "Y", "Z", rating=3), 4)

    decision = decide(configuration, items, agents, now=NOW)

    given = [names[each.agent_id - 1] for each in decision.assignments]
    assert given == ["as asked", "over", "under", "none"]


@pytest.mark.parametrize(
    ("matching", "expected"),
    [("exact", []), ("closest", [1]), ("none", [2])],
)
def test_what_nobody_meets_waits_only_with_exact_matching(matching, expected):
    agents = [an_agent(1, skills={"A": 2}), an_agent(2, units_limit=9)]
    configuration = a_configuration(a_workstream(skill_matching=matching), *SCALES)

    decision = decide(configuration, alike(wanted(A=5), 1), agents, now=NOW)

    assert [each.agent_id for each in decision.assignments] == expected


def test_exact_matching_wants_every_skill_with_its_rating_then_goes_by_the_method():
    agents = [
        an_agent(1, skills={"A": 5, "S": 2}, units_limit=9),
        an_agent(2, skills={"A": 5}, units_limit=9),
        an_agent(3, skills={"A": 3, "S": 3}, units_limit=2),
        an_agent(4, skills={"A": 5, "S": 5}, units_limit=1),
    ]

    decision = decide(a_configuration(*SCALES), alike(wanted(A=3, S=3), 3), agents, now=NOW)

    assert [each.agent_id for each in decision.assignments] == [3, 4, 3]


def test_equally_close_agents_take_turns_by_the_method():
    """The original keeps giving to the same one; here the method breaks the tie (design 7.3)."""
    agents = [an_agent(id, skills={"A": 3}, units_limit=5) for id in (1, 2)]
    configuration = a_configuration(a_workstream(skill_matching="closest"), *SCALES)

    decision = decide(configuration, alike(wanted(A=3), 4), agents, now=NOW)

    assert [each.agent_id for each in decision.assignments] == [1, 2, 1, 2]


def test_ratings_of_two_models_count_alike_in_what_is_nearest_and_most():
    """Five of five stars is as much as a hundred of a hundred points."""
    points = compile_piece("rating_model", {"name": "Points", "min": 1, "max": 100}, id=2)
    typing = compile_piece(
        "skill", {"name": "Typing", "type": "Skill", "rating_model": "Points"}, id=99
    )
    agents = [
        an_agent(1, skills={"A": 1, "Typing": 90}),
        an_agent(2, skills={"A": 5, "Typing": 60}),
    ]
    item = an_item(skills=wanted(A=5, Typing=90))

    for order in ("proficiency_nearest", "proficiency_most"):
        method = a_method(a_rule("Any", order=[{"by": order}]))
        # By raw numbers the first would win both: 4 off against 30, 91 in all against 65.
        assert pairs(method, [item], agents, *SCALES, points, typing) == [(1, 2)], order


def test_a_table_modelled_as_skills_is_matched_by_what_the_item_names():
    """No classification is needed: the item names the product, agents have it as a skill."""
    method = a_method(
        a_rule("Product", row("agent.skills", "custom_match", item="context.product"))
    )
    agents = [an_agent(1, skills={"Printer": None}), an_agent(2, skills={"Laptop": None})]
    items = [
        an_item(1, waits=3, fields={"context": {"product": "Laptop"}}),
        an_item(2, waits=2, fields={"context": {"product": "Printer"}}),
        an_item(3, waits=1, fields={"context": {"product": "Phone"}}),
    ]

    assert pairs(method, items, agents) == [(1, 2), (2, 1)]
