"""Customers hear that a chat or its queue is closed, once each time they wait (B 9)."""

from datetime import UTC, datetime, timedelta

import pytest

from agents.models import Holiday, OperatingHours, OperatingPeriod
from routing import configuration, service
from tests.factories import make_chat_widget, make_queue, make_workstream
from tests.scenarios import arrive, in_conversation
from workstreams.actions.send_message import send_message
from workstreams.actions.take_in import take_in
from workstreams.models import Queue
from workstreams.terms import Author

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 3, 2, 18, tzinfo=UTC)


def said(item):
    """What the system said, in order."""
    return list(
        item.messages.filter(author=Author.SYSTEM).order_by("pk").values_list("text", flat=True)
    )


@pytest.fixture
def weekdays(db):
    """Open Monday to Friday from nine to five, but not on one Monday."""
    hours = OperatingHours.objects.create(name="Weekdays")
    for weekday in range(5):
        OperatingPeriod.objects.create(hours=hours, weekday=weekday, start="09:00", end="17:00")
    Holiday.objects.create(hours=hours, date="2026-03-09", reason="Day off")
    return hours


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 3, 2, 10, tzinfo=UTC), []),
        (datetime(2026, 3, 2, 18, tzinfo=UTC), ["outside our operating hours"]),
        (datetime(2026, 3, 9, 10, tzinfo=UTC), ["holiday"]),
    ],
    ids=["open", "evening", "holiday"],
)
@pytest.mark.parametrize("whose", ["chat", "queue"])
def test_hours_are_told_when_a_conversation_begins(workstream, agent, weekdays, at, words, whose):
    widget = make_chat_widget(workstream, operating_hours=weekdays if whose == "chat" else None)
    if whose == "queue":
        Queue.objects.filter(pk=workstream.fallback_queue_id).update(operating_hours=weekdays)

    item = arrive(workstream, at, channel_instance=widget)

    assert len(said(item)) == len(words)
    assert all(word in text for word, text in zip(words, said(item), strict=True))


def test_hours_are_told_once_a_wait(workstream, agent, weekdays):
    widget = make_chat_widget(workstream, operating_hours=weekdays)
    item = arrive(workstream, LATE, channel_instance=widget)

    service.route(item_id=item.pk, now=LATE + timedelta(minutes=5))

    assert len(said(item)) == 1


@pytest.fixture
def texts(queue, weekdays):
    """Their queue is closed at night."""
    Queue.objects.filter(pk=queue.pk).update(operating_hours=weekdays)
    return make_workstream("Texts", queue=queue, channel="sms")


def told_of_hours(item):
    return sum("outside our operating hours" in text for text in said(item))


def test_who_comes_back_on_another_night_is_told_again(texts, agent):
    item = in_conversation(texts, agent, LATE - timedelta(hours=4))
    service.close(item_id=item.pk, by=agent, now=LATE - timedelta(hours=3))
    before = told_of_hours(item)

    for at in (LATE, LATE + timedelta(minutes=1)):
        send_message(item_id=item.pk, author=Author.CUSTOMER, text="Hello again", now=at)

    assert (before, told_of_hours(item)) == (0, 1)

    at = LATE + timedelta(days=1)
    service.run_cycle(now=at)
    service.accept(item_id=item.pk, by=agent, now=at)
    service.close(item_id=item.pk, by=agent, now=at)
    send_message(item_id=item.pk, author=Author.CUSTOMER, text="Once more", now=at)

    assert told_of_hours(item) == 2


def test_what_is_put_back_or_passed_on_tells_the_customer_nothing_again(texts, agent, supervisor):
    other = make_queue("Elsewhere", operating_hours=OperatingHours.objects.get())
    other.members.add(agent)
    item = in_conversation(texts, agent, LATE)
    soon = LATE + timedelta(minutes=5)

    service.release(item_id=item.pk, by=agent, now=soon)
    service.run_cycle(now=soon + timedelta(minutes=2))
    service.accept(item_id=item.pk, by=agent, now=soon + timedelta(minutes=2))
    service.transfer(item_id=item.pk, by=supervisor, queue=other, now=soon + timedelta(minutes=3))

    assert told_of_hours(item) == 1


def test_hours_are_told_under_a_name_that_is_not_published_yet(workstream, agent, weekdays):
    widget = make_chat_widget(workstream, operating_hours=weekdays)
    configuration.publish(by=None, now=LATE)
    OperatingHours.objects.update(name="Office hours")

    item = take_in(workstream=workstream, channel_instance=widget, now=LATE)

    assert len(said(item)) == 1
