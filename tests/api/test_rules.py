"""Rules of workstreams and of intake."""

import pytest

from tests.factories import make_queue, make_workstream

GOLD = {"field": "context.tier", "op": "equals", "value": "gold"}
RULESETS = [
    {
        "name": "Tier",
        "kind": "logical",
        "rules": [
            {
                "name": "Gold",
                "when": {"all": [GOLD]},
                "then": {"set": {"attributes.vip": True}, "priority": 5},
            }
        ],
    }
]
ROUTES = [
    {
        "name": "Gold",
        "when": GOLD,
        "queues": [{"queue": "VIP", "percent": 100}],
        "overflow": None,
    }
]


@pytest.fixture
def path(workstream):
    make_queue("VIP")
    return f"/workstreams/{workstream.pk}"


def test_classification_is_replaced_as_a_whole(as_administrator, path):
    saved = as_administrator.put(f"{path}/classification-rulesets", RULESETS)

    assert saved.status_code == 200
    assert saved.json() == RULESETS
    assert as_administrator.get(f"{path}/classification-rulesets").json() == RULESETS
    assert as_administrator.put(f"{path}/classification-rulesets", []).json() == []


def test_route_to_queue_rules_are_replaced_and_act_at_once(as_administrator, path):
    saved = as_administrator.put(f"{path}/route-to-queue-rules", ROUTES)
    item = as_administrator.post("/work-items", {"workstream": "Chat", "context": {"tier": "gold"}})

    assert saved.json() == ROUTES
    assert item.json()["queue"] == "VIP"


def test_intake_rules_are_replaced(as_administrator):
    make_workstream("Cases", type="record")
    rules = [{"name": "All", "record_type": "case", "when": {}, "workstream": "Cases"}]

    saved = as_administrator.put("/intake-rules", rules)

    assert saved.status_code == 200
    assert saved.json() == rules


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "0.name"),
        ({"colour": "red"}, "0.colour"),
        ({"queues": [{"queue": "Nowhere"}]}, "0.queues.0.queue"),
        ({"queues": [{"queue": "VIP", "percent": 101}]}, "0.queues.0.percent"),
        ({"when": {"field": "context.tier", "op": "resembles", "value": 1}}, "0.when.op"),
        ({"when": {"some": []}}, "0.when"),
    ],
)
def test_faulty_rules_name_each_fault(as_administrator, path, change, field):
    response = as_administrator.put(f"{path}/route-to-queue-rules", [ROUTES[0] | change])

    assert response.status_code == 422
    assert field in [error["field"] for error in response.json()["errors"]]


def test_only_administrators_save_rules(as_supervisor, as_agent, path):
    address = f"{path}/route-to-queue-rules"

    assert as_supervisor.get(address).json() == []
    assert as_supervisor.put(address, ROUTES).status_code == 403
    assert as_agent.get(address).status_code == 403
    assert as_supervisor.get("/workstreams/999999/route-to-queue-rules").status_code == 404
