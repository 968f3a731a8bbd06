"""Each test an agent has to pass, with the numbers an explanation prints."""

from dataclasses import replace
from typing import Any

import pytest

from agents.terms import BasePresence
from routing.engine.eligible import TESTS, Rules, first_failed_test, rules_of
from routing.engine.facts import AgentFacts, ItemFacts, ProfileRoom
from tests.routing.engine.situations import RULES, a_workstream, an_agent, an_item, required
from workstreams.terms import SkillMatching

EXACT = replace(RULES, skill_matching=SkillMatching.EXACT)
BUSY = BasePresence.BUSY
FULL, FREE = ProfileRoom(limit=2, used=2), ProfileRoom(limit=2, used=1)
BLOCKING = ProfileRoom(limit=1, used=1, blocks=True)
PROFILES = an_item(capacity_units=0, capacity_profiles=("Day", "High"))
FRENCH = an_item(skills=required("French", rating=3))
DECLINED = an_item(declined={1: 3})

Case = tuple[str, ItemFacts, AgentFacts, Rules, str | None, dict[str, Any]]
CASES: list[Case] = [
    ("passes all", an_item(), an_agent(), RULES, None, {}),
    ("member of another queue", an_item(), an_agent(queues=(2,)), RULES, "is_member", {"queue": 1}),
    ("item in no queue", an_item(queue_id=None), an_agent(), RULES, "is_member", {"queue": None}),
    ("disabled", an_item(), an_agent(is_enabled=False), RULES, "is_enabled", {}),
    (
        "presence not allowed",
        an_item(),
        an_agent(base_presence=BUSY),
        RULES,
        "presence_is_allowed",
        {"presence": "busy", "allowed": ["available"]},
    ),
    (
        "unknown presence",
        an_item(),
        an_agent(base_presence=None),
        RULES,
        "presence_is_allowed",
        {"presence": "unknown", "allowed": ["available"]},
    ),
    (
        "no presence allowed",
        an_item(),
        an_agent(),
        Rules(),
        "presence_is_allowed",
        {"presence": "available", "allowed": []},
    ),
    (
        "exactly enough room",
        an_item(capacity_units=5),
        an_agent(units_limit=15, units_used=10),
        RULES,
        None,
        {},
    ),
    (
        "one unit short",
        an_item(capacity_units=5),
        an_agent(units_limit=15, units_used=11),
        RULES,
        "has_room",
        {"needed": 5, "free": 4},
    ),
    (
        "nothing needed, nothing free",
        an_item(capacity_units=0),
        an_agent(units_used=1),
        RULES,
        None,
        {},
    ),
    (
        "nothing needed, over the limit",
        an_item(capacity_units=0),
        an_agent(units_used=2),
        RULES,
        "has_room",
        {"needed": 0, "free": -1},
    ),
    (
        "no unit capacity",
        an_item(),
        an_agent(units_limit=None),
        RULES,
        "has_room",
        {"needed": 1, "free": None},
    ),
    (
        "no capacity policy",
        an_item(),
        an_agent(),
        replace(RULES, has_capacity_policy=False),
        "has_room",
        {"needed": 1, "free": 1, "missing": "capacity policy of the workstream"},
    ),
    (
        "room in all profiles",
        PROFILES,
        an_agent(units_limit=None, profiles={"Day": FREE, "High": FREE}),
        RULES,
        None,
        {},
    ),
    (
        "one profile full",
        PROFILES,
        an_agent(profiles={"Day": FREE, "High": FULL}),
        RULES,
        "has_room",
        {"profiles": {"Day": 1, "High": 0}},
    ),
    (
        "one profile lacking",
        PROFILES,
        an_agent(profiles={"Day": FREE}),
        RULES,
        "has_room",
        {"profiles": {"Day": 1, "High": None}},
    ),
    (
        "units and profile, profile full",
        an_item(capacity_profiles=("Day",)),
        an_agent(profiles={"Day": FULL}),
        RULES,
        "has_room",
        {"needed": 1, "free": 1, "profiles": {"Day": 0}},
    ),
    (
        "another profile blocks",
        an_item(),
        an_agent(profiles={"Calls": BLOCKING}),
        RULES,
        "has_room",
        {"needed": 1, "free": 1, "blocked_by": ["Calls"]},
    ),
    ("another profile is full", an_item(), an_agent(profiles={"Day": FULL}), RULES, None, {}),
    ("skill at the rating", FRENCH, an_agent(skills={"French": 3}), EXACT, None, {}),
    (
        "skill below the rating",
        FRENCH,
        an_agent(skills={"French": 2}),
        EXACT,
        "has_every_skill",
        {"lacking": {"French": {"needed": 3, "has": 2}}},
    ),
    (
        "skill without rating",
        FRENCH,
        an_agent(skills={"French": None}),
        EXACT,
        "has_every_skill",
        {"lacking": {"French": {"needed": 3, "has": None}}},
    ),
    (
        "skill lacking",
        FRENCH,
        an_agent(),
        EXACT,
        "has_every_skill",
        {"lacking": {"French": {"needed": 3, "has": None}}},
    ),
    (
        "any rating will do",
        an_item(skills=required("French")),
        an_agent(skills={"French": None}),
        EXACT,
        None,
        {},
    ),
    (
        "closest filters nobody",
        FRENCH,
        an_agent(),
        replace(RULES, skill_matching=SkillMatching.CLOSEST),
        None,
        {},
    ),
    ("no matching filters nobody", FRENCH, an_agent(), RULES, None, {}),
    ("declined twice", an_item(declined={1: 2}), an_agent(), RULES, None, {}),
    (
        "declined three times",
        DECLINED,
        an_agent(),
        RULES,
        "has_not_declined_too_often",
        {"declines": 3, "maximum": 3, "is_cooling_down": False},
    ),
    ("everyone declined", DECLINED, an_agent(), replace(RULES, everyone_declined=True), None, {}),
    (
        "cooling down",
        an_item(declined={1: 1}, cooling_down=frozenset({1})),
        an_agent(),
        replace(RULES, everyone_declined=True),
        "has_not_declined_too_often",
        {"declines": 1, "maximum": 3, "is_cooling_down": True},
    ),
    (
        "room comes before skill",
        FRENCH,
        an_agent(units_limit=0),
        EXACT,
        "has_room",
        {"needed": 1, "free": 0},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_the_first_failed_test_is_named_with_its_numbers(case):
    _, item, agent, rules, test, numbers = case

    failure = first_failed_test(item, agent, rules)

    assert (failure.test if failure else None) == test
    assert failure is None or failure.numbers == numbers


def test_every_test_has_a_case_that_fails_it():
    assert {case[4] for case in CASES} - {None} == set(TESTS)


def test_a_workstream_without_capacity_lets_nobody_through():
    rules = rules_of(a_workstream(capacity=None))

    failure = first_failed_test(an_item(), an_agent(), rules)

    assert failure is not None
    assert failure.test == "has_room"
