"""Attributes that an organisation keeps of agents, in the rules of assignment methods."""

from datetime import timedelta

import pytest

from agents.models import AgentAttribute
from routing.engine.assign import decide
from routing.engine.explain import looked_at
from routing.engine.explain.method import compared, why_first
from routing.engine.methods.attributes import attribute_faults
from routing.engine.methods.built_in import ALLOWED
from routing.engine.methods.check import method_faults
from routing.engine.methods.describe import condition_in_words, order_in_words
from routing.engine.methods.tidy import tidy_method
from routing.engine.what_was_seen import Seen, what_was_read_of, what_was_seen
from tests.routing.engine.methods import NAME, a_method, a_rule, pairs, row
from tests.routing.engine.situations import NOW, a_configuration, a_queue, an_agent, an_item

SITE, LEVEL, VIP, SINCE = (f"agent.attributes.{each}" for each in ("Site", "Level", "VIP", "Since"))
HELD = {"Site": "Rome", "Level": 3, "VIP": True, "Since": "2025-03-01"}
DECLARED = {
    "Site": AgentAttribute(name="Site"),
    "Level": AgentAttribute(name="Level", type="number"),
    "VIP": AgentAttribute(name="VIP", type="boolean"),
    "Since": AgentAttribute(name="Since", type="date"),
    "Team": AgentAttribute(name="Team", type="choice", options=["Red", "Blue"]),
}


@pytest.mark.parametrize(
    ("asked", "is_met"),
    [
        (row(SITE, "equals", "rome"), True),
        (row(SITE, "not_equals", "Rome"), False),
        (row(SITE, "in", ["Berlin", "Rome"]), True),
        (row(SITE, "contains", "om"), True),
        (row(LEVEL, "greater", 2), True),
        (row(LEVEL, "between", [4, 9]), False),
        (row(LEVEL, "equals", "3"), True),
        (row(VIP, "equals", value=True), True),
        (row(VIP, "equals", value=False), False),
        (row(SINCE, "on_or_after", "2025-03-01"), True),
        (row(SINCE, "on_or_before", "2025-02-28"), False),
        (row(SINCE, "older_than", {"days": 1}), True),
        (row(SINCE, "newer_than", {"days": 1}), False),
        (row(SITE, "is_set"), True),
        (row("agent.attributes.Gone", "is_set"), False),
        (row("agent.attributes.Gone", "equals", "x"), False),
        (row("agent.attributes.Gone", "not_equals", "x"), True),
    ],
)
def test_a_static_match_compares_an_attribute_with_a_constant(asked, is_met):
    method = a_method({"name": "Only", "when": asked})

    assert pairs(method, [an_item()], [an_agent(1, attributes=HELD)]) == (
        [(1, 1)] if is_met else []
    )


@pytest.mark.parametrize(
    ("asked", "fields", "is_met"),
    [
        (row(SITE, "equals", item="context.site"), {"context": {"site": "ROME"}}, True),
        (row(SITE, "equals", item="contact.city"), {"contact": {"city": "Bonn"}}, False),
        (row(SITE, "equals", item="contact.city"), {}, False),
        (row(SITE, "in", item="context.sites"), {"context": {"sites": ["a", "Rome"]}}, True),
        (row(LEVEL, "greater_or_equal", item="priority"), {"priority": 3}, True),
        (row(LEVEL, "greater", item="contact.tier"), {"contact": {"tier": "gold"}}, False),
        (row(VIP, "equals", item="contact.vip"), {"contact": {"vip": True}}, True),
        (row(SINCE, "on_or_before", item="created_at"), {"created_at": NOW}, True),
    ],
)
def test_a_dynamic_match_compares_an_attribute_with_the_item(asked, fields, is_met):
    method = a_method({"name": "Only", "when": asked})

    assert pairs(method, [an_item(fields=fields)], [an_agent(1, attributes=HELD)]) == (
        [(1, 1)] if is_met else []
    )


@pytest.mark.parametrize("wrong", ["three", "", None, True, [3], {"a": 1}])
@pytest.mark.parametrize("nested", [lambda asked: asked, lambda asked: {"not": asked}])
def test_a_value_of_a_wrong_type_never_matches_and_never_breaks(wrong, nested):
    method = a_method({"name": "Only", "when": nested(row(LEVEL, "less", 9))})
    is_missing = wrong in ("", None)

    found = pairs(method, [an_item()], [an_agent(1, attributes={"Level": wrong})])

    # What is not there is not less than nine; what is something else is neither.
    assert found == ([(1, 1)] if is_missing and nested(1) != 1 else [])


def test_the_explanation_has_the_value_that_was_seen_and_a_note_of_one_that_does_not_fit():
    asked = row(LEVEL, "greater", 3)
    method = a_method(a_rule("Seniors", asked))
    configuration = a_configuration(a_queue(assignment_method=NAME), method)
    agents = [
        an_agent(number, attributes={} if level is None else {"Level": level})
        for number, level in enumerate((3, "high", None), start=1)
    ]

    found = looked_at(configuration, an_item(), agents, now=NOW)

    said = [each["numbers"]["rules"][0] for each in found["agents_considered"]]
    assert [(each["has"], each.get("note")) for each in said] == [
        (3, None),
        ("high", "agent Level is not a number"),
        (None, "agent Level is not set"),
    ]
    assert said[0]["asks"] == "agent Level is greater than 3"


@pytest.mark.parametrize(
    ("field", "values", "direction", "expected"),
    [
        (LEVEL, (2, 10, 3), "ascending", [1, 3, 2]),
        (LEVEL, (2, 10, 3), "descending", [2, 3, 1]),
        (LEVEL, (2, None, 3.5), "descending", [3, 1, 2]),
        (LEVEL, (2, "high", 3), "ascending", [1, 3, 2]),
        (SITE, ("rome", "Berlin", "Berlin West"), "ascending", [2, 3, 1]),
        (SITE, ("rome", "Berlin", "Berlin West"), "descending", [1, 3, 2]),
        (VIP, (False, True, None), "descending", [2, 1, 3]),
        (SINCE, ("2025-03-01", "2024-12-31", "2026-01-01"), "ascending", [2, 1, 3]),
    ],
)
def test_agents_are_ordered_by_an_attribute_and_who_has_none_comes_last(
    field, values, direction, expected
):
    name = field.rpartition(".")[2]
    method = a_method(a_rule("Any", order=[{"by": field, "direction": direction}]))
    agents = [
        an_agent(number, attributes={} if value is None else {name: value})
        for number, value in enumerate(values, start=1)
    ]

    found = pairs(method, [an_item(1), an_item(2, waits=-1), an_item(3, waits=-2)], agents)

    assert [agent for _, agent in found] == expected


def test_equal_values_go_to_who_was_assigned_longest_ago():
    method = a_method(a_rule("Any", order=[{"by": LEVEL, "direction": "ascending"}]))
    agents = [an_agent(number, attributes={"Level": 1}, units_limit=2) for number in (1, 2)]

    found = pairs(method, [an_item(number, waits=-number) for number in (1, 2, 3)], agents)

    assert [agent for _, agent in found] == [1, 2, 1]


@pytest.mark.parametrize("name", ["position", "room", "rule", "bucket", "declines", "capacity"])
def test_an_attribute_called_like_another_number_stands_beside_it(name):
    order = [
        {"by": f"agent.attributes.{name}", "direction": "ascending"},
        {"by": "capacity", "direction": "descending"},
    ]
    configuration = a_configuration(
        a_queue(assignment_method=NAME), a_method(a_rule("Any", order=order))
    )
    agents = [an_agent(number, attributes={name: 10 - number}) for number in (1, 2)]

    found = looked_at(configuration, an_item(), agents, now=NOW)["agents_considered"]

    numbers = found[0]["numbers"]
    assert numbers[f"{name} (attribute)"] == 8
    assert (numbers["rule"], numbers["room"], numbers["capacity"]) == ("Any", 1, 1)
    assert numbers["position"] == 2
    by = compared(configuration, an_item(), found)
    assert why_first(found, by) == f"agent2 comes before agent1 by {name} (attribute): 8 against 9."


def test_a_method_says_which_attributes_it_reads_and_whether_time_changes_the_answer():
    aging = {"not": row(SINCE, "newer_than", {"days": 90})}
    order = [{"by": LEVEL, "direction": "ascending"}, {"by": "round_robin"}]

    method = a_method({"name": "A", "when": {"any": [aging, row(SITE, "is_set")]}})
    ordered = a_method(a_rule("B", order=order))

    assert (method.attributes, method.asks_time) == (("Since", "Site"), True)
    assert (ordered.attributes, ordered.is_steady) == (("Level",), True)


def test_a_date_comes_of_age_while_the_item_waits():
    method = a_method(a_rule("Old", row(SINCE, "older_than", {"days": 3})))
    configuration = a_configuration(a_queue(assignment_method=NAME), method)
    agent = an_agent(1, attributes={"Since": "2025-03-01"})

    found = [
        len(decide(configuration, [an_item()], [agent], now=NOW + timedelta(days=each)).assignments)
        for each in (0, 1)
    ]

    assert found == [0, 1]


def test_what_was_seen_is_kept_with_the_decision_only_as_far_as_it_was_read():
    method = a_method(a_rule("Here", row(SITE, "equals", "Rome"), row(VIP, "is_not_set")))
    configuration = a_configuration(a_queue(assignment_method=NAME), method)
    item = an_item()
    agent = an_agent(1, attributes={"Site": "Rome", "Level": 3}, nickname="Bo", created_at="2025")

    seen = what_was_seen(configuration, item, [agent])
    document = {"seen": seen, "read": what_was_read_of(item, place=0, lost=[])}
    [again] = Seen.of(document, item_id=1, queue_id=1, at=NOW).agents

    assert again.attributes == {"Site": "Rome", "VIP": None}
    assert (again.nickname, again.created_at) == ("Bo", "2025")


def test_other_rules_see_what_was_not_kept_as_it_is_now_and_the_rest_as_it_was():
    method = a_method(a_rule("Here", row(SITE, "equals", "Rome")))
    configuration = a_configuration(a_queue(assignment_method=NAME), method)
    item = an_item()
    document = {
        "seen": what_was_seen(configuration, item, [an_agent(1, attributes={"Site": "Rome"})]),
        "read": what_was_read_of(item, place=0, lost=[]),
    }

    seen = Seen.of(document, item_id=1, queue_id=1, at=NOW)
    now = an_agent(1, attributes={"Site": "Bonn", "Level": 3})
    [filled] = seen.filled({1: now}).agents

    assert filled.attributes == {"Site": "Rome", "Level": 3}


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (row(SITE, "equals", "Rome"), "agent Site equals Rome"),
        (row(LEVEL, "greater", item="priority"), "agent Level is greater than the item's priority"),
        (row(SINCE, "older_than", {"days": 3}), "agent Since is older than 3 days"),
        (row("agent.nickname", "is_set"), "agent nickname is set"),
    ],
)
def test_a_condition_reads_as_a_sentence(asked, sentence):
    assert condition_in_words(asked) == sentence


def test_an_order_reads_as_a_sentence():
    by = [
        order_in_words({"by": each, "direction": "ascending"})
        for each in (SITE, "agent.units_limit", "agent.created_at", "agent.name")
    ]

    assert by == [
        "agent Site, ascending",
        "agent capacity, least first",
        "agent creation, longest here first",
        "agent name, A to Z",
    ]


@pytest.mark.parametrize(
    ("asked", "order", "sentence"),
    [
        (row("agent.attributes.Shoe", "is_set"), [], "Agents have no attribute 'Shoe'."),
        (row(LEVEL, "contains", "3"), [], "“contains” does not fit Level, a number."),
        (row(VIP, "equals", "maybe"), [], "VIP is true or false."),
        (
            row("agent.attributes.Team", "in", ["red", "Green"]),
            [],
            "Team is never 'Green': it is one of Red, Blue.",
        ),
        ({}, [{"by": "agent.attributes.Shoe"}], "Agents have no attribute 'Shoe'."),
        ({"not": {"any": [row(SINCE, "equals", "x")]}}, [], "“equals” does not fit Since, a date."),
    ],
)
def test_what_is_asked_of_attributes_in_vain_is_a_fault(asked, order, sentence):
    order = [{"direction": "ascending", **each} for each in order]
    rule = {"name": "R", "when": asked, "order_by": order}
    document = tidy_method({"name": "M", "rulesets": [{"name": "All", "rules": [rule]}]})

    assert method_faults(document) == []
    [fault] = attribute_faults(document, DECLARED)
    assert fault.message == sentence
    assert fault.path.startswith("rulesets.0.rules.0.")


def test_a_built_in_rule_asks_of_no_attribute():
    rule = {"name": "R", "when": dict(ALLOWED), "order_by": [{"by": "least_active"}]}
    document = tidy_method({"name": "M", "rulesets": [{"name": "All", "rules": [rule]}]})

    assert list(attribute_faults(document, {})) == []
