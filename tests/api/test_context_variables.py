"""Context variables, surveys and identification rules."""

import pytest

from routing import configuration
from tests.factories import make_chat_widget
from workstreams.actions.save_service_configuration import save_service_configuration
from workstreams.models import ContextVariable, SurveyQuestion


@pytest.fixture
def variables(workstream) -> str:
    return f"/workstreams/{workstream.pk}/context-variables"


@pytest.fixture
def questions(workstream) -> str:
    widget = make_chat_widget(workstream, "shop")
    return f"/workstreams/{workstream.pk}/channel-instances/{widget.pk}/survey-questions"


def test_a_variable_is_created_changed_and_deleted(as_administrator, variables):
    created = as_administrator.post(variables, {"name": "tier", "type": "number"})
    one = f"{variables}/{created.json()['id']}"

    changed = as_administrator.patch(one, {"type": "text"})

    assert (created.status_code, changed.json()["type"]) == (201, "text")
    assert as_administrator.get(variables).json() == [changed.json()]
    assert as_administrator.delete(one).status_code == 204


def test_a_used_variable_answers_with_its_uses(as_administrator, variables, questions):
    as_administrator.post(questions, {"name": "tier", "text": "Which tier?"})
    one = f"{variables}/{ContextVariable.objects.get().pk}"

    refused = as_administrator.delete(one)

    assert refused.status_code == 409
    assert refused.json()["dependencies"][0]["kind"] == "survey_question"
    assert as_administrator.get(one).json()["uses"][0]["name"] == "shop: Which tier?"


def test_a_variable_that_a_published_rule_reads_says_so(
    as_administrator, workstream, variables, administrator, now
):
    tier = workstream.context_variables.create(name="tier")
    rules = workstream.rulesets.create(kind="classification", name="Sort")
    rules.rules.create(name="Gold", when={"field": "context.tier", "op": "is_set"}, then={})
    configuration.publish(by=None, now=now)
    save_service_configuration(by=administrator, now=now, reviews_before_publishing=True)
    rules.delete()

    [use] = as_administrator.get(f"{variables}/{tier.pk}").json()["uses"]

    assert (use["kind"], use["name"]) == ("rule", "Gold (published)")


def test_questions_are_added_changed_and_deleted(as_administrator, questions):
    body = {"name": "topic", "text": "What?", "answer_type": "options", "options": ["a", "b"]}

    created = as_administrator.post(questions, body).json()
    changed = as_administrator.patch(f"{questions}/{created['id']}", {"is_required": True}).json()

    assert changed == {**created, "is_required": True}
    assert as_administrator.delete(f"{questions}/{created['id']}").status_code == 204
    assert not SurveyQuestion.objects.exists()


def test_identification_rules_are_added_changed_and_deleted(as_administrator, workstream):
    body = {"name": "Own", "entity": "contact", "keys": {"Mail": "email"}, "workstream": "Chat"}

    created = as_administrator.post("/identification-rules", body)
    one = f"/identification-rules/{created.json()['id']}"
    changed = as_administrator.patch(one, {"is_enabled": False}).json()

    assert created.status_code == 201
    assert changed == {**created.json(), "is_enabled": False, "revision": 2}
    assert as_administrator.patch(one, {"name": "Late", "revision": 1}).status_code == 409
    assert as_administrator.get("/identification-rules").json()[-1] == changed
    assert as_administrator.delete(one).status_code == 204


def named(answer):
    assert answer.status_code == 200
    return [each["name"] for each in answer.json()]


def test_questions_are_put_into_another_order(as_administrator, questions):
    for name in ("topic", "order"):
        made = as_administrator.post(questions, {"name": name, "text": "What?"}).json()

    moved = as_administrator.post(f"{questions}/{made['id']}/move", {"up": True})

    assert named(moved) == named(as_administrator.get(questions)) == ["order", "topic"]
    back = as_administrator.post(f"{questions}/{made['id']}/move", {"up": False})
    assert named(back) == ["topic", "order"]
    assert as_administrator.post(f"{questions}/{made['id']}/move", {}).status_code == 422


def test_identification_rules_are_put_into_another_order(as_administrator, workstream):
    body = {"entity": "contact", "keys": {"Mail": "email"}, "workstream": "Chat"}
    for name in ("First", "Second"):
        made = as_administrator.post("/identification-rules", {**body, "name": name}).json()

    moved = as_administrator.post(f"/identification-rules/{made['id']}/move", {"up": True})

    assert named(moved)[-2:] == ["Second", "First"]
    assert named(as_administrator.get("/identification-rules"))[-2:] == ["Second", "First"]


def test_a_rule_compares_only_what_there_is(as_administrator):
    body = {"name": "Own", "entity": "case", "keys": {"Mail": "email"}}

    response = as_administrator.post("/identification-rules", body)

    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "keys"


def test_supervisors_read_and_do_not_change(as_supervisor, variables, questions):
    assert as_supervisor.get(variables).status_code == 200
    assert as_supervisor.get(questions).status_code == 200
    assert as_supervisor.post(variables, {"name": "x"}).status_code == 403
    assert as_supervisor.delete("/identification-rules/1").status_code == 403
    assert as_supervisor.post("/identification-rules/1/move", {"up": True}).status_code == 403
    assert as_supervisor.post(f"{questions}/1/move", {"up": True}).status_code == 403


def test_context_that_cannot_be_kept_answers_422(as_administrator, workstream):
    body = {"workstream": "Chat", "context": {"tier": ["gold"]}}

    response = as_administrator.post("/work-items", body)

    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "context.tier"
