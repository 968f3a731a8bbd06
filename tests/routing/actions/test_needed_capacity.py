"""What an item needs of an agent, however it was routed."""

import pytest

from agents.terms import CapacityFormat
from routing import configuration, service
from routing.actions.route_item import route_item
from routing.configuration import load
from routing.engine.conditions.operators import OPERATORS
from routing.models import Rule, Ruleset
from routing.terms import RulesetKind
from tests.factories import make_intake_rule, make_profile, make_record, make_workstream
from tests.scenarios import units_used
from workstreams.actions.take_in import take_in
from workstreams.models import WorkItem, Workstream

pytestmark = pytest.mark.django_db


@pytest.fixture
def chats():
    return make_profile("Chats")


@pytest.fixture
def by_profile(workstream, chats, now):
    """Its work takes one of the profile."""
    takes(workstream, chats)
    configuration.publish(by=None, now=now)
    return workstream


def takes(workstream, *profiles):
    workstream.capacity_format = CapacityFormat.PROFILE
    workstream.save()
    workstream.capacity_profiles.set(profiles)


def needs(item):
    item = WorkItem.objects.get(pk=item.pk)
    return item.required_units, sorted(item.required_profiles)


def test_work_whose_rules_failed_needs_what_its_workstream_asks(
    by_profile, chats, now, monkeypatch
):
    ruleset = Ruleset.objects.create(
        kind=RulesetKind.CLASSIFICATION, workstream=by_profile, name="Triage"
    )
    when = {"field": "title", "op": "starts_with", "value": "x"}
    Rule.objects.create(ruleset=ruleset, name="r", when=when)
    configuration.publish(by=None, now=now)
    monkeypatch.delitem(OPERATORS, "starts_with")
    load._kept.clear()

    item = take_in(workstream=by_profile, now=now)
    load._kept.clear()

    assert needs(item) == (0, [chats.pk])


def test_what_is_routed_again_needs_the_profile_of_now_and_what_rules_had_added(
    by_profile, chats, now, later
):
    item = take_in(workstream=by_profile, now=now)
    daily, spanish = make_profile("Chats of a day"), make_profile("Spanish")
    WorkItem.objects.filter(pk=item.pk).update(required_profiles=[chats.pk, spanish.pk])
    takes(by_profile, daily)
    configuration.publish(by=None, now=later)

    route_item(item_id=item.pk, now=later)

    assert needs(item) == (0, [daily.pk, spanish.pk])


def test_the_profile_of_then_is_known_by_whatever_name_it_has_now(by_profile, chats, now, later):
    item = take_in(workstream=by_profile, now=now)
    daily, spanish = make_profile("Chats of a day"), make_profile("Spanish")
    WorkItem.objects.filter(pk=item.pk).update(required_profiles=[chats.pk, spanish.pk])
    takes(by_profile, daily)
    chats.name = "Old chats"
    chats.save()
    configuration.publish(by=None, now=later)

    route_item(item_id=item.pk, now=later)

    assert needs(item) == (0, [daily.pk, spanish.pk])


def test_what_a_draft_had_asked_for_gives_way_to_what_is_published(chats, now, later):
    configuration.publish(by=None, now=now)
    new = make_workstream("New")
    takes(new, chats)
    item = take_in(workstream=new, now=now)
    assert needs(item) == (0, [chats.pk])
    calls = make_profile("Calls")
    takes(new, calls)
    configuration.publish(by=None, now=later)

    route_item(item_id=item.pk, now=later)

    assert needs(item) == (0, [calls.pk])


def test_routing_again_compiles_no_old_version(by_profile, now, later):
    item = take_in(workstream=by_profile, now=now)
    takes(by_profile, make_profile("Chats of a day"))
    configuration.publish(by=None, now=later)
    load._kept.clear()

    route_item(item_id=item.pk, now=later)

    assert [number for number, _ in load._kept] == [2]


def test_a_profile_stays_that_the_workstream_still_takes(by_profile, chats, now, later):
    item = take_in(workstream=by_profile, now=now)
    calls = make_profile("Calls")
    takes(by_profile, chats, calls)
    configuration.publish(by=None, now=later)

    route_item(item_id=item.pk, now=later)

    assert needs(item) == (0, [chats.pk, calls.pk])


def test_what_is_routed_again_needs_no_units_once_its_workstream_takes_profiles(
    workstream, chats, now, later
):
    configuration.publish(by=None, now=now)
    item = take_in(workstream=workstream, now=now)
    assert needs(item) == (1, [])
    takes(workstream, chats)
    configuration.publish(by=None, now=later)

    route_item(item_id=item.pk, now=later)

    assert needs(item) == (0, [chats.pk])


@pytest.mark.usefixtures("record_routing")
def test_a_record_that_waited_is_assigned_by_what_is_published(
    queue, agent, supervisor, now, later
):
    cases = make_workstream("Cases", queue=queue, type="record", mode="pick")
    make_intake_rule(cases)
    configuration.publish(by=None, now=now)
    record = make_record("Late parcel")
    service.route_record(record_id=record.pk, by=supervisor, now=now)
    Workstream.objects.filter(pk=cases.pk).update(capacity_units=2)
    configuration.publish(by=None, now=later)

    item = service.assign_record(record_id=record.pk, agent=agent, by=supervisor, now=later)

    assert (needs(item), units_used(agent)) == ((2, []), 2)
