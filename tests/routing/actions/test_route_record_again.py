"""A record that has a work item is routed again."""

from datetime import datetime, timedelta

import pytest

from agents.models import Agent
from routing import configuration, service
from routing.actions.route_record import route_record
from routing.exceptions import RecordInWork
from routing.models import Rule, Ruleset
from routing.sweeps import miss_offers, overflow_waiting
from tests.factories import (
    make_agent,
    make_intake_rule,
    make_overflow,
    make_record,
    make_route,
    make_skill,
    make_workstream,
)
from tests.factories.records import VIP
from tests.scenarios import choose_presence, units_used
from workstreams.models import Record, WorkItem, Workstream
from workstreams.terms import ItemState, OverflowCondition, RecordRouting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record_routing")]


def only_item(record: Record) -> WorkItem:
    return WorkItem.objects.get(record=record)


def taken(record: Record, clerk: Agent, now: datetime) -> WorkItem:
    """The record as the clerk's accepted work."""
    route_record(record_id=record.pk, now=now)
    service.run_cycle(now=now)
    item = only_item(record)
    service.accept(item_id=item.pk, by=clerk, now=now)
    return item


def test_routing_again_moves_the_waiting_item_and_keeps_its_age(cases, clerk, now, later):
    vips = make_workstream("VIP cases", type="record", capacity_units=2)
    make_intake_rule(vips, name="VIPs", when=VIP)
    make_intake_rule(cases)
    configuration.publish(by=None, now=now)
    record = make_record()
    route_record(record_id=record.pk, now=now)
    record.data = {"tier": "vip"}
    record.save()

    route_record(record_id=record.pk, now=later)

    item = only_item(record)
    assert (item.workstream, item.queue, item.required_units) == (vips, vips.fallback_queue, 2)
    assert (item.waiting_since, item.state) == (now, ItemState.OPEN)


def test_what_is_routed_to_another_queue_waits_there_anew_before_it_overflows(cases, clerk, now):
    vips = make_workstream("VIP cases", type="record")
    make_route(vips)
    make_overflow(vips.fallback_queue, OverflowCondition.WAITING_TIME, "end", threshold=600)
    make_intake_rule(vips, name="VIPs", when=VIP)
    make_intake_rule(cases)
    configuration.publish(by=None, now=now)
    record = make_record()
    route_record(record_id=record.pk, now=now)
    Record.objects.update(data={"tier": "vip"})
    moved = now + timedelta(hours=1)

    route_record(record_id=record.pk, now=moved)

    assert overflow_waiting.sweep(now=moved, limit=9) == 0
    route_record(record_id=record.pk, now=moved + timedelta(minutes=9))
    assert overflow_waiting.sweep(now=moved + timedelta(minutes=10), limit=9) == 1


def test_skills_of_an_earlier_routing_stay_and_new_ones_are_added(cases, intake, now):
    make_skill("French")
    make_skill("Refunds")
    rules = Ruleset.objects.create(kind="classification", workstream=cases, name="Skills")
    for name in ("French", "Refunds"):
        when = {"field": "record.topic", "op": "equals", "value": name}
        Rule.objects.create(
            ruleset=rules, name=name, when=when, then={"skills": [{"skill": name, "rating": 3}]}
        )
    configuration.publish(by=None, now=now)
    record = make_record(data={"topic": "French"})
    route_record(record_id=record.pk, now=now)
    record.data = {"topic": "Refunds"}
    record.save()

    route_record(record_id=record.pk, now=now)

    names = [make_skill(name).pk for name in ("French", "Refunds")]
    assert only_item(record).required_skills == [[pk, 3] for pk in names]


def test_an_offer_is_taken_back_and_frees_the_agent(intake, clerk, now):
    record = make_record()
    route_record(record_id=record.pk, now=now)
    service.run_cycle(now=now)
    assert units_used(clerk) == 1

    route_record(record_id=record.pk, now=now)

    assert (only_item(record).state, units_used(clerk)) == (ItemState.OPEN, 0)


def test_work_of_an_agent_is_taken_back_only_on_purpose(intake, clerk, now):
    record = make_record()
    item = taken(record, clerk, now)

    with pytest.raises(RecordInWork):
        route_record(record_id=record.pk, now=now)
    route_record(record_id=record.pk, now=now, takes_back=True)

    item.refresh_from_db()
    assert (item.state, item.agent, units_used(clerk)) == (ItemState.OPEN, None, 0)


def test_after_its_end_routing_makes_a_new_item(intake, clerk, now):
    record = make_record()
    first = taken(record, clerk, now)
    service.end(item_id=first.pk, by=clerk, now=now)

    done = route_record(record_id=record.pk, now=now)

    first.refresh_from_db()
    assert (first.state, units_used(clerk)) == (ItemState.CLOSED, 0)
    assert done.item is not None
    assert done.item.pk != first.pk


def test_when_no_rule_matches_any_more_the_item_stays_where_it_is(intake, now):
    record = make_record()
    route_record(record_id=record.pk, now=now)
    Rule.objects.filter(pk=intake.pk).update(when=VIP)
    configuration.publish(by=None, now=now)

    done = route_record(record_id=record.pk, now=now)

    record.refresh_from_db()
    assert "stays where it is" in done.sentence
    assert (record.routing, only_item(record).state) == (RecordRouting.ROUTED, ItemState.OPEN)


def test_who_had_it_does_not_get_it_back_before_others(intake, clerk, now):
    record = make_record()
    item = taken(record, clerk, now)
    other = make_agent("other", queues=[item.queue], units=1)

    route_record(record_id=record.pk, now=now, takes_back=True)
    service.run_cycle(now=now)

    assert only_item(record).agent == other


def test_who_missed_it_is_spared_for_the_rest_of_the_cool_down(intake, clerk, now):
    record = make_record()
    route_record(record_id=record.pk, now=now)
    service.run_cycle(now=now)
    choose_presence(clerk, "offline", now)
    missed = now + timedelta(minutes=2)
    miss_offers.sweep(now=missed, limit=10)
    choose_presence(clerk, "available", missed)

    route_record(record_id=record.pk, now=missed)
    service.run_cycle(now=missed)

    assert only_item(record).agent is None


def test_when_the_rules_fail_the_item_stays_where_it_is_and_its_end_ends_the_work(
    intake, clerk, now, monkeypatch
):
    record = make_record()
    item = taken(record, clerk, now)

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("routing.actions.route_record.choose_workstream", fail)
    done = route_record(record_id=record.pk, now=now, takes_back=True)

    record.refresh_from_db()
    item.refresh_from_db()
    assert (done.result, "stays where it is" in done.sentence) == (RecordRouting.FAILED, True)
    assert (record.routing, item.agent) == (RecordRouting.ROUTED, clerk)


def test_when_its_workstream_is_gone_the_item_stays_where_it_is(intake, now):
    record = make_record()
    route_record(record_id=record.pk, now=now)
    Workstream._base_manager.filter(pk=intake.workstream_id).update(deleted_at=now)

    done = route_record(record_id=record.pk, now=now)

    record.refresh_from_db()
    assert (done.result, "stays where it is" in done.sentence) == (RecordRouting.FAILED, True)
    assert (record.routing, only_item(record).state) == (RecordRouting.ROUTED, ItemState.OPEN)
