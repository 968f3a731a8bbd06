"""Custom methods decide by their rules: strict before general, each with its order."""

from datetime import UTC, datetime
from typing import Any

import pytest

from agents.terms import BasePresence
from routing.engine.assign import decide
from routing.engine.configuration import compile_piece
from routing.engine.facts import Membership, ProfileRoom
from tests.routing.engine.methods import NAME, a_method, a_rule, row
from tests.routing.engine.situations import (
    NOW,
    a_configuration,
    a_queue,
    a_workstream,
    ago,
    an_agent,
    an_item,
    required,
)


def deciding(method: Any, items: Any, agents: Any, *pieces: Any) -> Any:
    configuration = a_configuration(a_queue(assignment_method=NAME), method, *pieces)
    return decide(configuration, items, agents, now=NOW)


def pairs(*given: Any) -> list[tuple[int, int]]:
    return [(each.item_id, each.agent_id) for each in deciding(*given).assignments]


def test_the_first_rule_that_anybody_meets_decides():
    method = a_method(
        a_rule("German", row("agent.locale", "equals", "de")),
        a_rule("Any", order=("least_active",)),
    )
    agents = [an_agent(1), an_agent(2, locale="de")]

    assert pairs(method, [an_item()], agents) == [(1, 2)]


def test_a_general_rule_serves_once_nobody_meets_the_strict_one():
    method = a_method(a_rule("German", row("agent.locale", "equals", "de")), a_rule("Any"))
    agents = [an_agent(1), an_agent(2, locale="de")]

    decided = deciding(method, [an_item(1, waits=9), an_item(2)], agents)

    said = [(each.agent_id, each.numbers["rule"]) for each in decided.assignments]
    assert said == [(2, "German"), (1, "Any")]


def test_an_item_nobody_may_take_waits_and_names_what_is_missing():
    method = a_method(a_rule("Latin", row("agent.skills", "contains", "Latin")))

    decided = deciding(method, [an_item()], [an_agent(1, skills={"French": 3})])

    assert decided.unmatched[0].counts == {"has_every_skill": 1}


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


def test_an_agent_of_unknown_presence_gets_nothing_whatever_the_rules_say():
    decided = deciding(
        a_method({"name": "All", "when": {}}), [an_item()], [an_agent(1, base_presence=None)]
    )

    assert decided.assignments == ()
    assert decided.unmatched[0].counts == {"presence_is_known": 1}


def test_no_method_passes_an_agents_limit():
    method = a_method({"name": "All", "when": {}})

    assert pairs(method, [an_item()], [an_agent(1, units_limit=0)]) == []
    profiled = an_item(capacity_units=0, capacity_profiles=("Day",))
    assert pairs(method, [profiled], [an_agent(1, profiles={"Day": ProfileRoom(limit=0)})]) == []


def test_a_rule_sees_that_an_agent_became_busy_in_the_batch():
    method = a_method({"name": "Only", "when": row("agent.presence", "equals", "available")})
    agent = an_agent(1, units_limit=5, presence_follows=True)

    assert pairs(method, [an_item(1), an_item(2)], [agent]) == [(1, 1)]


def test_the_presence_the_rules_saw_is_what_has_to_hold():
    method = a_method({"name": "All", "when": {}})

    decided = deciding(method, [an_item()], [an_agent(1, base_presence=BasePresence.AWAY)])

    assert decided.assignments[0].presence is BasePresence.AWAY


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ([{"by": "capacity", "direction": "descending"}], 2),
        ([{"by": "capacity", "direction": "ascending"}], 1),
        ([{"by": "units", "direction": "ascending"}], 1),
        ([{"by": "least_active"}], 3),
        ([{"by": "round_robin"}], 1),
        ([{"by": "proficiency_nearest"}], 1),
        ([{"by": "proficiency_most"}], 2),
        ([{"by": "skill_count"}, {"by": "agent.name", "direction": "descending"}], 2),
        ([{"by": "agent.name", "direction": "ascending"}], 3),
    ],
)
def test_agents_who_meet_a_rule_are_taken_in_its_order(order, first):
    agents = [
        an_agent(1, units_limit=2, skills={"Latin": 3}, name="b", last_released_at=ago(5)),
        an_agent(2, units_limit=9, skills={"Latin": 5}, name="bb", last_released_at=ago(1)),
        an_agent(3, units_limit=5, skills={}, name="a", last_released_at=None),
    ]
    item = an_item(skills=required("Latin", rating=3))

    assert pairs(a_method(a_rule("Any", order=order)), [item], agents) == [(1, first)]


def test_ties_go_to_whoever_was_assigned_longest_ago():
    """The example of A 10: equal capacity, last assigned 10:30, 10:35 and 10:37."""
    agents = [
        an_agent(
            id, units_limit=2, memberships={1: Membership(position=1, last_assigned_at=ago(s))}
        )
        for id, s in ((1, 23), (2, 30), (3, 25))
    ]
    method = a_method(a_rule("Any", order=[{"by": "capacity", "direction": "descending"}]))
    items = [an_item(1, waits=2), an_item(2, waits=1)]

    assert pairs(method, items, agents) == [(1, 2), (2, 3)]


def test_filling_up_the_busiest_first_sees_what_the_batch_gave():
    """With capacity ascending an agent's rank improves while the batch goes on."""
    agents = [an_agent(1, units_limit=3), an_agent(2, units_limit=4)]
    method = a_method(a_rule("Any", order=[{"by": "capacity", "direction": "ascending"}]))
    items = [an_item(id, waits=9 - id) for id in range(1, 6)]

    assert pairs(method, items, agents) == [(1, 1), (2, 1), (3, 1), (4, 2), (5, 2)]


def test_a_rule_for_nearly_full_agents_lets_them_in_during_the_batch():
    method = a_method(a_rule("Nearly full", row("agent.capacity", "less", 2)), a_rule("Any"))
    items = [an_item(id, waits=9 - id) for id in (1, 2, 3)]

    decided = deciding(method, items, [an_agent(1, units_limit=3)])

    said = [each.numbers["rule"] for each in decided.assignments]
    assert said == ["Any", "Any", "Nearly full"]


def test_a_criterion_chooses_the_ruleset_and_the_first_one_is_the_default():
    rulesets = [
        {"name": "Default", "rules": [a_rule("A", row("agent.locale", "equals", "de"))]},
        {"name": "Gold", "rules": [a_rule("B", row("agent.locale", "equals", "fr"))]},
    ]
    selection = [{"name": "Gold", "when": row("context.tier", "equals", "gold"), "ruleset": "Gold"}]
    method = a_method(rulesets=rulesets, selection=selection)
    agents = [an_agent(1, locale="de"), an_agent(2, locale="fr")]
    items = [an_item(1, waits=2, fields={"context": {"tier": "gold"}}), an_item(2, waits=1)]

    assert pairs(method, items, agents) == [(1, 2), (2, 1)]


def test_items_that_differ_in_what_a_rule_asks_do_not_block_each_other():
    method = a_method(a_rule("Only", row("agent.locale", "equals", item="context.language")))
    items = [
        an_item(1, waits=2, fields={"context": {"language": "fi"}}),
        an_item(2, waits=1, fields={"context": {"language": "de"}}),
    ]

    assert pairs(method, items, [an_agent(1, locale="de")]) == [(2, 1)]


def test_everyone_who_could_ever_meet_a_rule_has_to_decline_before_they_are_asked_again():
    method = a_method(a_rule("Latin", row("agent.skills", "contains", "Latin")))
    item = an_item(declined={1: 3})
    able, unable = an_agent(1, skills={"Latin": 1}), an_agent(3)
    absent = an_agent(2, skills={"Latin": 1}, base_presence=BasePresence.AWAY)

    assert pairs(method, [item], [able, unable]) == [(1, 1)]
    assert pairs(method, [item], [able, unable, absent]) == []


def test_a_negated_rule_about_presence_hopes_too():
    rule = {"name": "Not away", "when": {"not": row("agent.presence", "equals", "away")}}
    item = an_item(declined={1: 3})
    away = an_agent(2, base_presence=BasePresence.AWAY)

    assert pairs(a_method(rule), [item], [an_agent(1), away]) == []


def test_a_workstream_may_be_named():
    method = a_method(
        {"name": "B", "when": row("agent.username", "equals", item="workstream.name")}
    )
    agents = [an_agent(1, username="Workstream 2"), an_agent(2)]

    given = pairs(method, [an_item(workstream_id=2)], agents, a_workstream(2))

    assert given == [(1, 1)]
