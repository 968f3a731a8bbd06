"""Attributes of agents in documents: what methods name has to be there, and stays what it is."""

import json

import pytest

from agents.actions.set_agent_attributes import set_agent_attributes
from agents.models import AgentAttribute
from routing import configuration
from tests.factories import make_attribute, make_method, make_queue, make_workstream
from tests.routing.engine.methods import row
from workstreams.models import AssignmentMethod

pytestmark = pytest.mark.django_db

SITE = {"name": "Site", "type": "text", "options": [], "description": ""}


def a_method(when, order=()):
    rule = {"name": "R", "when": when, "order_by": list(order)}
    return {"name": "Ours", "rulesets": [{"name": "All", "rules": [rule]}]}


def import_(now, mapping=None, **sections):
    document = {"format": 2, **sections}
    return configuration.import_document(document, by=None, now=now, mapping=mapping or {})


def faults(now, **sections):
    with pytest.raises(configuration.InvalidDocument) as refused:
        import_(now, **sections)
    return {each["path"]: each["message"] for each in refused.value.findings}


def test_a_method_finds_its_attribute_in_the_same_document_however_it_is_written(now):
    order = [{"by": "agent.attributes.SITE", "direction": "ascending"}]
    method = a_method(row("agent.attributes.site", "equals", "Rome"), order)

    import_(now, agent_attributes=[SITE], assignment_methods=[method])

    [rule] = AssignmentMethod.objects.get().rulesets[0]["rules"]
    assert rule["when"]["field"] == rule["order_by"][0]["by"] == "agent.attributes.Site"
    first = configuration.export()
    assert import_(now, **_sections(first)).changed == []
    assert configuration.export() == first


def test_an_attribute_that_is_nowhere_is_missing(now):
    method = a_method({"any": [row("agent.attributes.Shoe", "is_set")]})

    found = faults(now, assignment_methods=[method])

    path = "assignment_methods.0.rulesets.0.rules.0.when.any.0.field"
    assert found[path] in ("There is no agent attribute Shoe.", "Agents have no attribute 'Shoe'.")


def test_what_does_not_fit_its_type_is_refused(now):
    method = a_method(row("agent.attributes.Level", "starts_with", "2"))
    level = {"name": "Level", "type": "number"}

    found = faults(now, agent_attributes=[level], assignment_methods=[method])

    path = "assignment_methods.0.rulesets.0.rules.0.when.op"
    assert found == {path: "“starts with” does not fit Level, a number."}


def test_a_name_that_is_another_here_is_another_in_the_method(now):
    make_attribute("Location")
    method = a_method(row("agent.attributes.Site", "equals", "Rome"))

    import_(now, {"agent_attribute": {"Site": "Location"}}, assignment_methods=[method])

    [rule] = AssignmentMethod.objects.get().rulesets[0]["rules"]
    assert rule["when"]["field"] == "agent.attributes.Location"


@pytest.mark.parametrize(
    ("entry", "path"),
    [
        ({"name": "Team", "type": "text"}, "type"),
        ({"name": "Team", "type": "choice", "options": ["Blue"]}, "options"),
        ({"name": "New", "type": "choice"}, "options"),
        ({"name": "New", "type": "text", "options": ["a"]}, "options"),
        ({"name": "a.b"}, "name"),
        ({"name": "New", "type": "colour"}, "type"),
    ],
)
def test_what_stands_against_a_declaration_is_said_at_its_place(agent, now, entry, path):
    team = make_attribute("Team", "choice", options=["Red", "Blue"])
    set_agent_attributes(agent=agent, values={team: "Red"}, by=None, now=now)

    assert list(faults(now, agent_attributes=[entry])) == [f"agent_attributes.0.{path}"]
    assert AgentAttribute.objects.get().options == ["Red", "Blue"]


def test_an_option_that_a_method_here_compares_with_stays(now):
    make_attribute("Team", "choice", options=["Red", "Blue"])
    method = a_method(row("agent.attributes.Team", "equals", "Red"))
    make_method(**method)
    fewer = {"name": "Team", "type": "choice", "options": ["Blue"]}
    other = a_method(row("agent.attributes.Team", "equals", "Blue"))

    assert "Ours" in faults(now, agent_attributes=[fewer])["agent_attributes.0.options"]
    import_(now, agent_attributes=[fewer], assignment_methods=[other])


def test_a_workstreams_document_brings_along_what_its_queues_method_reads(now):
    make_attribute("Site")
    make_attribute("Unused")
    method = make_method(**a_method(row("agent.attributes.Site", "is_set")))
    workstream = make_workstream(queue=make_queue("Near", custom_method=method))

    document = configuration.workstream_document(workstream.pk)

    assert [each["name"] for each in document["agent_attributes"]] == ["Site"]


def _sections(text):
    document = json.loads(text)
    return {key: each for key, each in document.items() if key != "format"}
