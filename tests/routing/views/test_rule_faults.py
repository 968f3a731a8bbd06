"""What the rule builder refuses, and where it says so."""

import pytest

from routing.models import Rule
from tests.routing.views.typed_rules import conditions, route, rows, saved, typed_classification

HTMX = {"HX-Request": "true"}


def test_errors_stand_at_their_row_and_entries_stay(as_administrator, routes):
    response = as_administrator.post(
        f"{routes}new/",
        route() | conditions({"field": "secret", "op": "greater", "value": "many"}),
    )

    form = response.context["form"]
    assert response.status_code == 422
    [row] = form.conditions.rows
    assert set(row.errors) == {"field", "value"}
    assert row["value"].value() == "many"
    assert b'href="#c-1-field"' in response.content
    assert not Rule.objects.exists()


def test_shares_have_to_make_a_hundred(as_administrator, routes):
    response = as_administrator.post(
        f"{routes}new/", route() | rows("queues", {"queue": "Support", "percent": 60})
    )

    assert response.status_code == 422
    assert "100 %" in response.context["form"].head.non_field_errors()[0]


@pytest.mark.parametrize(
    "typed",
    [{"op": "equals", "value": "gold"}, {"op": "is_set", "value": ""}],
    ids=["a value", "an operator"],
)
def test_a_condition_without_a_field_is_refused(as_administrator, routes, typed):
    response = as_administrator.post(f"{routes}new/", route() | conditions({"field": "", **typed}))

    [row] = response.context["form"].conditions.rows
    assert response.status_code == 422
    assert row.errors == {"field": ["Choose a field."]}
    assert "is-invalid" in row.fields["field"].widget.attrs["class"]
    assert not Rule.objects.exists()


def test_an_output_without_its_field_or_skill_is_refused(as_administrator, classification):
    typed = rows("set", {"field": "", "value": "true"}) | rows("skills", {"rating": 4})

    response = as_administrator.post(f"{classification}new/", typed_classification(**typed))

    form = response.context["form"]
    assert response.status_code == 422
    assert form.rows["set"].forms[0].errors == {"field": ["Choose a field."]}
    assert form.rows["skills"].forms[0].errors == {"skill": ["Choose a skill."]}
    assert len(form.errors) == 2


def test_a_classification_rule_has_to_set_something(as_administrator, classification):
    response = as_administrator.post(f"{classification}new/", typed_classification())

    assert response.status_code == 422
    assert "Say what the rule sets" in response.content.decode()
    assert not Rule.objects.exists()


def test_all_faults_of_a_rule_are_named_at_once(as_administrator, routes):
    typed_rows = [
        {"field": "", "op": "equals", "value": "x"},
        {"field": "context.tier", "op": "equals", "value": ""},
        {"field": "context.created", "op": "older_than", "value": "long"},
        {"field": "context.amount", "op": "between", "value": "5"},
    ]
    shares = [{"queue": "Support", "percent": 50}, {"queue": "Support", "percent": 50}]
    typed = route(name="") | conditions(*typed_rows) | rows("queues", *shares)

    response = as_administrator.post(f"{routes}new/", typed)

    assert [sentence for _, sentence in response.context["form"].errors] == [
        "Name: This field is required.",
        "Condition 1: Choose a field.",
        "Condition 2: Enter a value.",
        'Condition 3: "is older than" needs a duration such as 2 days or 90 minutes.',
        'Condition 4: "is between" needs two numbers such as 5, 10, or two dates.',
        "Queue: Each queue can be chosen once.",
    ]


def test_a_rule_keeps_its_name_to_itself(as_administrator, workstream, routes):
    as_administrator.post(f"{routes}new/", route(name="Gold"))

    second = as_administrator.post(f"{routes}new/", route(name="gold ", revision=1))
    again = as_administrator.post(f"{routes}1/1/edit/", route(name="Gold", revision=1))

    assert "Another rule is called “Gold”" in second.context["form"].head.errors["name"][0]
    assert (second.status_code, again.status_code) == (422, 303)
    assert len(saved("route_to_queue", workstream)) == 1


def test_a_faulty_rule_elsewhere_in_the_list_is_named(as_administrator, classification):
    vip = rows("set", {"field": "attributes.vip", "value": "true"})
    as_administrator.post(f"{classification}new/", typed_classification("First", **vip))
    Rule.objects.update(then={})

    response = as_administrator.post(
        f"{classification}new/", typed_classification("Second", **vip, revision=1)
    )

    [error] = response.context["form"].head.non_field_errors()
    assert error.startswith("Rule “First”: Say what the rule sets")


def test_no_row_is_added_beyond_what_a_rule_holds(as_administrator, routes):
    five = rows("queues", *[{"queue": "", "percent": ""}] * 5)

    response = as_administrator.post(f"{routes}new/", route() | five | {"add_row": "queues"})

    assert len(response.context["form"].rows["queues"].forms) == 5
    assert "A rule has at most 5 queues." in response.content.decode()


@pytest.mark.parametrize("field", ["record.number", "Case: type", "record.contact.name"])
def test_what_would_not_be_stored_with_a_record_is_refused(as_administrator, classification, field):
    typed = rows("set", {"field": field, "value": "C-9"})

    response = as_administrator.post(f"{classification}new/", typed_classification(**typed))

    [error] = response.context["form"].rows["set"].forms[0].errors["field"]
    assert error.startswith("Rules cannot set a record's type, number")
    assert not Rule.objects.exists()


def test_a_rule_that_sets_a_number_since_before_is_put_back_as_it_was(
    as_administrator, workstream, classification, rulesets
):
    rulesets("Topics")
    Rule.objects.update(then={"set": {"record.number": "C-9"}})
    as_administrator.post(f"{classification}1/1/delete/", {"revision": 1})

    as_administrator.post(f"{classification}restore/")

    [rule] = saved("classification", workstream)
    assert rule["then"] == {"set": {"record.number": "C-9"}}


def test_a_rule_that_sets_a_number_since_before_gets_another_name(
    as_administrator, workstream, classification, rulesets
):
    rulesets("Topics")
    Rule.objects.update(then={"set": {"record.number": "C-9"}})
    typed = rows("set", {"field": "record.number", "value": "C-9"})

    as_administrator.post(
        f"{classification}1/1/edit/", typed_classification("Numbered", **typed, revision=1)
    )

    [rule] = saved("classification", workstream)
    assert (rule["name"], rule["then"]) == ("Numbered", {"set": {"record.number": "C-9"}})
