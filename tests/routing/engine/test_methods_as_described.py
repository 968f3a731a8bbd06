"""Custom methods as the reference describes them (A 10.1), sentence by sentence where no other test
says the same."""

from typing import Any

import pytest

from agents.terms import BasePresence
from routing.engine.configuration import compile_piece
from routing.engine.coverage.methods import method_warnings
from routing.engine.facts import ProfileRoom
from routing.engine.methods.built_in import ALLOWED, ROOM, SKILLED
from tests.routing.engine.methods import NAME, a_method, a_rule, pairs, row
from tests.routing.engine.situations import (
    a_configuration,
    a_queue,
    a_workstream,
    an_agent,
    an_item,
    required,
)


def test_presences_and_skills_of_the_workstream_are_asked_only_by_rules():
    workstream = a_workstream(allowed_presences=["available"], skill_matching="exact")
    away = an_agent(1, base_presence=BasePresence.AWAY)
    item = an_item(skills=required("Latin"))

    assert pairs(a_method({"name": "All", "when": {}}), [item], [away], workstream) == [(1, 1)]
    assert pairs(a_method({"name": "All", "when": ALLOWED}), [item], [away], workstream) == []
    assert pairs(a_method({"name": "All", "when": SKILLED}), [item], [away], workstream) == []


def test_room_in_capacity_profiles_is_asked_whatever_the_rules_say():
    item = an_item(capacity_units=0, capacity_profiles=("Calls",))
    agents = [
        an_agent(1, profiles={"Calls": ProfileRoom(limit=1, used=1)}),
        an_agent(2, profiles={"Calls": ProfileRoom(limit=1)}),
        an_agent(3),
    ]

    assert pairs(a_method({"name": "All", "when": {}}), [item], agents) == [(1, 2)]


@pytest.mark.parametrize(
    ("op", "value", "met"),
    [
        ("equals", "available", {1}),
        ("not_equals", "available", {2, 3}),
        ("in", ["busy", "busy_dnd"], {2, 3}),
        ("not_in", ["busy"], {1, 3}),
        ("is_set", None, {1, 2, 3}),
        ("is_not_set", None, set()),
    ],
)
def test_presence_equals_does_not_equal_contains_data_or_does_not(op, value, met):
    presences = (BasePresence.AVAILABLE, BasePresence.BUSY, BasePresence.BUSY_DND)
    method = a_method({"name": "R", "when": row("agent.presence", op, value)})

    found = {
        id
        for id, presence in enumerate(presences, start=1)
        if pairs(method, [an_item()], [an_agent(id, base_presence=presence)])
    }

    assert found == met


@pytest.mark.parametrize(
    ("op", "value", "met"),
    [
        ("equals", 2, {2}),
        ("not_equals", 2, {1, 3}),
        ("greater", 2, {3}),
        ("greater_or_equal", 2, {2, 3}),
        ("less", 2, {1}),
        ("less_or_equal", 2, {1, 2}),
        ("between", [2, 3], {2, 3}),
        ("is_set", None, {1, 2, 3}),
        ("is_not_set", None, set()),
    ],
)
def test_capacity_is_compared_as_numbers_are(op, value, met):
    method = a_method({"name": "R", "when": row("agent.capacity", op, value)})

    found = {
        room for room in (1, 2, 3) if pairs(method, [an_item()], [an_agent(room, units_limit=room)])
    }

    assert found == met


@pytest.mark.parametrize(
    ("op", "item", "met"),
    [
        ("equals", "workstream.allowed_presences", {"available", "busy"}),
        ("not_equals", "workstream.allowed_presences", {"away"}),
        ("in", "workstream.allowed_presences", {"available", "busy"}),
        ("equals", "contact.wish", {"away"}),
        ("not_equals", "contact.wish", {"available", "busy"}),
    ],
)
def test_presence_is_compared_with_what_the_conversation_leads_to(op, item, met):
    method = a_method({"name": "R", "when": row("agent.presence", op, item=item)})
    workstream = a_workstream(allowed_presences=["available", "busy"])
    work = an_item(fields={"contact": {"wish": "away"}})

    found = {
        presence
        for presence in ("available", "busy", "away")
        if pairs(method, [work], [an_agent(1, base_presence=BasePresence(presence))], workstream)
    }

    assert found == met


def test_the_sample_rule_asks_for_skills_presence_and_more_room_than_is_needed():
    more = {**ROOM, "op": "greater"}
    method = a_method({"name": "Sample", "when": {"all": [SKILLED, ALLOWED, more]}})
    item = an_item(capacity_units=2, skills=required("A", rating=3))
    fits: dict[str, Any] = {"units_limit": 3, "skills": {"A": 3}}

    def given(**facts):
        return pairs(method, [item], [an_agent(1, **(fits | facts))]) == [(1, 1)]

    assert given()
    assert not given(units_limit=2)
    assert not given(skills={"A": 2})
    assert not given(base_presence=BasePresence.BUSY)


@pytest.mark.parametrize(
    ("named", "skills", "is_met"),
    [
        ({"account": {"name": "Fabrikam"}}, {"fabrikam": None}, True),
        ({"account": {"name": "Fabrikam"}}, {"Contoso": None}, False),
        ({"account": {"name": ["Fabrikam", "Contoso"]}}, {"Fabrikam": None}, False),
        ({"account": {"name": ["Fabrikam", "Contoso"]}}, {"Fabrikam": None, "contoso": None}, True),
        ({"account": {"name": ""}}, {"Fabrikam": None}, False),
        ({}, {"Fabrikam": None}, False),
    ],
)
def test_custom_match_finds_the_skill_that_a_linked_record_names_without_classification(
    named, skills, is_met
):
    method = a_method(
        {"name": "R", "when": row("agent.skills", "custom_match", item="account.name")}
    )
    item = an_item(fields=named)

    assert (pairs(method, [item], [an_agent(1, skills=skills)]) != []) is is_met


def test_the_calendar_is_the_agents_and_not_the_queues():
    closed = compile_piece("operating_hours", {"name": "Never", "time_zone": "UTC"}, id=1)
    days = [{"weekday": day, "start": "00:00", "end": "00:00"} for day in range(7)]
    always = compile_piece(
        "operating_hours", {"name": "Always", "time_zone": "UTC", "periods": days}, id=2
    )
    queue = a_queue(assignment_method=NAME, operating_hours="Never")
    method = a_method(a_rule("R", row("agent.calendar", "is_working")))
    agents = [an_agent(1, hours="Never"), an_agent(2, hours="Always")]

    given = pairs(method, [an_item()], agents, queue, closed, always)

    assert given == [(1, 2)]


def test_several_rulesets_without_criteria_are_doubtful_and_the_first_is_used():
    rulesets = [
        {"name": "One", "rules": [a_rule("R", row("agent.locale", "equals", "de"))]},
        {"name": "Two", "rules": [a_rule("R")]},
    ]
    method = a_method(rulesets=rulesets)

    [doubt] = method_warnings(method, a_configuration(method))

    assert doubt.sentence == (
        "The ruleset “Two” is never used: no criterion chooses it, and it is not the first."
    )
    assert pairs(method, [an_item()], [an_agent(1), an_agent(2, locale="de")]) == [(1, 2)]


@pytest.mark.parametrize("op", ["is_set", "is_not_set"])
def test_a_unary_operator_takes_no_value(op):
    method = a_method({"name": "R", "when": row("agent.nickname", op)})

    given = pairs(method, [an_item()], [an_agent(1, nickname="Bo")])

    assert given == ([(1, 1)] if op == "is_set" else [])
