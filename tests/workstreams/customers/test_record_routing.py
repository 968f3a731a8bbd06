"""Routing records from their pages, one by one and many at once."""

import pytest
from django.urls import reverse

from agents.models import Agent
from routing import service
from routing.actions.route_batch import route_batch
from routing.actions.route_record import route_record
from routing.models import RecordBatch, Rule
from routing.terms import BatchResult
from tests.factories import make_record
from tests.factories.records import VIP
from workstreams.models import Record, RecordType, WorkItem

pytestmark = pytest.mark.django_db


def form(record_type, **fields):
    return {"record_type": record_type.pk, "title": "Late parcel", "is_active": "on", **fields}


def test_a_record_is_saved_and_routed(as_supervisor, cases):
    answer = as_supervisor.post("/records/new/", form(cases.record_type, routes="on"))

    item = WorkItem.objects.get()
    assert (answer.status_code, answer.url) == (303, f"/records/{item.record_id}/")
    assert b"It waits in the queue Case desk" in as_supervisor.get(answer.url).content


def test_saved_without_the_tick_it_is_not_routed_and_listed_as_such(as_supervisor, cases):
    as_supervisor.post("/records/new/", form(cases.record_type))

    assert not WorkItem.objects.exists()
    assert b"Late parcel" in as_supervisor.get("/records/?unrouted").content


def test_what_cannot_be_routed_is_not_saved_either(as_supervisor, db):
    case = RecordType.objects.get(name="case")
    answer = as_supervisor.post("/records/new/", form(case, routes="on"))

    assert answer.status_code == 422
    assert b"are not routed" in answer.content
    assert not Record.objects.exists()


def test_an_inactive_record_is_not_routed(as_supervisor, cases):
    typed = form(cases.record_type, routes="on") | {"is_active": ""}

    answer = as_supervisor.post("/records/new/", typed)

    assert answer.status_code == 422
    assert b"Only active records are routed." in answer.content


def test_the_unrouted_list_says_why_and_tries_again(as_supervisor, cases, supervisor):
    Rule.objects.update(when=VIP)
    service.publish(by=None)
    record = make_record("Late parcel")
    address = f"/records/{record.pk}/"
    as_supervisor.post(f"{address}route/")

    page = as_supervisor.get(address).content.decode()
    assert "No intake rule matches, so the record stays unrouted." in page
    assert "Processed, no match" in page
    assert page.index("<h1") < page.index(">Work</h2>") < page.index("<h3")
    assert "No intake rule matches" in as_supervisor.get("/records/?unrouted").content.decode()

    Rule.objects.update(when={})
    service.publish(by=None)
    as_supervisor.post(f"{address}route/")
    assert b"Late parcel" not in as_supervisor.get("/records/?unrouted").content


def test_work_of_an_agent_is_taken_back_with_the_word(as_supervisor, cases, supervisor):
    record = make_record()
    service.route_record(record_id=record.pk, by=supervisor)
    carol = Agent.objects.get(user__username="carol")
    service.assign_record(record_id=record.pk, agent=carol, by=supervisor)
    address = f"/records/{record.pk}/"

    assert b"Take it back and route it again?" in as_supervisor.get(address).content
    assert as_supervisor.post(f"{address}route/").status_code == 409
    assert as_supervisor.post(f"{address}route/", {"takes_back": "on"}).status_code == 303


def test_who_works_on_it_is_said_by_name(as_supervisor, cases, supervisor):
    record = make_record()
    service.route_record(record_id=record.pk, by=supervisor)
    address = f"/records/{record.pk}/assign/"

    unknown = as_supervisor.post(address, {"agent": "nobody"})
    given = as_supervisor.post(address, {"agent": "Carol"})
    assert (unknown.status_code, given.status_code) == (422, 303)
    assert str(WorkItem.objects.get().agent) == "carol"

    as_supervisor.post(address, {"agent": ""})
    assert WorkItem.objects.get().agent is None


@pytest.mark.parametrize("how", ["resolved", "cancelled", "deactivated"])
def test_a_record_ends_and_is_taken_up_again(as_supervisor, cases, supervisor, how):
    record = make_record()
    service.route_record(record_id=record.pk, by=supervisor)

    as_supervisor.post(f"/records/{record.pk}/end/", {"how": how})
    assert WorkItem.objects.get().state == "closed"
    assert how.capitalize() in as_supervisor.get("/records/").content.decode()

    as_supervisor.post(f"/records/{record.pk}/reactivate/")
    record.refresh_from_db()
    assert (record.is_active, record.closed_as) == (True, "")


def test_all_of_a_filter_are_routed_with_a_result_for_each(as_supervisor, cases, now):
    records = [make_record(f"Parcel {number}") for number in range(3)]
    make_record("A letter", record_type="email")
    make_record("Done", is_active=False)

    shown = as_supervisor.get("/records/route/?type=case")
    answer = as_supervisor.post("/records/route/?type=case", {"which": "all"})

    assert b"Route all 3" in shown.content
    batch = RecordBatch.objects.get()
    assert answer.url == reverse("workstreams:record-batch", args=[batch.pk])
    assert b"0 of 3 records are done" in as_supervisor.get(answer.url).content
    Record.objects.filter(pk=records[0].pk).update(is_active=False)
    records[1].delete()

    assert route_batch(batch_id=batch.pk, now=now, limit=2) == 2
    assert route_batch(batch_id=batch.pk, now=now, limit=2) == 1

    results = {row.title: row.result for row in batch.rows.all()}
    assert results == {
        "Parcel 0": BatchResult.REFUSED,
        "Parcel 1": BatchResult.REFUSED,
        "Parcel 2": BatchResult.ROUTED,
    }
    page = as_supervisor.get(answer.url).content.decode()
    assert "All 3 records are done" in page
    assert "This record is not active, so it is not routed." in page
    assert "The record was deleted meanwhile." in page
    narrowed = as_supervisor.get(f"{answer.url}?result=routed").content.decode()
    assert "Parcel 2" in narrowed
    assert "Parcel 0" not in narrowed


def test_only_those_that_are_ticked_are_routed(as_supervisor, cases):
    first, _ = make_record(), make_record()

    as_supervisor.post("/records/route/", {"which": "some", "records": [first.pk]})

    assert [row.record for row in RecordBatch.objects.get().rows.all()] == [first]


def test_none_chosen_is_said(as_supervisor, cases):
    make_record()

    answer = as_supervisor.post("/records/route/", {"which": "some"})

    assert answer.status_code == 422
    assert b"No record was chosen." in answer.content


def test_a_record_whose_routing_fails_holds_up_no_other(cases, supervisor, now, monkeypatch):
    first, second = make_record(), make_record()
    batch = service.route_records(records=Record.objects.order_by("pk"), by=supervisor)

    def fail_once(*, record_id, **kwargs):
        if record_id == first.pk:
            raise RuntimeError
        return route_record(record_id=record_id, **kwargs)

    monkeypatch.setattr("routing.actions.route_batch.route_inside", fail_once)
    route_batch(batch_id=batch.pk, now=now, limit=10)

    assert [row.result for row in batch.rows.all()] == ["refused", "routed"]
    assert WorkItem.objects.get().record == second


def test_pages_cost_the_same_however_much_there_is(
    as_supervisor, cases, supervisor, now, django_assert_max_num_queries
):
    for number in range(30):
        make_record(f"Parcel {number}")
    batch = service.route_records(records=Record.objects.order_by("pk"), by=supervisor)
    route_batch(batch_id=batch.pk, now=now, limit=20)
    record = Record.objects.order_by("pk")[0]

    for address, most in (
        ("/records/?unrouted", 8),
        ("/records/route/?unrouted", 8),
        (f"/records/batches/{batch.pk}/", 9),
        (f"/records/{record.pk}/", 9),
    ):
        with django_assert_max_num_queries(most):
            assert as_supervisor.get(address).status_code == 200


@pytest.mark.parametrize("verb", ["route", "end", "reactivate", "assign"])
def test_agents_and_strangers_change_nothing(cases, agent, client, verb):
    address = f"/records/{make_record().pk}/{verb}/"

    assert client.post(address).status_code == 302
    client.force_login(agent.user)
    assert client.post(address).status_code == 403
    assert client.post("/records/route/").status_code == 403


@pytest.mark.parametrize("verb", ["route", "end", "reactivate", "assign"])
def test_a_missing_record_is_not_found(as_supervisor, cases, verb):
    assert as_supervisor.post(f"/records/999999/{verb}/").status_code == 404


def test_records_are_ticked_in_the_list_and_shown_before_they_are_routed(as_supervisor, cases):
    first, other = make_record("First parcel"), make_record("Other parcel")

    page = as_supervisor.get("/records/?q=parcel").content.decode()
    shown = as_supervisor.get(f"/records/route/?q=parcel&which=some&records={first.pk}")
    nothing = as_supervisor.get("/records/route/?q=parcel&which=some", follow=True)

    assert f'value="{first.pk}"' in page
    assert 'form="record-selection"' in page
    assert "Route all 2 that match" in page
    assert "First parcel" in shown.content.decode()
    assert "Other parcel" not in shown.content.decode()
    assert "checked" in shown.content.decode()
    assert other.title not in shown.content.decode()
    assert "Select records first." in nothing.content.decode()
