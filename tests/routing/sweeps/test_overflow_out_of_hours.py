"""What is answered when its queue opens is not ended while it is closed (A 15, B 5)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agents.models import OperatingHours
from routing import configuration
from routing.actions.overflow_item import overflow_item
from routing.sweeps import overflow_waiting
from tests.factories import make_item, make_overflow, make_queue, make_workstream
from workstreams.models import Queue, WorkItem
from workstreams.terms import ItemState, OverflowAction, OverflowCondition

pytestmark = pytest.mark.django_db
HOUR = 3_600
# A Monday.
EVENING = datetime(2026, 3, 2, 22, tzinfo=UTC)
OPENS = datetime(2026, 3, 3, 9, tzinfo=UTC)


@pytest.fixture
def office() -> Queue:
    hours = OperatingHours.objects.create(name="Office", time_zone="UTC")
    for weekday in range(5):
        hours.periods.create(weekday=weekday, start="09:00", end="17:00")
    return make_queue("Office", operating_hours=hours)


def ends_after(queue: Queue, seconds: int = HOUR) -> None:
    make_overflow(queue, OverflowCondition.WAITING_TIME, OverflowAction.END, threshold=seconds)


def waiting(queue: Queue, since: datetime, **of_workstream: Any) -> WorkItem:
    return make_item(make_workstream(queue=queue, **of_workstream), at=since)


def swept(now: datetime) -> int:
    configuration.publish(by=None, now=now)
    return overflow_waiting.sweep(now=now, limit=200)


@pytest.mark.parametrize(
    "of_workstream",
    [{"channel": "whatsapp"}, {"channel": "sms"}, {"persistent_chat": True}],
    ids=["message", "text message", "persistent chat"],
)
def test_what_came_in_the_evening_has_its_hour_from_the_opening(office, of_workstream):
    ends_after(office)
    item = waiting(office, EVENING, **of_workstream)

    moments = [EVENING + timedelta(hours=2), OPENS, OPENS + timedelta(minutes=59)]
    assert [swept(moment) for moment in moments] == [0, 0, 0]
    assert swept(OPENS + timedelta(hours=1)) == 1
    assert WorkItem.objects.get(pk=item.pk).state == ItemState.CLOSED


def test_what_came_before_it_closed_goes_on_with_its_wait(office):
    ends_after(office)
    waiting(office, EVENING.replace(hour=16, minute=50), channel="whatsapp")

    assert [swept(EVENING), swept(OPENS + timedelta(minutes=49))] == [0, 0]
    assert swept(OPENS + timedelta(minutes=50)) == 1


def test_a_chat_that_was_promised_no_answer_ends_at_night_too(office):
    ends_after(office)
    waiting(office, EVENING)

    assert swept(EVENING + timedelta(hours=1)) == 1


def test_what_goes_on_to_another_queue_does_so_at_night(office):
    spare = make_queue("Spare")
    make_overflow(office, OverflowCondition.WAITING_TIME, threshold=HOUR, to=spare)
    item = waiting(office, EVENING, channel="whatsapp")

    assert swept(EVENING + timedelta(hours=1)) == 1
    assert WorkItem.objects.get(pk=item.pk).queue == spare


def test_what_was_looked_for_before_it_closed_stays(office):
    ends_after(office)
    item = waiting(office, EVENING.replace(hour=15), channel="whatsapp")
    configuration.publish(by=None, now=EVENING)

    assert not overflow_item(item_id=item.pk, now=EVENING)
    assert WorkItem.objects.get(pk=item.pk).state == ItemState.OPEN


def test_those_that_stay_hold_up_nobody(office):
    ends_after(office, 60)
    for _ in range(overflow_waiting.BATCH):
        waiting(office, EVENING, channel="whatsapp")
    other = make_queue("Always open")
    ends_after(other)
    waiting(other, EVENING, channel="whatsapp")

    assert swept(EVENING + timedelta(hours=1)) == 1
