"""Custom methods decide by their rules: strict before general, each with its order."""

import pytest

from agents.terms import BasePresence
from routing.engine.facts import Membership, ProfileRoom
from tests.routing.engine.methods import a_method, a_rule, deciding, pairs, row
from tests.routing.engine.situations import (
    a_workstream,
    ago,
    an_agent,
    an_item,
    required,
)


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
