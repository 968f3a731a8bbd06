"""Pages of what is kept of agents: declared in a list, given on the agent's page."""

import pytest
from django.urls import reverse

from agents.actions.set_agent_attributes import set_agent_attributes
from agents.models import AgentAttribute
from tests.factories import make_attribute, make_method
from tests.routing.engine.methods import row

LIST = reverse("agents:agent-attribute-list")
CREATE = reverse("agents:agent-attribute-create")
HTMX = {"HX-Request": "true"}


def address(page, attribute):
    return reverse(f"agents:agent-attribute-{page}", args=[attribute.pk])


def of(agent):
    return reverse("agents:agent-attributes", args=[agent.pk])


def test_one_is_declared_and_listed(as_administrator) -> None:
    data = {"name": "Team", "type": "choice", "options": "Red\n\n Blue \n", "description": "Seat"}

    response = as_administrator.post(CREATE, data)

    assert (response.status_code, response.url) == (303, LIST)
    assert AgentAttribute.objects.get().options == ["Red", "Blue"]
    html = as_administrator.get(LIST).content.decode()
    assert "Red, Blue" in html
    assert "One of several" in html


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"name": "a.b", "type": "text"}, "name"),
        ({"name": "site", "type": "text"}, "name"),
        ({"name": "Team", "type": "choice", "options": ""}, "options"),
        ({"name": "Team", "type": "choice", "options": "Red\nred"}, "options"),
        ({"name": "Team", "type": "colour"}, "type"),
    ],
)
def test_what_cannot_be_declared_is_said_beside_its_field(as_administrator, data, field) -> None:
    make_attribute("Site")

    response = as_administrator.post(CREATE, data)

    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()
    assert AgentAttribute.objects.count() == 1


def test_the_type_stays_and_a_name_that_a_method_reads(as_administrator) -> None:
    site = make_attribute("Site")
    rule = {"name": "Here", "when": row("agent.attributes.Site", "equals", "Rome")}
    make_method("Ours", rulesets=[{"name": "All", "rules": [rule]}])

    data = {"name": "Place", "type": "number", "options": "", "description": ""}
    renamed = as_administrator.post(address("edit", site), data)
    kept = as_administrator.post(address("edit", site), data | {"name": "Site"})
    deleting = as_administrator.get(address("delete", site)).content.decode()

    assert (renamed.status_code, kept.status_code) == (422, 303)
    assert "Ours" in renamed.content.decode()
    assert "Assignment method “Ours”" in deleting
    as_administrator.post(address("delete", site))
    site.refresh_from_db()
    assert (site.name, site.type) == ("Site", "text")


def test_who_has_a_value_keeps_the_attribute_and_an_option(as_administrator, agent, now) -> None:
    team = make_attribute("Team", "choice", options=["Red", "Blue"])
    set_agent_attributes(agent=agent, values={team: "Red"}, by=None, now=now)

    deleting = as_administrator.get(address("delete", team)).content.decode()
    edited = as_administrator.post(address("edit", team), {"name": "Team", "options": "Blue"})

    assert reverse("agents:agent-detail", args=[agent.pk]) in deleting
    assert edited.status_code == 422
    assert "Agents have these options: Red" in edited.content.decode()


def test_values_are_given_on_the_agents_page(as_administrator, agent) -> None:
    rows = {
        make_attribute("Site"): ("Rome", "Rome"),
        make_attribute("Level", "number"): ("2.50", 2.5),
        make_attribute("Team", "choice", options=["Red"]): ("Red", "Red"),
        make_attribute("VIP", "boolean"): ("false", False),
        make_attribute("Joined", "date"): ("2026-03-01", "2026-03-01"),
        make_attribute("Nothing"): ("", None),
    }
    data = {f"attribute-{row.pk}": typed for row, (typed, _) in rows.items()}

    response = as_administrator.post(of(agent), data)

    stored = dict(agent.attributes.values_list("attribute", "value"))
    assert response.status_code == 303
    assert stored == {row.pk: value for row, (_, value) in rows.items() if value is not None}
    page = as_administrator.get(response.url).content.decode()
    assert "Attributes" in page
    assert "2026-03-01" in page
    form = as_administrator.get(of(agent), headers=HTMX).content.decode()
    assert 'value="2.5"' in form
    assert 'value="2026-03-01"' in form


@pytest.mark.parametrize(
    ("type", "typed"),
    [("number", "much"), ("date", "0001-01-01"), ("choice", "Green"), ("text", "x" * 201)],
)
def test_a_value_that_it_cannot_hold_is_said_beside_it(as_administrator, agent, type, typed):
    row_ = make_attribute("It", type, options=["Red"] if type == "choice" else ())

    response = as_administrator.post(of(agent), {f"attribute-{row_.pk}": typed})

    assert response.status_code == 422
    assert f'id="id_attribute-{row_.pk}_error"' in response.content.decode()
    assert not agent.attributes.exists()


def test_without_attributes_the_page_says_where_they_are_declared(as_supervisor, agent) -> None:
    html = as_supervisor.get(reverse("agents:agent-detail", args=[agent.pk])).content.decode()

    assert LIST in html


def test_the_list_costs_the_same_however_long(
    as_administrator, django_assert_max_num_queries
) -> None:
    for number in range(30):
        make_attribute(f"A{number}")

    with django_assert_max_num_queries(10):
        as_administrator.get(LIST)
