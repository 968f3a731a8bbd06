"""What is too much for a rule is refused in the same words by page, API and import."""

import json
from typing import Any

import pytest

from config.models import ApiToken
from routing import configuration
from routing.forms.conditions.documents import from_document
from routing.models import Rule
from routing.queries.condition_fields import condition_fields
from tests.routing.views.typed_rules import posted, route

LINK = {"all": [{"field": "contact.name", "op": "is_set"}, {"field": "title", "op": "is_set"}]}
EXCESSES: dict[str, tuple[dict[str, Any], str]] = {
    "100 KB": (
        {"field": "title", "op": "equals", "value": "x" * 100_000},
        "A value has at most 4000 characters.",
    ),
    "a list of 100 KB": (
        {"field": "title", "op": "in", "value": ["x" * 99] * 1000},
        "A value has at most 4000 characters.",
    ),
    "three levels": (
        {"field": "case.contact.account.name", "op": "is_set"},
        "Conditions reach related records at most 2 levels deep.",
    ),
    "fifteen links": (
        {"any": [LINK] * 15},
        "A rule's conditions go to related records at most 14 times; these do 15 times. Put"
        " conditions about the same record into one group.",
    ),
    "reversed bounds": (
        {"field": "priority", "op": "between", "value": [9, 1]},
        "This is between nothing: 9 comes after 1. Enter the smaller number first.",
    ),
    "501 rows": (
        {"any": [{"field": "title", "op": "equals", "value": str(n)} for n in range(501)]},
        "A condition has at most 500 rows.",
    ),
}


def nested(depth):
    condition: dict[str, Any] = {"field": "title", "op": "is_set"}
    for _ in range(depth - 1):
        condition = {"all": [condition, condition]} if depth < 5 else {"not": condition}
    return condition


EXCESSES["thirty levels"] = nested(30), "Conditions are nested at most 20 deep."


@pytest.mark.parametrize(("when", "sentence"), EXCESSES.values(), ids=EXCESSES)
def test_a_condition_that_is_too_much_is_refused_everywhere(
    as_administrator, administrator, workstream, routes, when, sentence
):
    root = from_document(when, condition_fields(workstream))
    page = as_administrator.post(f"{routes}new/", route(when=posted(root)))

    rule = {"name": "Gold", "when": when, "queues": [{"queue": "Support", "percent": 100}]}
    api = as_administrator.put(
        f"/api/v1/workstreams/{workstream.pk}/route-to-queue-rules",
        json.dumps([rule]),
        content_type="application/json",
        headers={"Authorization": f"Bearer {ApiToken.issue(administrator)}"},
    )
    document = json.loads(configuration.export_workstream(workstream.pk))
    document["workstreams"][0]["route_to_queue"] = [rule | {"overflow": None}]
    findings = configuration.validate(document)

    assert page.status_code == 422
    assert sentence in page.context["form"].errors[0][1]
    assert api.status_code == 422
    assert [each["message"] for each in api.json()["errors"]] == [sentence]
    assert [each["message"] for each in findings] == [sentence]
    assert not Rule.objects.exists()


def test_five_hundred_rows_are_saved_from_the_page(as_administrator, workstream, routes):
    rows = [{"field": "title", "op": "equals", "value": str(number)} for number in range(500)]
    root = from_document({"any": rows}, condition_fields(workstream))

    response = as_administrator.post(f"{routes}new/", route(when=posted(root)))

    assert response.status_code == 303
    assert Rule.objects.get().when == {"any": rows}


def test_what_is_sent_deeper_than_any_condition_is_not_left_out(as_administrator, routes):
    sent = {f"c{'-1' * depth}-join": "all" for depth in range(61)}
    sent[f"c{'-1' * 61}-field"] = "title"

    response = as_administrator.post(f"{routes}new/", route(when=sent))

    assert response.status_code == 422
    assert "nested at most 20 deep" in response.context["form"].errors[0][1]
