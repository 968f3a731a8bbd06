"""What classification rules set of a record is stored with it."""

import pytest

from routing import configuration
from routing.actions.route_item import route_item
from routing.actions.route_record import route_record
from routing.models import Rule, Ruleset
from routing.queries.item_fields import item_fields
from tests.factories import make_item, make_record, make_workstream
from workstreams.models import WorkItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record_routing")]


def setting(workstream, now, when=None, **fields):
    """The only rule of the workstream sets these fields."""
    ruleset = Ruleset.objects.create(kind="classification", workstream=workstream, name="Sort")
    Rule.objects.create(ruleset=ruleset, name="Sets", when=when or {}, then={"set": fields})
    configuration.publish(by=None, now=now)


def test_a_routed_record_keeps_what_rules_set_and_methods_read_it(intake, cases, now):
    setting(cases, now, **{"record.severity": "high", "record.title": "Urgent: parcel"})
    record = make_record("Parcel", data={"tier": "gold", "severity": "low"})

    route_record(record_id=record.pk, now=now)

    record.refresh_from_db()
    assert record.data == {"tier": "gold", "severity": "high"}
    assert record.title == "Urgent: parcel"
    fields = item_fields(WorkItem.objects.get(record=record))
    assert (fields["record"]["severity"], fields["case"]["severity"]) == ("high", "high")


def test_a_linked_case_keeps_it_too(workstream, now):
    setting(workstream, now, **{"case.is_urgent": True})
    case = make_record("Parcel")
    item = make_item(workstream, at=now, case=case)

    route_item(item_id=item.pk, now=now)

    case.refresh_from_db()
    assert case.data == {"is_urgent": True}


def test_what_a_record_is_and_whom_it_is_about_is_not_for_rules(intake, cases, now):
    setting(cases, now, **{"record.number": "C-9", "record.contact.name": "Eve"})
    record = make_record("Parcel", number="C-1")

    route_record(record_id=record.pk, now=now)

    record.refresh_from_db()
    assert (record.number, record.data) == ("C-1", {})


def test_a_case_that_is_not_there_gets_nothing(now):
    workstream = make_workstream("Talk")
    setting(workstream, now, **{"case.is_urgent": True})

    item = make_item(workstream, at=now)

    assert route_item(item_id=item.pk, now=now).case is None
