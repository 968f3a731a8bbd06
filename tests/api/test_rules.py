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

INTAKE = [{"name": "All", "record_type": "case", "when": {}, "workstream": "Cases"}]


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


LISTS = {
    "classification-rulesets": ("{path}/classification-rulesets", RULESETS),
    "route-to-queue-rules": ("{path}/route-to-queue-rules", ROUTES),
    "intake-rules": ("/record-types/case/intake-rules", INTAKE),
}


@pytest.mark.parametrize("noun", LISTS)
def test_a_list_that_somebody_else_saved_meanwhile_is_not_replaced(as_administrator, path, noun):
    make_workstream("Cases", type="record")
    address, rules = LISTS[noun][0].format(path=path), LISTS[noun][1]
    shown = as_administrator.get(address)
    theirs = as_administrator.put(address, rules)

    mine = as_administrator.put(f"{address}?revision={shown['Revision']}", [])

    assert (shown["Revision"], theirs["Revision"]) == ("0", "1")
    assert (mine.status_code, mine.json()["type"]) == (409, "saved-meanwhile")
    assert as_administrator.get(address).json() == rules
    again = as_administrator.put(f"{address}?revision=1", rules)
    assert (again.status_code, again["Revision"]) == (200, "2")


@pytest.mark.parametrize("revision", ["-1", "x", str(2**40)])
def test_a_revision_is_a_number(as_administrator, path, revision):
    address = f"{path}/route-to-queue-rules?revision={revision}"

    assert as_administrator.put(address, ROUTES).status_code == 422


def test_intake_rules_are_replaced(as_administrator):
    make_workstream("Cases", type="record")

    saved = as_administrator.put("/intake-rules", INTAKE)

    assert saved.status_code == 200
    assert saved.json() == INTAKE


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
