"""What is kept of agents: declared, given, changed, and what stands against it."""

import pytest
from django.db import IntegrityError, transaction

from agents.actions.delete_definition import delete_definition
from agents.actions.save_attribute import save_attribute
from agents.actions.set_agent_attributes import set_agent_attributes
from agents.attribute_value import stored_value, value_in_words
from agents.exceptions import (
    AttributeTypeFixed,
    AttributeValueWrong,
    AttributeWrong,
    DefinitionGone,
    InUse,
    NamedInRules,
    OptionsAsked,
    OptionsHeld,
    TooManyAttributes,
)
from agents.models import AgentAttribute, AgentAttributeValue
from agents.signals import attributes_changed
from agents.terms import AttributeType
from config.models import Event
from routing.actions.check_definition import check_definition
from routing.engine.conditions.types import FieldType
from routing.models import AgentChange, WakeUp
from routing.queries.uses import uses
from tests.agents.actions.heard import heard
from tests.factories import make_attribute, make_method
from tests.routing.engine.methods import row

COLOURS = ["Red", "Light blue"]


def given(agent):
    return dict(agent.attributes.values_list("attribute__name", "value"))


@pytest.mark.parametrize(
    ("type", "value", "stored"),
    [
        ("text", "  Berlin ", "Berlin"),
        ("text", "", None),
        ("text", "x" * 201, None),
        ("text", "nul\0", None),
        ("text", "half \ud800", None),
        ("text", 5, None),
        ("number", 5.0, 5),
        ("number", 2.5, 2.5),
        ("number", "5", None),
        ("number", True, None),
        ("number", float("nan"), None),
        ("number", 1e16, None),
        ("number", 10**400, None),
        ("choice", " light BLUE", "Light blue"),
        ("choice", "Green", None),
        ("choice", ["Red"], None),
        ("boolean", False, False),
        ("boolean", "false", None),
        ("boolean", 1, None),
        ("date", "2026-03-01", "2026-03-01"),
        ("date", "20260301", "2026-03-01"),
        ("date", "01.03.2026", None),
        ("date", "0001-01-01", None),
        ("date", 20260301, None),
    ],
)
def test_a_value_is_stored_in_one_way_or_refused(type, value, stored) -> None:
    found = stored_value(type, COLOURS, value)

    assert (found, found.__class__) == (stored, stored.__class__)


def test_the_types_are_those_of_conditions() -> None:
    assert {each.value for each in AttributeType} <= {each.value for each in FieldType}
    assert [value_in_words(each) for each in (True, False, 5, "x")] == ["yes", "no", "5", "x"]


def test_values_are_given_changed_taken_and_kept(agent, administrator, now) -> None:
    site, level = make_attribute("Site"), make_attribute("Level", "number")
    vip = make_attribute("VIP", "boolean")

    for values in ({site: "Berlin", level: 3}, {level: 4, vip: False}, {site: None}):
        set_agent_attributes(agent=agent, values=values, by=administrator, now=now)

    assert given(agent) == {"Level": 4, "VIP": False}
    events = Event.objects.filter(kind="attributes-changed").order_by("pk")
    assert [each.data["attributes"] for each in events] == [
        {"Site": "Berlin", "Level": 3},
        {"Level": 4, "VIP": False},
        {"Site": None},
    ]


def test_a_changed_value_is_announced_once_and_wakes_the_router(agent, administrator, now) -> None:
    site = make_attribute("Site")
    AgentChange.objects.all().delete()

    with heard(attributes_changed) as calls:
        for _ in range(2):
            set_agent_attributes(agent=agent, values={site: "Rome"}, by=administrator, now=now)

    assert calls == [{"agent_ids": [agent.pk], "now": now}]
    assert [each.agent_id for each in WakeUp.objects.filter(kind="attributes")] == [agent.pk]
    assert set(AgentChange.objects.values_list("agent_id", flat=True)) == {agent.pk}


def test_what_an_attribute_cannot_hold_is_refused_whole(agent, administrator, now) -> None:
    site, level = make_attribute("Site"), make_attribute("Level", "number")
    gone = make_attribute("Gone")
    AgentAttribute.objects.filter(pk=gone.pk).delete()

    with pytest.raises(AttributeValueWrong, match="Level has to be a number"):
        set_agent_attributes(
            agent=agent, values={site: "Rome", level: "3"}, by=administrator, now=now
        )
    with pytest.raises(DefinitionGone):
        set_agent_attributes(agent=agent, values={gone: "x"}, by=administrator, now=now)

    assert given(agent) == {}


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"name": " "}, "name"),
        ({"name": "a.b"}, "name"),
        ({"name": "{a}"}, "name"),
        ({"name": "a  b"}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"type": "choice"}, "options"),
        ({"type": "choice", "options": ["a", "A "]}, "options"),
        ({"type": "choice", "options": ["a", " "]}, "options"),
        ({"type": "text", "options": ["a"]}, "options"),
    ],
)
def test_a_declaration_that_is_none_is_refused(administrator, now, changes, place) -> None:
    row = AgentAttribute(**{"name": "Site", **changes})

    with pytest.raises(AttributeWrong) as refused:
        save_attribute(row=row, by=administrator, now=now)

    assert refused.value.details["field"] == place


def test_there_are_at_most_a_hundred(administrator, now) -> None:
    AgentAttribute.objects.bulk_create(AgentAttribute(name=f"A{each}") for each in range(100))

    with pytest.raises(TooManyAttributes):
        save_attribute(row=AgentAttribute(name="One more"), by=administrator, now=now)
    save_attribute(row=AgentAttribute.objects.get(name="A7"), by=administrator, now=now)


def test_type_stays_and_options_that_agents_have_stay(agent, administrator, now) -> None:
    colour = make_attribute("Colour", "choice", options=["Red", "Blue"])
    set_agent_attributes(agent=agent, values={colour: "Red"}, by=administrator, now=now)

    colour.options = ["Blue"]
    with pytest.raises(OptionsHeld, match="Red"):
        save_attribute(row=colour, by=administrator, now=now)
    colour.type, colour.options = AttributeType.TEXT, []
    with pytest.raises(AttributeTypeFixed):
        save_attribute(row=colour, by=administrator, now=now)
    colour.type, colour.options = AttributeType.CHOICE, ["Red", "Green"]
    save_attribute(row=colour, by=administrator, now=now)

    colour.refresh_from_db()
    assert colour.options == ["Red", "Green"]


def test_an_option_that_a_method_compares_with_stays(administrator, now):
    colour = make_attribute("Colour", "choice", options=["Red", "Blue", "Green"])
    rule = {"name": "Warm", "when": row("agent.attributes.Colour", "equals", "Red")}
    make_method("Ours", rulesets=[{"name": "All", "rules": [rule]}])

    def save(*options):
        colour.options = options
        save_attribute(row=colour, by=administrator, now=now, check=check_definition)

    with pytest.raises(OptionsAsked, match="Ours"):
        save("Blue")
    save("Red", "Blue")

    colour.refresh_from_db()
    assert colour.options == ["Red", "Blue"]


def test_one_that_is_used_keeps_its_name_and_stays(agent, administrator, now):
    site = make_attribute("Site")
    rule = {"name": "Here", "when": row("agent.attributes.Site", "equals", "Rome")}
    make_method("Ours", rulesets=[{"name": "All", "rules": [rule]}])
    set_agent_attributes(agent=agent, values={site: "Rome"}, by=administrator, now=now)

    with pytest.raises(InUse) as refused:
        delete_definition(row=site, by=administrator, now=now, uses=uses)
    site.name = "Place"
    with pytest.raises(NamedInRules, match="Ours"):
        save_attribute(row=site, by=administrator, now=now, check=check_definition)

    named = [(each["kind"], each["name"]) for each in vars(refused.value)["dependencies"]]
    assert named == [("assignment method", "Ours"), ("agent attribute value", str(agent))]


@pytest.mark.parametrize(
    "break_it",
    [
        lambda site, held: AgentAttribute.objects.create(name="SITE"),
        lambda site, held: AgentAttribute.objects.create(name="New", type="colour"),
        lambda site, held: AgentAttribute.objects.create(name="New", type="choice"),
        lambda site, held: AgentAttribute.objects.create(name="New", options=["a"]),
        lambda site, held: AgentAttributeValue.objects.create(
            agent=held.agent, attribute=site, value="again"
        ),
        lambda site, held: AgentAttributeValue.objects.update(value=["a"]),
        lambda site, held: AgentAttributeValue.objects.update(value={"a": 1}),
    ],
    ids=["name", "type", "no options", "options", "twice", "list", "object"],
)
def test_the_database_refuses(agent, break_it) -> None:
    site = make_attribute("Site")
    held = AgentAttributeValue.objects.create(agent=agent, attribute=site, value="Rome")

    with pytest.raises(IntegrityError), transaction.atomic():
        break_it(site, held)
