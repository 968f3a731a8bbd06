"""What the alarm list says keeps work in a queue with a method of one's own: true, and named."""

from datetime import timedelta
from typing import Any

import pytest

from agents.terms import BasePresence
from routing.engine.configuration import compile_piece
from routing.engine.explain.cause import PATIENCE, cause_of
from routing.engine.facts import ProfileRoom
from tests.routing.engine.methods import NAME, a_method, a_rule, row
from tests.routing.engine.situations import (
    NOW,
    a_configuration,
    a_queue,
    an_agent,
    an_item,
    required,
)

AWAY, OFFLINE, DND = BasePresence.AWAY, BasePresence.OFFLINE, BasePresence.BUSY_DND
GERMAN = required("German")
SPEAKS: dict[str, Any] = {"skills": {"German": None}}
SKILLED = a_method(a_rule("Skilled", row("agent.skills", "exact_match")))
LADDER = a_method(
    a_rule("Skilled", row("agent.skills", "exact_match")),
    a_rule("French", row("agent.locale", "equals", "fr")),
)
TYPED = a_method(a_rule("Typed", row("agent.skills", "exact_match", "Language")))
LANGUAGE = compile_piece("skill", {"name": "German", "type": "Language"}, id=1)
MATCH = compile_piece("assignment_method", {"name": NAME, "kind": "best_match"}, id=1)
SHIFT = a_method(a_rule("Shift", row("agent.calendar", "is_working")))
# Of whatever presence.
GERMANS = a_method({"name": "Germans", "when": row("agent.locale", "equals", "de"), "order_by": []})
BOTH: dict[str, Any] = {"capacity_units": 1, "capacity_profiles": ("Deep",)}
DEEP = {"Deep": ProfileRoom(limit=2)}
BOTH_MISSING = ("capacity", "1 unit, Deep")
EACH = [
    an_agent(1, units_limit=3),
    an_agent(2, units_limit=None, profiles=DEEP),
]
TIMES = "all who could take it are outside their working hours"

# The method, pieces beside it, what the item asks for, and the members; cause and detail.
CASES: dict[str, tuple[Any, list[Any], dict[str, Any], list[Any], tuple[str, str]]] = {
    "a skill nobody has": (SKILLED, [], {"skills": GERMAN}, [an_agent()], ("skill", "German")),
    "a skill nobody has, who is away": (
        SKILLED, [], {"skills": GERMAN}, [an_agent(base_presence=AWAY)], ("skill", "German")),
    "a skill nobody has, by the best match": (
        MATCH, [], {"skills": GERMAN}, [an_agent()], ("skill", "German")),
    "a skill of a type": (TYPED, [LANGUAGE], {"skills": GERMAN}, [an_agent()], ("method", "")),
    "most lack the skill, and who has it is away": (
        SKILLED, [], {"skills": GERMAN},
        [an_agent(1), an_agent(2), an_agent(3, base_presence=AWAY, **SPEAKS)], ("presence", "")),
    "the same by the best match": (
        MATCH, [], {"skills": GERMAN},
        [an_agent(1), an_agent(2), an_agent(3, base_presence=AWAY, **SPEAKS)], ("presence", "")),
    "who may meet the stricter rule is away": (
        LADDER, [], {"skills": GERMAN},
        [an_agent(1), an_agent(2, base_presence=AWAY, **SPEAKS)], ("presence", "")),
    "who may meet the rule is not signed in": (
        SKILLED, [], {"skills": GERMAN},
        [an_agent(1), an_agent(2, base_presence=OFFLINE, **SPEAKS)], ("offline", "")),
    "units beyond everybody's limit": (
        SKILLED, [], {"capacity_units": 5}, [an_agent(units_used=1)], ("capacity", "5 units")),
    "units and a profile that nobody has together": (SKILLED, [], BOTH, EACH, BOTH_MISSING),
    "the same, by the best match": (MATCH, [], BOTH, EACH, BOTH_MISSING),
    "a profile nobody was given, by the best match": (
        MATCH, [], {"capacity_profiles": ("Deep",), "capacity_units": 0}, [an_agent()],
        ("capacity", "Deep")),
    "full, and others are away": (
        SKILLED, [], {}, [an_agent(1, units_used=1), an_agent(2, base_presence=AWAY)],
        ("full", "")),
    "who is there has no units, and who has them is away": (
        SKILLED, [], {}, [an_agent(1, units_limit=None), an_agent(2, base_presence=AWAY)],
        ("presence", "")),
    "the same of who is away, by the best match": (
        MATCH, [], {}, [an_agent(1, units_limit=None), an_agent(2, base_presence=AWAY)],
        ("presence", "")),
    "who is there lacks the profile, and who has it is not signed in": (
        MATCH, [], BOTH, [an_agent(1), an_agent(2, base_presence=OFFLINE, profiles=DEEP)],
        ("offline", "")),
    "held back by a profile without room": (
        MATCH, [], {}, [an_agent(profiles={"Total": ProfileRoom(limit=0, blocks=True)})],
        ("full", "Total")),
    "not to be disturbed by his work": (
        SKILLED, [], {}, [an_agent(base_presence=DND, presence_follows=True, units_used=1)],
        ("full", "")),
    "declined": (SKILLED, [], {"declined": {1: 3, 2: 1}}, [an_agent()], ("declined", "")),
    "offline and full, where no presence is asked for": (
        GERMANS, [], {},
        [an_agent(base_presence=OFFLINE, units_used=1, locale="de")], ("full", "")),
    "full, and another has never signed in": (
        GERMANS, [], {},
        [an_agent(1, units_used=1, locale="de"), an_agent(2, base_presence=None, locale="de")],
        ("full", "")),
    "never signed in, where no presence is asked for": (
        GERMANS, [], {}, [an_agent(base_presence=None, locale="de")], ("offline", "")),
    "outside their hours": (SHIFT, [], {}, [an_agent()], ("method", TIMES)),
    "a rule nobody meets": (
        a_method(a_rule("French", row("agent.locale", "equals", "fr"))), [], {}, [an_agent()],
        ("method", "")),
}  # fmt: skip


def cause(method, pieces, needs, members, *, waited):
    configuration = a_configuration(a_queue(assignment_method=NAME), method, *pieces)
    since = NOW - timedelta(seconds=waited)
    return cause_of(configuration, an_item(**needs), members, since=since, now=NOW)


@pytest.mark.parametrize(
    ("method", "pieces", "needs", "members", "expected"), CASES.values(), ids=CASES
)
def test_the_cause_is_what_keeps_those_who_could_take_it(method, pieces, needs, members, expected):
    found = cause(method, pieces, needs, members, waited=PATIENCE.total_seconds())
    early = cause(method, pieces, needs, members, waited=5)

    is_lasting = expected[0] in ("skill", "capacity") or expected == ("method", "")
    assert (found.kind, found.detail) == expected
    assert (early is not None) is is_lasting


@pytest.mark.parametrize("method", [SKILLED, MATCH])
def test_what_somebody_could_take_has_no_cause(method):
    members = [an_agent(1, base_presence=AWAY), an_agent(2)]

    assert cause(method, [], {}, members, waited=PATIENCE.total_seconds()) is None


def test_who_is_at_work_is_not_said_to_be_outside_his_hours():
    day = {"weekday": "monday", "start": "08:00", "end": "17:00"}
    days = {"name": "Days", "time_zone": "UTC", "periods": [day]}
    off = {"name": "Off", "when": {"any": [{"not": row("agent.calendar", "is_working")}]}}
    pieces, members = [compile_piece("operating_hours", days, id=1)], [an_agent(hours="Days")]

    found = cause(a_method(off), pieces, {}, members, waited=PATIENCE.total_seconds())

    assert (found.kind, found.detail) == ("method", "")


@pytest.mark.parametrize(
    "asked",
    [
        row("agent.capacity", "less_or_equal", 2),
        row("agent.units", "between", [1, 2]),
        {"not": row("agent.capacity", "greater", 2)},
        {"any": [row("agent.units", "equals", each) for each in (1, 2)]},
        row("agent.profile_room", "less", 2),
        row("agent.units", "greater_or_equal", 9),
    ],
    ids=["at most", "between", "not more", "just so much", "of a profile", "more than anybody has"],
)
def test_who_has_nothing_in_hand_is_not_said_to_be_full(asked):
    needs = {"capacity_profiles": ("Chats",)}
    free = an_agent(units_limit=5, profiles={"Chats": ProfileRoom(limit=5)})
    method = a_method(a_rule("Ours", asked))

    found = cause(method, [], needs, [free], waited=PATIENCE.total_seconds())

    assert (found.kind, found.detail) == ("method", "")


def test_who_would_have_the_room_that_is_asked_for_with_less_in_hand_is_full():
    method = a_method(a_rule("Ours", row("agent.units", "between", [2, 4])))

    found = cause(
        method, [], {}, [an_agent(units_limit=4, units_used=3)], waited=PATIENCE.total_seconds()
    )

    assert found.kind == "full"


def test_what_a_more_general_ruleset_takes_later_is_no_alarm_before_it_has_waited_for_long():
    method = a_method(
        rulesets=[
            {"name": "German", "rules": [a_rule("German", row("agent.locale", "equals", "de"))]},
            {"name": "Anybody", "rules": [a_rule()]},
        ],
        selection=[
            {
                "name": "Waited long",
                "when": row("created_at", "older_than", {"hours": 1}),
                "ruleset": "Anybody",
            }
        ],
    )

    early, late = (cause(method, [], {}, [an_agent()], waited=60 * each) for each in (5, 11))

    assert early is None
    assert late.kind == "method"


def test_what_somebody_offline_could_take_where_no_presence_is_asked_for_has_no_cause():
    members = [
        an_agent(1, units_used=1, locale="de"),
        an_agent(2, base_presence=OFFLINE, locale="de"),
    ]

    assert cause(GERMANS, [], {}, members, waited=PATIENCE.total_seconds()) is None


@pytest.mark.parametrize("method", [SKILLED, MATCH])
def test_what_its_only_agent_has_just_put_back_has_no_cause(method):
    needs = {"cooling_down": frozenset({1})}

    assert cause(method, [], needs, [an_agent(1)], waited=PATIENCE.total_seconds()) is None


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ([an_agent(1), an_agent(2, base_presence=AWAY)], None),
        ([an_agent(1)], "preferred_gone"),
        ([an_agent(1), an_agent(2, is_enabled=False)], "preferred_gone"),
    ],
)
def test_what_waits_for_somebody_has_a_cause_once_he_has_left_the_queue(members, expected):
    waits = {"preferred_agents": True, "waits_for_preferred_agent": True}
    service = compile_piece("service", {"name": "Service"} | waits, id=1)

    found = cause(SKILLED, [service], {"preferred": ((2, "bob"),)}, members, waited=5)

    assert (found.kind if found else None) == expected
