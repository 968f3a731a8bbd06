"""The checks of a configuration, each with one that is fine."""

import pytest

from agents.terms import BasePresence
from routing.engine.configuration import assemble, compile_piece
from routing.engine.coverage.check import check, check_one, errors
from routing.engine.coverage.facts import QueueStaff, Staff

ALL_100 = [{"queue": "Support", "percent": 100}]
GOLD = {"field": "context.tier", "op": "equals", "value": "gold"}
SUPPORT = {"name": "Support", "type": "messaging"}
CASES = {"name": "Cases", "type": "record"}
STAFF = Staff(
    queues={1: QueueStaff(members=2, units=3, profiles=frozenset({"Chats"}))},
    skills={"Spanish": 5},
)


def chat(**fields):
    return {
        "name": "Chat",
        "type": "messaging",
        "channel": "live_chat",
        "fallback_queue": "Support",
        "capacity": {"format": "unit", "units": 1},
        "allowed_presences": ["available"],
        "skill_matching": "exact",
        **fields,
    }


def route(name="All", when=None, queues=None, **more):
    return {"name": name, "when": when or {}, "queues": queues or ALL_100, **more}


def classify(*rules, name="Triage"):
    return {"name": name, "kind": "logical", "rules": list(rules)}


def needs(skill, rating=None, name="Spanish"):
    return {"name": name, "when": {}, "then": {"skills": [{"skill": skill, "rating": rating}]}}


def configuration(*workstreams, queues=(SUPPORT,), intake=()):
    pieces = [
        *(compile_piece("queue", queue, id=i) for i, queue in enumerate(queues, start=1)),
        *(compile_piece("workstream", each, id=i) for i, each in enumerate(workstreams, start=1)),
        compile_piece("skill", {"name": "Spanish"}, id=1),
        compile_piece("capacity_profile", {"name": "Chats", "limit": 3}, id=1),
        compile_piece("intake", {"rules": list(intake)}),
    ]
    return assemble(1, pieces)


def found(*workstreams, staff=STAFF, **rest):
    return [each.check for each in check(configuration(*workstreams, **rest), staff)]


def test_a_sound_configuration_has_no_findings():
    sound = chat(
        route_to_queue=[route("Gold", GOLD), route()],
        classification=[classify(needs("Spanish", 5))],
    )

    assert found(sound) == []


@pytest.mark.parametrize(
    ("workstream", "expected"),
    [
        (chat(fallback_queue="Gone"), "unknown-queue"),
        (chat(fallback_queue="Cases"), "fallback-type"),
        (chat(route_to_queue=[route(queues=[{"queue": "Gone", "percent": 100}])]), "unknown-queue"),
        (chat(route_to_queue=[route(queues=[{"queue": "Cases", "percent": 100}])]), "queue-type"),
        (
            chat(route_to_queue=[route(queues=[{"queue": "Support", "percent": 60}])]),
            "percentages",
        ),
        (chat(classification=[classify(needs("Gone"))]), "unknown-skill"),
        (chat(capacity={"format": "profile", "profiles": ["Gone"]}), "unknown-profile"),
    ],
)
def test_errors_stop_a_publication(workstream, expected):
    whole = configuration(workstream, queues=(SUPPORT, CASES))

    assert expected in {each.check for each in errors(whole)}
    assert check(whole, STAFF)[0].severity == "error"


@pytest.mark.parametrize(
    ("workstream", "expected"),
    [
        (chat(classification=[classify()]), "empty-ruleset"),
        (chat(route_to_queue=[route(), route("Gold", GOLD)]), "shadowed-rule"),
        (chat(route_to_queue=[route("Gold", GOLD), route("Again", GOLD)]), "shadowed-rule"),
        (
            chat(route_to_queue=[route("Both", {"all": [GOLD, GOLD | {"value": "tin"}]})]),
            "contradictory-rule",
        ),
        (chat(classification=[classify(needs("Spanish", 7))]), "rating"),
        (chat(allowed_presences=["offline"]), "presences"),
        (chat(allowed_presences=[]), "presences"),
        (chat(capacity={"format": "unit", "units": 4}), "units"),
    ],
)
def test_warnings_name_what_nobody_would_notice(workstream, expected):
    whole = configuration(workstream)

    assert [each.check for each in check(whole, STAFF)] == [expected]
    assert [each.check for each in check_one(whole.workstreams[1], whole, STAFF)] == [expected]
    assert errors(whole) == []


def test_a_rule_after_a_queue_that_may_overflow_is_not_called_unreachable():
    night = SUPPORT | {"operating_hours": "Office"}
    workstream = chat(route_to_queue=[route(), route("Later", GOLD)])

    assert found(workstream, queues=(night,)) == []


def test_a_machine_learned_ruleset_has_no_rules_and_is_not_called_empty():
    learned = {"name": "Feeling", "kind": "sentiment", "inputs": ["title"]}

    assert found(chat(classification=[learned])) == []


def test_skills_matter_where_they_are_matched_exactly():
    rules = [classify(needs("Spanish", 7))]

    assert found(chat(classification=rules, skill_matching="closest")) == []


def test_a_queue_that_gets_work_and_has_nobody_is_named():
    vip = {"name": "VIP", "type": "messaging"}
    idle = {"name": "Idle", "type": "messaging"}
    workstream = chat(route_to_queue=[route(queues=[{"queue": "VIP", "percent": 100}])])

    findings = check(configuration(workstream, queues=(SUPPORT, vip, idle)), STAFF)

    assert [(each.check, each.name) for each in findings] == [("unserved-queue", "VIP")]


def test_profiles_that_nobody_in_the_queue_has_are_named():
    held = chat(capacity={"format": "profile", "profiles": ["Chats"]})
    other = Staff(queues={1: QueueStaff(members=1)})

    assert found(held) == []
    assert found(held, staff=other) == ["profiles"]


def test_picked_work_needs_nobody_to_be_offered_to():
    assert found(chat(distribution_mode="pick", allowed_presences=[])) == []


def test_presences_that_nobody_can_choose_reach_nobody():
    away = chat(allowed_presences=["away"])
    staff = Staff(queues=STAFF.queues, presences=frozenset({BasePresence.AVAILABLE}))

    assert found(away, staff=staff) == ["presences"]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ({"A": ["B"], "B": ["A"]}, ["overflow-loop"]),
        ({"A": ["A"]}, ["overflow-loop"]),
        ({"A": ["B"], "B": ["C"], "C": ["A"]}, ["overflow-loop"]),
        ({"A": ["B"], "B": ["C"]}, []),
        ({"A": ["Gone"]}, ["overflow-queue"]),
    ],
)
def test_work_that_would_go_round_for_ever_is_an_error(pairs, expected):
    queues = [
        {
            "name": name,
            "type": "messaging",
            "overflow": [
                {"condition": "waiting_time", "threshold": 60, "action": "transfer", "queue": to}
                for to in pairs.get(name, ())
            ],
        }
        for name in ("A", "B", "C")
    ]

    assert [each.check for each in errors(configuration(queues=queues))] == expected


def test_intake_rules_are_checked_type_by_type():
    cases = chat(name="Cases", type="record", record_type="case", fallback_queue="Cases")
    rules = [
        {"name": "All", "record_type": "case", "when": {}, "workstream": "Cases"},
        {"name": "Mail", "record_type": "email", "when": {}, "workstream": "Cases"},
        {"name": "Gold", "record_type": "case", "when": GOLD, "workstream": "Cases"},
        {"name": "Lost", "record_type": "case", "when": GOLD, "workstream": "Gone"},
    ]

    findings = check(configuration(cases, queues=(CASES,), intake=rules), None)

    assert {(each.check, each.path) for each in findings} == {
        ("wrong-record-type", "rules.1"),
        ("unknown-workstream", "rules.3"),
        ("shadowed-rule", "rules.2"),
        ("shadowed-rule", "rules.3"),
    }
