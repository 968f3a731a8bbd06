"""An error of routing: the item goes on, the floor hears of it, the next item is not affected."""

import re

import pytest
from django.db import IntegrityError, connection, transaction

from config.models import Event
from routing import service
from routing.actions.raise_alarm import raise_alarm
from routing.exceptions import AlarmSeen
from routing.models import Alarm, RoutingDecision
from routing.queries.alarms import open_alarms
from routing.sweeps import purge_alarms
from routing.terms import MOST_OPEN_ALARMS, AlarmKind
from tests.factories import make_item, make_workstream
from workstreams.actions.take_in import take_in
from workstreams.models import Queue

pytestmark = pytest.mark.django_db
STAGES = ["classify", "choose_queue", "routing_document"]


def fails_once(monkeypatch, name="choose_queue"):
    """Rules that raise what nobody expected, the first time they are asked."""
    target = f"routing.actions.decide_item.{name}"
    whole = __import__("routing.actions.decide_item", fromlist=[name])
    right, calls = getattr(whole, name), []

    def wrong(*args, **named):
        calls.append(name)
        if len(calls) == 1:
            raise ZeroDivisionError("quotes a customer")
        return right(*args, **named)

    monkeypatch.setattr(target, wrong)


def arrive(workstream, now, title="Lost card"):
    return take_in(workstream=workstream, title=title, now=now, attributes={"vip": True})


@pytest.mark.parametrize("stage", STAGES)
def test_an_error_sends_the_item_to_the_fallback_queue_with_its_reason(
    stage, monkeypatch, workstream, now
):
    fails_once(monkeypatch, stage)

    item = arrive(workstream, now)

    item.refresh_from_db()
    document = RoutingDecision.objects.get(work_item_id=item.pk).document
    assert item.queue == workstream.fallback_queue
    assert (item.title, item.attributes, item.state) == ("Lost card", {"vip": True}, "open")
    assert "failed with an error" in document["error"]
    assert document["queue"] == "Support"


def test_the_next_item_is_not_affected(monkeypatch, workstream, now):
    fails_once(monkeypatch)
    arrive(workstream, now)

    item = arrive(workstream, now, "Refund")

    assert "error" not in RoutingDecision.objects.get(work_item_id=item.pk).document
    assert Alarm.objects.count() == 1


def test_an_error_half_way_leaves_nothing_it_wrote_on_the_item(monkeypatch, workstream, now):
    def half_written(item, *_):
        item.attributes, item.priority, item.title = {"half": 1}, 7, "half"
        raise KeyError

    monkeypatch.setattr("routing.actions.decide_item._write", half_written)

    item = arrive(workstream, now)

    item.refresh_from_db()
    assert (item.attributes, item.priority, item.title) == ({"vip": True}, 0, "Lost card")


def test_without_a_fallback_queue_the_built_in_one_of_the_type_takes_it(
    monkeypatch, workstream, now
):
    fails_once(monkeypatch)
    item = make_item(workstream)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE workstreams_queue DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE workstreams_queue SET deleted_at = now() WHERE id = %s",
            [workstream.fallback_queue_id],
        )
        cursor.execute("ALTER TABLE workstreams_queue ENABLE TRIGGER USER")

    service.route(item_id=item.pk, now=now)

    item.refresh_from_db()
    assert item.queue == Queue.objects.get(type="messaging", is_default=True)


def test_an_alarm_says_where_and_quotes_nobody(monkeypatch, workstream, now):
    fails_once(monkeypatch)

    item = arrive(workstream, now)

    [found] = open_alarms()
    assert found.alarm.work_item_id == item.pk
    assert re.fullmatch(r"ZeroDivisionError in tests/.*, line \d+", found.alarm.detail)
    assert found.sentence.startswith("The rules of Chat failed")
    event = Event.objects.get(kind="alarm-raised")
    assert (event.workstream_id, event.work_item_id) == (workstream.pk, None)


def raise_(workstream, now, times=1):
    item = make_item(workstream)
    return [
        raise_alarm(kind=AlarmKind.ROUTING_FAILED, error=KeyError("x"), item=item, now=now)
        for _ in range(times)
    ]


def test_equal_failures_are_one_alarm_and_enough_of_them_are_not_stored(workstream, now):
    raise_(workstream, now, MOST_OPEN_ALARMS + 5)
    raise_(make_workstream("Other"), now)

    assert Alarm.objects.count() == MOST_OPEN_ALARMS + 1
    assert [each.times for each in open_alarms()] == ["once", "at least 100 times"]


def test_open_alarms_are_read_in_two_queries(workstream, now, django_assert_num_queries):
    raise_(workstream, now, 3)

    with django_assert_num_queries(2):
        open_alarms()


def test_acknowledging_closes_what_was_seen_and_nothing_later(workstream, supervisor, now):
    _, seen, later = raise_(workstream, now, 3)

    assert service.acknowledge(alarm=seen, by=supervisor, now=now) == 2

    [left] = open_alarms()
    assert (left.alarm, left.count) == (later, 1)
    seen.refresh_from_db()
    assert (seen.acknowledged_by, seen.acknowledged_at) == (supervisor.username, now)
    assert Event.objects.get(kind="alarm-acknowledged").data["count"] == 2


def test_a_second_supervisor_is_told_that_it_was_seen(workstream, supervisor, now):
    [alarm] = raise_(workstream, now)
    service.acknowledge(alarm=alarm, by=supervisor, now=now)

    with pytest.raises(AlarmSeen):
        service.acknowledge(alarm=alarm, by=supervisor, now=now)


def test_an_alarm_is_acknowledged_by_somebody_at_some_moment(workstream, now):
    [alarm] = raise_(workstream, now)

    with pytest.raises(IntegrityError), transaction.atomic():
        Alarm.objects.filter(pk=alarm.pk).update(acknowledged_at=now)


def test_a_cycle_that_fails_for_a_queue_raises_an_alarm(monkeypatch, queue, now):
    try:
        raise RuntimeError
    except RuntimeError as error:
        service.alarm_of_cycle(queue_id=queue.pk, error=error, now=now)

    [found] = open_alarms()
    assert found.sentence.startswith("Assigning the work of queue Support failed")


def test_old_alarms_go_once_they_are_acknowledged(workstream, supervisor, now):
    first, second = raise_(workstream, now, 2)
    service.acknowledge(alarm=first, by=supervisor, now=now)

    purge_alarms.sweep(now=now + purge_alarms.KEPT_FOR * 2, limit=100)

    assert list(Alarm.objects.all()) == [second]


def test_who_acknowledged_an_old_alarm_is_known_for_as_long_as_of_a_new_one(
    workstream, supervisor, now
):
    [alarm] = raise_(workstream, now)
    later = now + purge_alarms.KEPT_FOR * 2
    service.acknowledge(alarm=alarm, by=supervisor, now=later)

    purged = [
        purge_alarms.sweep(now=at, limit=100)
        for at in (later, later + purge_alarms.KEPT_FOR, later + purge_alarms.KEPT_FOR * 2)
    ]

    assert purged == [0, 0, 1]
