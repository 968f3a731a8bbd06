"""Records go to workstreams by intake rules."""

import pytest

from agents.models import User
from routing import configuration
from routing.actions.route_record import route_record
from routing.configuration import load
from routing.engine.conditions import ConditionError
from routing.engine.configuration import compile_piece
from routing.exceptions import RecordNotActive, RecordRoutingOff
from routing.queries.alarms import open_alarms
from routing.queries.explanation import explanation
from tests.factories import (
    make_intake_rule,
    make_record,
    make_workstream,
)
from tests.factories.records import VIP
from workstreams.actions.save_customer import save_customer
from workstreams.models import Contact, Record, RecordType, WorkItem, Workstream
from workstreams.terms import ItemState, RecordRouting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record_routing")]


def only_item(record: Record) -> WorkItem:
    return WorkItem.objects.get(record=record)


def test_the_first_matching_rule_gives_the_workstream(cases, now):
    vips = make_workstream("VIP cases", type="record")
    make_intake_rule(vips, name="VIPs", when=VIP)
    make_intake_rule(cases)
    configuration.publish(by=None, now=now)
    records = [make_record(data={"tier": "vip"}), make_record()]

    done = [route_record(record_id=each.pk, now=now) for each in records]

    assert [each.item.workstream for each in done if each.item] == [vips, cases]
    assert done[1].sentence == "Routed to the queue Case desk of the workstream Cases."


def test_the_work_item_brings_the_records_customer_and_explains_its_intake(intake, now):
    ada = Contact.objects.create(name="Ada")
    record = make_record("Late parcel", contact=ada)

    route_record(record_id=record.pk, now=now)

    item = only_item(record)
    assert (item.title, item.contact, item.state) == ("Late parcel", ada, ItemState.OPEN)
    stages = explanation(item.pk)["stages"]
    assert [each["stage"] for each in stages] == ["intake", "classification", "route_to_queue"]
    assert stages[0]["rulesets"][0]["rules"] == [{"name": "All", "result": "applied"}]
    record.refresh_from_db()
    assert (record.routing, record.routing_tried_at) == (RecordRouting.ROUTED, now)


def test_without_a_match_it_stays_unrouted_and_says_why(cases, now):
    make_intake_rule(cases, name="VIPs", when=VIP)
    configuration.publish(by=None, now=now)
    record = make_record()

    done = route_record(record_id=record.pk, now=now)

    record.refresh_from_db()
    assert (done.result, record.routing) == (RecordRouting.NO_MATCH, RecordRouting.NO_MATCH)
    assert record.intake["sentence"] == done.sentence
    assert record.intake["stages"][0]["rulesets"][0]["rules"][0]["result"] == "processed"
    assert not WorkItem.objects.exists()


def test_rules_of_another_record_type_do_not_count(intake, now):
    mail = make_record(record_type="email")

    assert route_record(record_id=mail.pk, now=now).result == RecordRouting.NO_MATCH


def test_an_error_of_the_rules_leaves_it_unrouted(intake, now, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("routing.actions.route_record.choose_workstream", fail)
    record = make_record()

    assert route_record(record_id=record.pk, now=now).result == RecordRouting.FAILED
    record.refresh_from_db()
    assert record.routing == RecordRouting.FAILED


def test_an_error_of_the_rules_raises_an_alarm(intake, now, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("routing.actions.route_record.choose_workstream", fail)
    for _ in range(2):
        route_record(record_id=make_record().pk, now=now)

    [alarm] = open_alarms()
    assert (alarm.alarm.kind, alarm.count) == ("intake_failed", 2)
    assert alarm.alarm.detail.startswith("RuntimeError in tests/")


def test_rules_that_cannot_be_read_leave_records_unrouted_with_an_alarm(intake, now, monkeypatch):
    def unreadable(kind, document, *, id=0):
        if kind == "intake":
            raise ConditionError("intake.0.when", "of tomorrow")
        return compile_piece(kind, document, id=id)

    monkeypatch.setattr(load, "compile_piece", unreadable)
    load._kept.clear()
    record = make_record()

    done = route_record(record_id=record.pk, now=now)

    assert done.result == RecordRouting.FAILED
    assert [each.alarm.kind for each in open_alarms()] == ["intake_failed"]
    assert "failed with an error" in done.sentence


def test_a_workstream_that_was_deleted_meanwhile_leaves_it_unrouted(intake, cases, now):
    Workstream._base_manager.filter(pk=cases.pk).update(deleted_at=now)
    record = make_record()

    done = route_record(record_id=record.pk, now=now)

    assert done.result == RecordRouting.FAILED
    assert "does not exist any more" in done.sentence


def test_an_inactive_record_is_refused(intake, now):
    with pytest.raises(RecordNotActive):
        route_record(record_id=make_record(is_active=False).pk, now=now)


def test_a_type_that_is_not_routed_is_refused(intake, now):
    RecordType.objects.filter(name="case").update(is_routed=False)
    configuration.publish(by=None, now=now)

    with pytest.raises(RecordRoutingOff):
        route_record(record_id=make_record().pk, now=now)


@pytest.mark.parametrize(
    ("changes", "routes", "is_routed"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"routes_on_creation": False}, True, False),
        ({"is_routed": False}, True, False),
    ],
)
def test_a_new_record_is_routed_by_itself(
    intake, administrator: User, now, changes, routes, is_routed
):
    RecordType.objects.filter(name="case").update(**changes)
    configuration.publish(by=None, now=now)
    record = Record(record_type=RecordType.objects.get(name="case"))

    save_customer(row=record, title="Late", routes=routes, by=administrator, now=now)

    assert WorkItem.objects.filter(record=record).exists() == is_routed


def test_a_record_that_changes_is_not_routed_by_that(intake, administrator, now):
    record = make_record()

    save_customer(row=record, title="Later", routes=True, by=administrator, now=now)

    assert not WorkItem.objects.exists()


def test_saving_an_old_form_keeps_what_routing_wrote(intake, administrator, now):
    record = make_record()
    old = Record.objects.get(pk=record.pk)
    route_record(record_id=record.pk, now=now)

    save_customer(row=old, title="Later", by=administrator, now=now)

    record.refresh_from_db()
    assert (record.title, record.routing) == ("Later", RecordRouting.ROUTED)
