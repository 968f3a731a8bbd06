"""Conditions about agents in the rule builder: what is stored comes back as it was."""

from typing import Any

import pytest

from agents.models import AgentAttribute
from routing.catalogue import Given, catalogue_of
from routing.engine.conditions.types import FieldType
from routing.engine.methods.check import agent_condition_faults
from routing.forms.methods.builder import AgentBuilder
from routing.forms.methods.catalogue import agent_catalogue
from tests.routing.engine.methods import row

GIVEN = Given(
    type="messaging",
    channel="live_chat",
    variables={"language": FieldType.TEXT, "city, zip": FieldType.TEXT},
    answers={},
    attributes={},
)
ATTRIBUTES = [
    AgentAttribute(name="Home site", type="text"),
    AgentAttribute(name="Level", type="number"),
    AgentAttribute(name="Team", type="choice", options=["Red", "Blue"]),
    AgentAttribute(name="VIP", type="boolean"),
    AgentAttribute(name="Joined", type="date"),
]
CATALOGUE = agent_catalogue(catalogue_of(GIVEN), ["Language"], ATTRIBUTES)
CONDITIONS: list[dict[str, Any]] = [
    {},
    row("agent.presence", "equals", "available"),
    row("agent.presence", "equals", item="workstream.allowed_presences"),
    row("agent.presence", "in", ["available", "busy"]),
    row("agent.capacity", "greater_or_equal", item="workstream.capacity"),
    row("agent.capacity", "less", 3),
    row("agent.locale", "equals", item="context.language"),
    row("agent.locale", "in", item="context.language"),
    row("agent.skills", "contains", "French"),
    row("agent.skills", "custom_match", item="context.language"),
    row("agent.skills", "exact_match"),
    row("agent.skills", "exact_match", "Language"),
    row("agent.calendar", "is_working"),
    row("agent.name", "is_set"),
    row("agent.nickname", "starts_with", "B"),
    row("agent.hours", "equals", "Office"),
    row("agent.units_limit", "greater", 2),
    row("agent.created_at", "older_than", {"days": 30}),
    row("agent.created_at", "older_than", item="title"),
    row("agent.created_at", "newer_than", item="context.language"),
    row("agent.attributes.Home site", "equals", "Rome"),
    row("agent.attributes.Home site", "in", ["Rome", "Berlin"]),
    row("agent.attributes.Home site", "equals", item="context.language"),
    row("agent.attributes.Home site", "in", item="context.city, zip"),
    row("agent.attributes.Level", "between", [2, 5]),
    row("agent.attributes.Level", "greater_or_equal", item="priority"),
    row("agent.attributes.Team", "in", ["Red", "Blue"]),
    row("agent.attributes.Team", "equals", item="context.language"),
    row("agent.attributes.VIP", "equals", value=True),
    row("agent.attributes.VIP", "equals", item="context.language"),
    row("agent.attributes.Joined", "on_or_before", "2026-03-01"),
    row("agent.attributes.Joined", "between", ["2026-01-01", "2026-03-01"]),
    row("agent.attributes.Joined", "on_or_after", item="created_at"),
    row("agent.attributes.Joined", "is_not_set"),
    {"not": row("agent.calendar", "is_working")},
    {
        "all": [
            row("agent.role", "equals", "agent"),
            {"any": [row("agent.skills", "exact_match"), row("agent.units", "greater", 1)]},
        ]
    },
]


def posted(builder: AgentBuilder) -> dict[str, Any]:
    """What a browser sends of the form that shows the condition."""
    sent: dict[str, Any] = {}

    def walk(group: Any) -> None:
        sent[f"{group.prefix}-join"] = group.join
        sent[f"{group.prefix}-about"] = ""
        sent[f"{group.prefix}-bare"] = "1" if group.is_bare else "0"
        for child in group.children:
            if child.is_group:
                walk(child)
                continue
            for name in child.form.fields:
                value = child.form[name].value()
                sent[f"{child.prefix}-{name}"] = value

    walk(builder.root)
    return sent


@pytest.mark.parametrize("condition", CONDITIONS, ids=str)
def test_what_is_shown_and_sent_back_is_what_was_stored(condition):
    assert agent_condition_faults(condition) == []
    shown = AgentBuilder(condition, None, CATALOGUE, {})

    again = AgentBuilder(condition, posted(shown), CATALOGUE, {})
    again.check()

    assert shown.notice == ""
    assert again.errors == []
    assert again.document() == condition


def test_a_condition_that_cannot_be_read_says_so_and_shows_an_empty_row():
    shown = AgentBuilder({"field": "agent.shoe", "op": "equals"}, None, CATALOGUE, {})

    assert shown.notice
    assert shown.document() == {}


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        (row("agent.attributes.Shoe", "is_set"), "no attribute 'Shoe'"),
        (row("agent.attributes.Level", "starts_with", "2"), "does not fit Level"),
        (row("agent.attributes.Team", "equals", "Green"), "one of Red, Blue"),
        (row("agent.attributes.VIP", "equals", "perhaps"), "VIP is true or false"),
        (row("agent.presence", "equals", "lunch"), "one of available, busy, "),
        (row("agent.role", "in", ["agent", "boss"]), "'boss' is no agent role"),
    ],
)
def test_what_is_asked_in_vain_is_refused_beside_the_row(condition, sentence):
    shown = AgentBuilder(condition, None, CATALOGUE, {})

    again = AgentBuilder(condition, posted(shown), CATALOGUE, {})
    again.check()

    [(_, error)] = again.errors
    assert sentence in error


@pytest.mark.parametrize(
    ("field", "name", "value"),
    [
        ("Agent: presence", "values", ["{workstream.allowed_presences}", "busy"]),
        ("Agent attribute: Home site", "value", "Rome, {Context: language}"),
    ],
)
def test_a_field_of_the_item_among_constants_is_refused_beside_the_row(field, name, value):
    sent = {"c-join": "all", "c-1-field": field, "c-1-op": "in", f"c-1-{name}": value}

    builder = AgentBuilder({}, sent, CATALOGUE, {})
    builder.check()

    [(_, error)] = builder.errors
    assert "A field of the item stands alone" in error


def test_a_field_of_the_item_with_a_comma_is_one_value_of_a_list_as_it_is_suggested():
    [_, (_, suggested)] = AgentBuilder({}, None, CATALOGUE, {}).field_lists
    [value] = [each for each in suggested if "zip" in each]
    sent = {"c-join": "all", "c-1-field": "Agent: language", "c-1-op": "in", "c-1-value": value}

    builder = AgentBuilder({}, sent, CATALOGUE, {})
    builder.check()

    assert builder.errors == []
    assert builder.document() == row("agent.locale", "in", item="context.city, zip")


def test_a_field_that_agents_do_not_have_is_refused_beside_the_row():
    sent = {"c-join": "all", "c-1-field": "Title", "c-1-op": "equals", "c-1-value": "x"}

    builder = AgentBuilder({}, sent, CATALOGUE, {})
    builder.check()

    assert builder.errors[0][0] == "c-1-field"
    assert "Agents have no field" in builder.errors[0][1]
