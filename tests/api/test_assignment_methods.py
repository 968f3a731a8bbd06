"""/assignment-methods."""

from typing import Any

import pytest

from routing import configuration
from tests.factories import make_queue
from workstreams.models import AssignmentMethod

PATH = "/assignment-methods"
WORKING = {"field": "agent.calendar", "op": "is_working"}


def a_method(**parts: Any) -> dict[str, Any]:
    rules = [{"name": "On shift", "when": WORKING, "order_by": [{"by": "least_active"}]}]
    return {"name": "Shifts", "rulesets": [{"name": "All", "rules": rules}]} | parts


def test_a_method_is_created_shown_changed_and_used_by_its_name(as_administrator, queue):
    made = as_administrator.post(PATH, a_method())
    path = f"{PATH}/{made.json()['id']}"

    changed = as_administrator.patch(path, {"name": "Day shifts", "revision": 1})
    used = as_administrator.patch(f"/queues/{queue.pk}", {"assignment_method": "day SHIFTS"})

    assert made.status_code == 201
    assert changed.json()["rulesets"] == made.json()["rulesets"]
    assert used.json()["assignment_method"] == "Day shifts"
    assert as_administrator.get(path).json()["queues"] == [queue.name]
    assert configuration.current().compiled.methods["Day shifts"].rulesets[0].name == "All"


def test_a_queue_keeps_its_method_when_the_method_is_renamed(as_administrator, queue):
    path = f"{PATH}/{as_administrator.post(PATH, a_method()).json()['id']}"
    as_administrator.patch(f"/queues/{queue.pk}", {"assignment_method": "Shifts"})

    as_administrator.patch(path, {"name": "Renamed"})

    compiled = configuration.current().compiled
    assert compiled.queues[queue.pk].assignment_method == "Renamed"
    assert compiled.method_of(queue.pk) is not None


def test_weights_that_are_left_out_stay(as_administrator):
    weights = {"skills": 50, "waiting": 0, "fairness": 50}
    made = as_administrator.post(PATH, {"name": "Fit", "kind": "best_match", "weights": weights})

    changed = as_administrator.patch(f"{PATH}/{made.json()['id']}", {"weights": {"skills": 12.5}})

    assert changed.json()["weights"] == {**weights, "skills": 12.5}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"rulesets": []}, "rulesets"),
        ({"name": "least_active"}, "name"),
        ({"selection": [{"name": "X", "ruleset": "Gone"}]}, "selection.0.ruleset"),
        ({"prioritization": [{"name": "A", "order_by": {"by": "agent.name"}}]}, None),
        ({"weights": {"skills": 3}}, "weights"),
        ({"kind": "best_match"}, "rulesets"),
    ],
)
def test_what_is_wrong_gets_422_with_its_path(as_administrator, change, field):
    response = as_administrator.post(PATH, a_method() | change)

    assert response.status_code == 422
    paths = [error["field"] for error in response.json()["errors"]]
    assert field is None or field in paths


@pytest.mark.parametrize(
    "row",
    [
        {"field": "agent.presence", "op": "starts_with", "value": "av"},
        {"field": "agent.presence", "op": "in", "value": ["available", "lunch"]},
        {"field": "agent.shoe", "op": "equals", "value": "42"},
        {"field": "agent.locale", "op": "equals", "item": "nowhere.field"},
        {"field": "agent.locale", "op": "equals", "value": "de", "item": "context.language"},
        {"field": "agent.capacity", "op": "greater", "value": "much"},
        {"field": "agent.skills", "op": "custom_match", "value": "French"},
        {"field": "agent.calendar", "op": "is_working", "item": "context.day"},
        {"field": "agent.locale", "op": {}, "item": "title"},
        {"field": ["agent.locale"], "op": {}, "value": None},
        {"all": [{"field": "agent.locale"}]},
    ],
)
def test_a_condition_about_agents_that_makes_no_sense_gets_422(as_administrator, row):
    body = a_method(rulesets=[{"name": "All", "rules": [{"name": "One", "when": row}]}])

    response = as_administrator.post(PATH, body)

    assert response.status_code == 422
    assert response.json()["errors"][0]["field"].startswith("rulesets.0.rules.0.when")


def test_a_method_with_a_null_character_gets_422(as_administrator):
    when = {"field": "agent.locale", "op": "equals", "item": "context.\0"}
    body = a_method(rulesets=[{"name": "All", "rules": [{"name": "One", "when": when}]}])

    response = as_administrator.post(PATH, body)

    assert response.status_code == 422
    assert [each["field"] for each in response.json()["errors"]] == ["body"]


def test_a_name_stands_once_whatever_its_case(as_administrator):
    as_administrator.post(PATH, a_method())

    assert as_administrator.post(PATH, a_method(name="SHIFTS")).status_code == 422


def test_who_saved_meanwhile_is_not_overwritten(as_administrator):
    path = f"{PATH}/{as_administrator.post(PATH, a_method()).json()['id']}"
    as_administrator.patch(path, {"description": "One"})

    assert as_administrator.patch(path, {"name": "Two", "revision": 1}).status_code == 409


def test_a_method_that_a_queue_uses_stays_and_says_so(as_administrator, queue):
    path = f"{PATH}/{as_administrator.post(PATH, a_method()).json()['id']}"
    as_administrator.patch(f"/queues/{queue.pk}", {"assignment_method": "Shifts"})

    refused = as_administrator.delete(path)
    as_administrator.patch(f"/queues/{queue.pk}", {"assignment_method": "least_active"})

    assert refused.status_code == 409
    assert refused.json()["dependencies"][0]["name"] == queue.name
    assert as_administrator.delete(path).status_code == 204
    assert not AssignmentMethod.objects.exists()


def test_a_deleted_queue_lets_go_of_its_method(as_administrator):
    path = f"{PATH}/{as_administrator.post(PATH, a_method()).json()['id']}"
    queue = make_queue("Short-lived")
    as_administrator.patch(f"/queues/{queue.pk}", {"assignment_method": "Shifts"})
    as_administrator.delete(f"/queues/{queue.pk}")

    assert as_administrator.delete(path).status_code == 204


def test_a_copy_decides_alike_and_is_used_by_nobody(as_administrator, queue):
    made = as_administrator.post(PATH, a_method()).json()
    as_administrator.patch(f"/queues/{queue.pk}", {"assignment_method": "Shifts"})

    copies = [as_administrator.post(f"{PATH}/{made['id']}/copy").json() for _ in range(2)]

    assert [each["name"] for each in copies] == ["Copy of Shifts", "Copy of Shifts 2"]
    assert copies[0]["rulesets"] == made["rulesets"]
    assert copies[0]["queues"] == []


def test_a_queue_refuses_a_method_that_does_not_exist(as_administrator, queue):
    response = as_administrator.patch(f"/queues/{queue.pk}", {"assignment_method": "Magic"})

    assert response.status_code == 422


def test_supervisors_read_and_do_not_write(as_supervisor):
    assert as_supervisor.get(PATH).status_code == 200
    assert as_supervisor.post(PATH, a_method()).status_code == 403
