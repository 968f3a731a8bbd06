"""Customers are told the average wait once, when they begin to wait (A 22)."""

from datetime import datetime, timedelta

import pytest

from agents.models import OperatingHours
from routing import service
from routing.models import AverageWait
from tests.factories import make_agent, make_chat_widget, make_queue
from tests.scenarios import arrive
from workstreams.models import ChannelInstance, Queue, QueueMembership, WorkItem, Workstream

pytestmark = pytest.mark.django_db


@pytest.fixture
def widget(workstream: Workstream) -> ChannelInstance:
    make_agent("alice", queues=[workstream.fallback_queue], units=0)
    return make_chat_widget(workstream)


def known(queue: Queue, now: datetime, **wait: float) -> None:
    seconds = timedelta(**wait).total_seconds()
    AverageWait.objects.create(queue=queue, seconds=seconds, taken_at=now, computed_at=now)


def told(item: WorkItem) -> list[str]:
    found = item.messages.filter(author="system").values_list("text", flat=True)
    return [text for text in found if "average wait" in text]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0.5, []),
        (1, []),
        (5.4, ["The average wait is 5 min."]),
        (60, ["The average wait is 1 h."]),
        (125, ["The average wait is 2 h 5 min."]),
    ],
)
def test_it_is_told_above_a_minute(workstream, widget, queue, now, minutes, words):
    known(queue, now, minutes=minutes)

    item = arrive(workstream, now, channel_instance=widget)

    assert told(item) == words


def test_without_enough_conversations_nothing_is_told(workstream, widget, now):
    assert told(arrive(workstream, now, channel_instance=widget)) == []


def test_it_is_told_once_though_the_queue_and_its_wait_change(
    workstream, widget, queue, supervisor, now
):
    known(queue, now, minutes=5)
    other = make_queue("Other")
    make_agent("dora", queues=[other])
    item = arrive(workstream, now, channel_instance=widget)
    AverageWait.objects.update(seconds=7200)

    service.route(item_id=item.pk, now=now)
    service.transfer(item_id=item.pk, by=supervisor, queue=other)

    assert told(item) == ["The average wait is 5 min."]


@pytest.mark.parametrize("switch", ["tells_wait", "tells_average_wait"])
def test_a_way_in_that_does_not_tell_says_nothing(workstream, widget, queue, now, switch):
    known(queue, now, minutes=5)
    ChannelInstance.objects.update(**{switch: False})

    assert told(arrive(workstream, now, channel_instance=_again(widget))) == []


@pytest.mark.parametrize("whose", ["chat", "queue"])
def test_outside_the_hours_nothing_is_told(workstream, widget, queue, now, whose):
    known(queue, now, minutes=5)
    never = OperatingHours.objects.create(name="Never", time_zone="UTC")
    closed = ChannelInstance if whose == "chat" else Queue
    closed.objects.update(operating_hours=never)

    assert told(arrive(workstream, now, channel_instance=_again(widget))) == []


def test_where_nobody_serves_the_queue_nothing_is_told(workstream, widget, queue, now):
    known(queue, now, minutes=5)
    QueueMembership.objects.all().delete()

    assert told(arrive(workstream, now, channel_instance=widget)) == []


def test_it_is_told_once_somebody_serves_the_queue(workstream, widget, queue, now):
    known(queue, now, minutes=5)
    members = list(QueueMembership.objects.all())
    QueueMembership.objects.all().delete()
    item = arrive(workstream, now, channel_instance=widget)
    QueueMembership.objects.bulk_create(members)

    service.route(item_id=item.pk, now=now)

    assert told(item) == ["The average wait is 5 min."]


def test_a_persistent_chat_says_nothing(workstream, widget, queue, now):
    known(queue, now, minutes=5)
    Workstream.objects.filter(pk=workstream.pk).update(persistent_chat=True)

    item = arrive(Workstream.objects.get(pk=workstream.pk), now, channel_instance=widget)

    assert told(item) == []


def test_a_quiet_week_is_forgotten(workstream, widget, queue, now):
    known(queue, now - timedelta(days=8), minutes=5)

    assert told(arrive(workstream, now, channel_instance=widget)) == []


def _again(widget: ChannelInstance) -> ChannelInstance:
    return ChannelInstance.objects.get(pk=widget.pk)
