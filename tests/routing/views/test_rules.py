"""The rule builder."""

import pytest

from routing.models import Rule
from routing.queries.rule_lists import all_intake_rules
from tests.factories import make_queue, make_skill, make_workstream
from tests.routing.views.typed_rules import conditions, route, rows, saved, typed_classification
from workstreams.models import Contact

HTMX = {"HX-Request": "true"}


def test_a_rule_is_added_and_reads_as_a_sentence(as_administrator, workstream, routes):
    response = as_administrator.post(f"{routes}new/", route())

    [rule] = saved("route_to_queue", workstream)
    assert response.status_code == 303
    assert response.url == f"/workstreams/{workstream.pk}/#route-to-queue"
    assert rule["when"] == {"field": "context.tier", "op": "equals", "value": "gold"}
    page = as_administrator.get(response.url).content.decode()
    assert "context tier equals gold" in page
    assert "to Support" in page


def test_typed_values_become_what_the_operator_wants(as_administrator, workstream, routes):
    typed = conditions(
        {"field": "channel", "op": "in", "value": "sms, live_chat"},
        {"field": "priority", "op": "greater", "value": "3"},
        {"field": "context.created", "op": "older_than", "value": "2 days"},
        {"field": "context.amount", "op": "between", "value": "10 and 20"},
        {"field": "customer.email", "op": "is_set", "value": ""},
        {"field": "", "op": "equals", "value": ""},
    )

    as_administrator.post(f"{routes}new/", route() | typed | {"c-join": "any"})

    [rule] = saved("route_to_queue", workstream)
    assert rule["when"]["any"] == [
        {"field": "channel", "op": "in", "value": ["sms", "live_chat"]},
        {"field": "priority", "op": "greater", "value": 3},
        {"field": "context.created", "op": "older_than", "value": {"days": 2}},
        {"field": "context.amount", "op": "between", "value": [10, 20]},
        {"field": "customer.email", "op": "is_set"},
    ]


def test_an_edited_rule_comes_back_as_it_was(as_administrator, workstream, routes):
    as_administrator.post(f"{routes}new/", route())
    before = saved("route_to_queue", workstream)
    form = as_administrator.get(f"{routes}1/1/edit/").context["form"]

    assert form.conditions.rows[0]["value"].value() == "gold"
    as_administrator.post(f"{routes}1/1/edit/", route(revision=1))

    assert saved("route_to_queue", workstream) == before


def test_an_output_is_named_by_its_label_and_shown_by_it(
    as_administrator, workstream, classification
):
    vip = rows("set", {"field": "Attribute: vip", "value": "true"})

    as_administrator.post(f"{classification}new/", typed_classification("VIP", **vip))

    [rule] = saved("classification", workstream)
    assert rule["then"]["set"] == {"attributes.vip": True}
    page = as_administrator.get(f"{classification}1/1/edit/")
    assert page.context["form"].rows["set"][0]["field"].value() == "Attribute: vip"


def test_names_of_customers_complete_the_last_of_several_values(as_administrator):
    Contact.objects.create(name="Lovelace, Ada")

    def suggested(typed, **more):
        sent = {"c-1-value": typed, **more}
        return as_administrator.get("/rules/names/contact/c-1/", sent).context["names"]

    assert suggested("lovel") == ["Lovelace, Ada"]
    assert suggested("Bob,  lovel", several=1) == ['Bob, "Lovelace, Ada"']
    assert suggested("Bob,", several=1) == []
    assert suggested('Bob, "Lovelace, A', several=1) == ['Bob, "Lovelace, Ada"']
    assert suggested('"Lovelace, Ada",lovel', several=1) == ['"Lovelace, Ada", "Lovelace, Ada"']


def test_a_classification_rule_sets_fields_skills_and_priority(
    as_administrator, workstream, classification
):
    make_skill("French")
    typed = {
        "revision": 0,
        "name": "French",
        **conditions(),
        **rows("set", {"field": "attributes.vip", "value": "true"}, {"field": "", "value": ""}),
        **rows("skills", {"skill": "French", "rating": 4}),
        "priority": 2,
    }

    response = as_administrator.post(f"{classification}new/", typed)

    assert response.status_code == 303
    [rule] = saved("classification", workstream)
    assert rule["when"] == {}
    assert rule["then"] == {
        "set": {"attributes.vip": True},
        "skills": [{"skill": "French", "rating": 4}],
        "priority": 2,
    }


@pytest.mark.parametrize(
    "button",
    [{"add_row": "queues"}, {"edit_conditions": "add-row c"}],
    ids=["a queue", "a condition"],
)
def test_a_button_adds_one_empty_row_and_saves_nothing(as_administrator, routes, button):
    response = as_administrator.post(f"{routes}new/", route() | button)

    form = response.context["form"]
    assert response.status_code == 200
    assert len(form.rows["queues"].forms) + len(form.conditions.rows) == 3
    assert form.head["name"].value() == "Gold"
    assert form.conditions.rows[0]["value"].value() == "gold"
    assert not Rule.objects.exists()


def test_a_button_takes_a_row_away(as_administrator, routes):
    two = conditions(
        {"field": "title", "op": "equals", "value": "first"},
        {"field": "title", "op": "equals", "value": "second"},
    )

    response = as_administrator.post(
        f"{routes}new/", route() | two | {"edit_conditions": "remove c-1"}, headers=HTMX
    )

    [row] = response.context["form"].conditions.rows
    assert row["value"].value() == "second"
    assert response.content.count(b'id="rule-form"') == 1
    assert b"<html" not in response.content


def test_intake_rules_send_records_to_a_workstream(as_administrator):
    make_workstream("Cases", type="record")
    typed = {"revision": 0, "name": "All", **conditions(), "workstream": "Cases"}

    response = as_administrator.post("/rules/intake/case/new/", typed)

    assert (response.status_code, response.url) == (303, "/rules/intake/case/")
    assert all_intake_rules()[0]["workstream"] == "Cases"
    page = as_administrator.get("/rules/intake/").content.decode()
    assert "to the workstream Cases" in page
    assert "Always" in page


def test_only_queues_of_the_type_are_offered(as_administrator, routes):
    make_queue("Lines", type="voice")

    content = as_administrator.get(f"{routes}new/").content.decode()

    assert "Lines" not in content


def test_every_field_of_a_row_says_what_it_is_where_the_heads_have_no_room(
    as_administrator, routes
):
    page = as_administrator.post(f"{routes}new/", {"add_row": "queues"}).content.decode()

    assert 'data-label="Queue"' in page
    assert 'data-label="Per cent"' in page


def test_supervisors_read_rules_and_change_none(as_supervisor, as_administrator, routes):
    as_administrator.post(f"{routes}new/", route())

    page = as_supervisor.get(routes)

    assert b"context tier equals gold" in page.content
    assert b"New rule" not in page.content
    for path in ("new/", "1/1/edit/", "1/1/delete/", "1/1/move/"):
        assert as_supervisor.post(f"{routes}{path}").status_code == 403


def test_agents_and_strangers_stay_out(as_agent, client, routes):
    assert as_agent.get(routes).status_code == 403
    assert client.get(f"{routes}new/").status_code == 302


@pytest.mark.parametrize("path", ["1/9/edit/", "9/1/edit/", "1/1/delete/", "1/1/move/"])
def test_a_missing_rule_is_not_found(as_administrator, routes, path):
    assert as_administrator.post(f"{routes}{path}").status_code == 404


def test_other_words_in_the_address_are_not_found(as_administrator, workstream):
    for path in (f"workstreams/{workstream.pk}/intake/", f"workstreams/{workstream.pk}/x/"):
        assert as_administrator.get(f"/rules/{path}").status_code == 404
    assert as_administrator.get("/rules/workstreams/999/classification/").status_code == 404
