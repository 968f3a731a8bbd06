"""Of who meets no rule of a method it is told what the rule asks of him, and what he can change."""

import pytest

from agents.terms import BasePresence
from routing.engine.explain import blockers_of, waiting_because
from routing.engine.facts import ProfileRoom
from routing.engine.methods.built_in import ALLOWED, ROOM, SKILLED
from tests.routing.engine.methods import NAME, a_method, row
from tests.routing.engine.situations import (
    NOW,
    a_configuration,
    a_queue,
    an_agent,
    an_item,
    required,
)

AWAY = BasePresence.AWAY
OTHERS = "The presence of an agent changes, or the queue's assignment method asks for others."
FREE = "An agent finishes work, or is given more capacity."
CHATS = {"capacity_units": 0, "capacity_profiles": ("Chats",)}
NO_CHATS = {"Chats": ProfileRoom(limit=1, used=1)}
OWN = a_queue(assignment_method=NAME)


def told(when, agent, **needs):
    """The only blocker, where the method's only rule asks this."""
    configuration = a_configuration(OWN, a_method({"name": "Ours", "when": when}))
    [found] = waiting_because(blockers_of(configuration, an_item(**needs), [agent], now=NOW))
    return found["blocker"], found["sentence"], found["would_help"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (row("agent.capacity", "less", 2), "agent available capacity is less than 2"),
        (row("agent.units", "equals", 2), "agent free units equals 2"),
        ({"not": row("agent.units", "greater", 2)}, "not (agent free units is greater than 2)"),
    ],
    ids=["less", "just so much", "not more"],
)
def test_who_has_more_room_than_is_asked_for_is_not_told_to_finish_work(asked, said):
    blocker, sentence, would_help = told(asked, an_agent(units_limit=5))

    assert blocker == "meets_an_assignment_rule"
    assert sentence == f"1 of 1 member meets no assignment rule: “Ours” asks {said}."
    assert "finishes work" not in would_help


def test_who_lacks_another_skill_than_the_item_requires_is_told_which_the_rule_asks_for():
    asked = {"all": [dict(ALLOWED), row("agent.skills", "contains", "French")]}

    latin = an_agent(skills={"Latin": None})

    assert told(asked, latin, skills=required("German")) == (
        "has_every_skill",
        "1 of 1 member lacks a required skill: “Ours” asks agent skills contains French.",
        "Give an agent the skill, or the queue's assignment method ends more generally.",
    )


def test_closest_matching_is_no_help_where_a_rule_asks_for_all_skills():
    asked = {"all": [dict(ALLOWED), dict(SKILLED)]}

    assert told(asked, an_agent(), skills=required("German")) == (
        "has_every_skill",
        "1 of 1 member lacks German.",
        "Give an agent German, or the queue's assignment method ends more generally.",
    )


@pytest.mark.parametrize(
    ("asked", "presence", "said"),
    [
        (row("agent.presence", "in", ["busy"]), AWAY, "1 away; “Ours” asks agent presence is one"),
        (row("agent.presence", "in", item="context.when"), AWAY, "1 away; “Ours” asks agent"),
        ({**ALLOWED, "op": "not_equals"}, BasePresence.AVAILABLE, "1 available; “Ours” asks"),
    ],
    ids=["others", "those that the item names", "those not allowed"],
)
def test_a_presence_that_the_workstream_does_not_ask_about_is_told_by_the_rule(
    asked, presence, said
):
    names = {"context": {"when": ["busy", "available"]}}

    blocker, sentence, would_help = told(asked, an_agent(base_presence=presence), fields=names)

    assert blocker == "presence_is_allowed"
    assert f"has a presence that its rule does not ask for: {said}" in sentence
    assert would_help == OTHERS


def test_a_presence_is_told_by_the_rule_where_it_comes_after_something_else():
    asked = {
        "all": [
            row("agent.locale", "equals", "de"),
            row("agent.presence", "in", item="context.when"),
        ]
    }
    names = {"context": {"when": ["busy"]}}

    _, sentence, would_help = told(asked, an_agent(locale="fr"), fields=names)

    assert "and has a presence that its rule does not ask for: 1 available" in sentence
    assert would_help.endswith(OTHERS)


@pytest.mark.parametrize(("limit", "used"), [(3, 3), (3, 0), (9, 9)])
def test_who_needs_more_room_for_the_rule_than_for_the_item_is_told_how_much(limit, used):
    asked = row("agent.units", "greater_or_equal", 5)

    assert told(asked, an_agent(units_limit=limit, units_used=used)) == (
        "has_room",
        "1 of 1 member has not the room that “Ours” asks for: agent free units is at least 5.",
        FREE,
    )


def test_who_has_no_units_at_all_is_not_told_to_mend_the_rule():
    blocker, _, would_help = told(
        row("agent.units", "greater_or_equal", 5), an_agent(units_limit=None)
    )

    assert (blocker, would_help) == ("has_room", FREE)


@pytest.mark.parametrize(
    ("asked", "agent", "needs", "said"),
    [
        (row("agent.capacity", "greater", 0), {"units_used": 1}, {}, "is full"),
        (ROOM, {"units_limit": 1}, {"capacity_units": 2}, "has less than the 2 units free that it"),
        ({"any": [ROOM]}, {"units_limit": None}, {}, "has no unit capacity"),
        (row("agent.capacity", "greater", 0), {}, CHATS, "lacks the capacity profile Chats"),
        (row("agent.profile_room", "greater_or_equal", 1), {"profiles": NO_CHATS}, CHATS,
         "is full in the capacity profile Chats"),
    ],
    ids=["none", "too little", "no units", "no profile", "no room in the profile"],
)  # fmt: skip
def test_who_needs_no_more_room_for_the_rule_than_for_the_item_is_told_what_that_needs(
    asked, agent, needs, said
):
    blocker, sentence, _ = told(asked, an_agent(**agent), **needs)

    assert blocker == "has_room"
    assert sentence.startswith(f"1 of 1 member {said}")
