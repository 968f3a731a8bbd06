"""What rules of methods ask of agents: constants, the item, skills, and calendars."""

from datetime import UTC, datetime

import pytest

from agents.terms import BasePresence
from routing.engine.assign import decide
from routing.engine.configuration import compile_piece
from tests.routing.engine.methods import NAME, a_method, a_rule, pairs, row
from tests.routing.engine.situations import (
    a_configuration,
    a_queue,
    an_agent,
    an_item,
    required,
)


@pytest.mark.parametrize(
    ("asked", "facts", "is_met"),
    [
        (row("agent.presence", "equals", "busy"), {"base_presence": BasePresence.BUSY}, True),
        (row("agent.presence", "not_equals", "busy"), {"base_presence": BasePresence.BUSY}, False),
        (row("agent.presence", "is_set"), {}, True),
        (row("agent.capacity", "greater", 1), {"units_limit": 2}, True),
        (row("agent.capacity", "greater", 2), {"units_limit": 2}, False),
        (row("agent.units", "less", 3), {"units_limit": 2}, True),
        (row("agent.role", "in", ["agent"]), {"role": "supervisor"}, False),
        (row("agent.username", "starts_with", "agent"), {}, True),
        (row("agent.skills", "contains", "latin"), {"skills": {"Latin": 1}}, True),
        (row("agent.skills", "is_not_set"), {"skills": {"Latin": 1}}, False),
        (row("agent.locale", "is_not_set"), {}, True),
        (row("agent.profile_room", "greater", 0), {}, False),
    ],
)
def test_a_static_match_compares_the_agent_with_a_constant(asked, facts, is_met):
    method = a_method({"name": "Only", "when": asked})

    assert pairs(method, [an_item()], [an_agent(1, **facts)]) == ([(1, 1)] if is_met else [])


@pytest.mark.parametrize(
    ("asked", "fields", "facts", "is_met"),
    [
        (row("agent.locale", "equals", item="context.language"), {"language": "DE"}, True, True),
        (row("agent.locale", "equals", item="context.language"), {"language": "fr"}, True, False),
        (row("agent.locale", "equals", item="context.language"), {}, True, False),
        (row("agent.locale", "not_equals", item="context.language"), {}, True, True),
        (row("agent.locale", "in", item="context.spoken"), {"spoken": ["fr", "de"]}, True, True),
        (row("agent.locale", "equals", item="context.spoken"), {"spoken": ["fr"]}, True, False),
        (row("agent.capacity", "greater", item="context.need"), {"need": "none"}, True, False),
        (
            row("agent.skills", "custom_match", item="context.product"),
            {"product": "X1"},
            True,
            True,
        ),
        (
            row("agent.skills", "custom_match", item="context.product"),
            {"product": "Y"},
            True,
            False,
        ),
        (row("agent.skills", "custom_match", item="context.product"), {}, True, False),
        (row("agent.skills", "not_contains", item="context.no"), {"no": ["X1", "Y"]}, True, False),
        (row("agent.skills", "not_contains", item="context.no"), {"no": ["Y", "Z"]}, True, True),
        (row("agent.units_limit", "between", item="context.span"), {"span": [0, 5]}, True, True),
        (row("agent.units_limit", "between", item="context.span"), {"span": "15"}, True, False),
    ],
)
def test_a_dynamic_match_compares_the_agent_with_the_item(asked, fields, facts, is_met):
    method = a_method({"name": "Only", "when": asked})
    item = an_item(fields={"context": fields})
    agent = an_agent(1, locale="de", skills={"x1": 2})

    assert pairs(method, [item], [agent]) == ([(1, 1)] if is_met else [])


def test_the_workstreams_presences_and_need_may_stand_on_the_items_side():
    method = a_method(
        a_rule("Only", row("agent.capacity", "greater", item="workstream.capacity")),
    )
    agents = [
        an_agent(1, units_limit=1),
        an_agent(2, units_limit=2),
        an_agent(3, units_limit=9, base_presence=BasePresence.AWAY),
    ]

    assert pairs(method, [an_item()], agents) == [(1, 2)]


def test_exact_match_of_one_type_asks_for_skills_of_that_type_only():
    method = a_method(a_rule("Only", row("agent.skills", "exact_match", "Language")))
    skills = [
        compile_piece("skill", {"name": name, "type": type}, id=id)
        for id, (name, type) in enumerate([("French", "Language"), ("Sewing", "Craft")], start=1)
    ]
    item = an_item(skills=required("French", "Sewing"))

    assert pairs(method, [item], [an_agent(1, skills={"French": 1})], *skills) == [(1, 1)]
    assert pairs(method, [item], [an_agent(1, skills={"Sewing": 1})], *skills) == []


def test_exact_match_asks_for_the_rating_too():
    method = a_method(a_rule("Only", row("agent.skills", "exact_match")))
    item = an_item(skills=required("French", rating=3))

    assert pairs(method, [item], [an_agent(1, skills={"French": 2})]) == []


@pytest.mark.parametrize(
    ("moment", "is_met"),
    [(datetime(2025, 3, 3, 12, tzinfo=UTC), True), (datetime(2025, 3, 3, 20, tzinfo=UTC), False)],
)
def test_is_working_asks_the_agents_own_calendar(moment, is_met):
    hours = compile_piece(
        "operating_hours",
        {
            "name": "Days",
            "time_zone": "UTC",
            "periods": [{"weekday": 0, "start": "08:00", "end": "17:00"}],
        },
        id=1,
    )
    method = a_method(a_rule("Only", row("agent.calendar", "is_working")))
    configuration = a_configuration(a_queue(assignment_method=NAME), method, hours)
    agents = [an_agent(1, hours="Days"), an_agent(2, hours="Gone"), an_agent(3)]

    decided = decide(configuration, [an_item()], agents, now=moment)

    assert [each.agent_id for each in decided.assignments] == ([1] if is_met else [])
