"""Records routed, ended and given to agents by programs; sorts of records."""

import pytest

from routing import configuration
from routing.actions.route_batch import route_batch
from tests.factories import (
    make_agent,
    make_intake_rule,
    make_queue,
    make_record,
    make_workstream,
    share_a_username,
)
from workstreams.models import WorkItem

CASE = {"record_type": "case", "title": "Late"}


@pytest.fixture
def cases(record_routing, as_administrator, now):
    queue = make_queue("Case desk", type="record")
    make_agent("carol", queues=[queue])
    cases = make_workstream("Cases", type="record", queue=queue)
    make_intake_rule(cases)
    configuration.publish(by=None, now=now)
    return cases


def test_a_program_creates_records_that_are_routed_unless_it_says_otherwise(as_supervisor, cases):
    routed = as_supervisor.post("/records", CASE)
    kept = as_supervisor.post("/records", CASE | {"route": False})

    assert [each.json()["routing"] for each in (routed, kept)] == ["routed", "not_asked"]
    assert [item.record_id for item in WorkItem.objects.all()] == [routed.json()["id"]]
    unrouted = as_supervisor.get("/records?unrouted=true").json()["items"]
    assert [each["id"] for each in unrouted] == [kept.json()["id"]]


def test_many_are_created_at_once_or_none(as_supervisor, cases):
    bad = as_supervisor.post("/records/import", {"records": [CASE, CASE | {"contact": 999}]})
    made = as_supervisor.post("/records/import", {"records": [CASE, CASE | {"route": False}]})

    assert (bad.status_code, made.status_code) == (422, 201)
    assert [each["routing"] for each in made.json()] == ["routed", "not_asked"]
    assert WorkItem.objects.count() == 1


def test_a_record_is_routed_given_ended_and_taken_up_again(as_supervisor, cases):
    record = make_record()
    address = f"/records/{record.pk}"

    routed = as_supervisor.post(f"{address}/route", {}).json()
    given = as_supervisor.put(f"{address}/agent", {"agent": "carol"}).json()
    refused = as_supervisor.post(f"{address}/route", {})
    ended = as_supervisor.post(f"{address}/end", {"how": "resolved"}).json()
    again = as_supervisor.post(f"{address}/reactivate").json()

    assert (routed["result"], given["agent"]) == ("routed", "carol")
    assert (refused.status_code, refused.json()["type"]) == (409, "record-in-work")
    assert (ended["closed_as"], again["closed_as"]) == ("resolved", "")
    assert WorkItem.objects.get().state == "closed"


def test_of_two_who_share_a_username_the_one_spelled_like_that_gets_it(as_supervisor, cases):
    share_a_username("grace", "Grace")
    address = f"/records/{make_record().pk}/agent"
    as_supervisor.post(address.replace("agent", "route"), {})

    given = [as_supervisor.put(address, {"agent": each}) for each in ("Grace", "grace", "GRACE")]

    assert [each.json().get("agent") for each in given] == ["Grace", "grace", None]
    assert given[2].status_code == 422
    assert as_supervisor.put(address, {"agent": "CAROL"}).json()["agent"] == "carol"


def test_many_are_routed_by_a_batch(as_supervisor, cases, now):
    records = [make_record() for _ in range(3)]

    named = as_supervisor.post("/records/route", {"records": [records[0].pk]})
    fitting = as_supervisor.post("/records/route", {"filter": {"unrouted": True}})
    batch = fitting.json()

    assert (named.status_code, named.json()["total"], batch["total"]) == (202, 1, 3)
    route_batch(batch_id=batch["id"], now=now, limit=10)
    assert as_supervisor.get(f"/record-batches/{batch['id']}").json()["routed"] == 3
    rows = as_supervisor.get(f"/record-batches/{batch['id']}/rows").json()["items"]
    assert {row["result"] for row in rows} == {"routed"}


@pytest.mark.parametrize("body", [{}, {"records": []}, {"records": [1], "filter": {}}])
def test_a_batch_is_of_ids_or_of_a_filter(as_supervisor, cases, body):
    assert as_supervisor.post("/records/route", body).status_code == 422


def test_a_type_is_added_switched_and_removed(as_administrator):
    made = as_administrator.post("/record-types", {"name": "contract", "label": "Contract"})
    off = as_administrator.patch("/record-types/contract", {"is_routed": False})

    assert (made.status_code, off.json()["is_routed"]) == (201, False)
    assert as_administrator.delete("/record-types/contract").status_code == 204
    assert as_administrator.delete("/record-types/case").status_code == 409


def test_intake_rules_of_one_type_are_replaced(as_administrator, cases):
    rules = [{"name": "All", "record_type": "case", "when": {}, "workstream": "Cases"}]

    saved = as_administrator.put("/record-types/case/intake-rules", rules)

    assert saved.json() == rules
    assert as_administrator.get("/record-types/email/intake-rules").json() == []
    assert as_administrator.get("/record-types/nothing/intake-rules").status_code == 404
