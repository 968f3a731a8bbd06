"""A case that is routed is one, whichever of its names rules use: `record` or `case`."""

import pytest

from routing import configuration
from routing.actions.route_item import route_item
from routing.actions.route_record import route_record
from routing.models import RoutingDecision, Rule, RuleQueue, Ruleset
from routing.queries.as_it_arrived import as_it_arrived
from routing.queries.item_fields import item_fields
from routing.queries.replay import replay_today
from routing.queries.try_rules import try_item
from routing.queries.would_route import TestItem
from tests.factories import make_item, make_queue, make_record, make_workstream

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record_routing")]

BOTH_WAYS = pytest.mark.parametrize(("told", "asked"), [("case", "record"), ("record", "case")])


@pytest.fixture
def vip(db):
    return make_queue("VIP", type="record")


def urgent(group):
    return {"field": f"{group}.customer.level", "op": "equals", "value": "urgent"}


def rules(workstream, now, *sets, vip=None, asked="record"):
    """Rulesets that each set a field, if their condition holds; what is urgent goes to VIP."""
    for position, (when, fields) in enumerate(sets):
        ruleset = Ruleset.objects.create(
            kind="classification", workstream=workstream, name=f"S{position}", position=position
        )
        Rule.objects.create(ruleset=ruleset, name="Sets", when=when, then={"set": fields})
    if vip is not None:
        routes = Ruleset.objects.create(
            kind="route_to_queue", workstream=workstream, name="Route to queues"
        )
        rule = Rule.objects.create(ruleset=routes, name="Urgent", when=urgent(asked))
        RuleQueue.objects.create(rule=rule, queue=vip, percent=100)
    configuration.publish(by=None, now=now)


@BOTH_WAYS
def test_what_a_ruleset_sets_is_read_under_either_name(intake, cases, now, told, asked):
    marks = {f"{asked}.is_seen": True}
    rules(cases, now, ({}, {f"{told}.customer.level": "urgent"}), (urgent(asked), marks))
    record = make_record("Parcel", data={"customer": {"level": "low"}})

    route_record(record_id=record.pk, now=now)

    record.refresh_from_db()
    assert record.data["is_seen"] is True


@BOTH_WAYS
def test_the_last_value_is_stored(intake, cases, now, told, asked):
    rules(cases, now, ({}, {f"{told}.severity": "low"}), ({}, {f"{asked}.severity": "high"}))
    record = make_record("Parcel")

    route_record(record_id=record.pk, now=now)

    record.refresh_from_db()
    assert record.data == {"severity": "high"}


@BOTH_WAYS
def test_queues_trials_and_replays_agree(intake, cases, vip, now, told, asked):
    sets = {f"{told}.customer.level": "urgent"}
    rules(cases, now, (urgent(asked), {"title": "Before"}), ({}, sets), vip=vip, asked=asked)
    record = make_record("Parcel", data={"customer": {"level": "low"}})

    item = route_record(record_id=record.pk, now=now).item
    assert item is not None
    decision = RoutingDecision.objects.get(work_item_id=item.pk, stage="routing")
    tests = [TestItem(workstream=cases, record=record.data), as_it_arrived(item)]
    tried = [side.explained or {} for test in tests for side in try_item(test, now=now).sides]

    assert (item.queue, item.title) == (vip, "Parcel")
    assert [each["queue"] for each in tried] == ["VIP", "VIP"]
    assert [each.is_same for each in replay_today(decision).answers] == [True, True]


def test_another_case_that_is_linked_keeps_its_own(workstream, now):
    rules(workstream, now, ({}, {"case.level": "high"}), ({}, {"record.level": "low"}))
    case, record = make_record("Parcel"), make_record("Refund")
    item = make_item(workstream, at=now, case=case, record=record)

    route_item(item_id=item.pk, now=now)

    case.refresh_from_db()
    record.refresh_from_db()
    assert (case.data, record.data) == ({"level": "high"}, {"level": "low"})


def test_a_case_that_is_linked_with_itself_is_one_too(now):
    workstream = make_workstream("Cases", type="record")
    rules(workstream, now, ({}, {"case.level": "high"}), ({}, {"record.level": "low"}))
    case = make_record("Parcel")
    item = make_item(workstream, at=now, case=case, record=case)

    fields = item_fields(route_item(item_id=item.pk, now=now))

    case.refresh_from_db()
    assert case.data == {"level": "low"}
    assert fields["case"]["level"] == fields["record"]["level"] == "low"
