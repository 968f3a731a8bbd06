"""What is answered when its way in opens is not ended while that is closed (A 15, B 5)."""

from datetime import timedelta
from typing import Any

import pytest

from agents.models import OperatingHours
from routing import configuration
from routing.actions.overflow_item import overflow_item
from routing.sweeps import overflow_waiting
from tests.factories import make_chat_widget, make_item, make_overflow, make_queue, make_workstream
from tests.routing.sweeps.test_overflow_out_of_hours import (
    EVENING,
    HOUR,
    OPENS,
    ends_after,
    swept,
)
from workstreams.models import ChannelInstance, Queue, WorkItem
from workstreams.terms import ItemState, OverflowCondition

pytestmark = pytest.mark.django_db


def hours(name: str, start: str, end: str) -> OperatingHours:
    found = OperatingHours.objects.create(name=name, time_zone="UTC")
    for weekday in range(7):
        found.periods.create(weekday=weekday, start=start, end=end)
    return found


def way_in(queue: Queue, **of_workstream: Any) -> ChannelInstance:
    """One with hours of its own, nine to five."""
    workstream = make_workstream(queue=queue, **of_workstream)
    return make_chat_widget(workstream, operating_hours=hours("Number", "09:00", "17:00"))


def writes(instance: ChannelInstance, at: Any = EVENING) -> WorkItem:
    return make_item(instance.workstream, at=at, channel_instance=instance)


@pytest.mark.parametrize(
    "of_workstream",
    [{"channel": "sms"}, {"persistent_chat": True}],
    ids=["text message", "persistent chat"],
)
def test_what_came_in_the_evening_has_its_hour_from_the_opening(queue, of_workstream):
    ends_after(queue)
    item = writes(way_in(queue, **of_workstream))

    moments = [EVENING + timedelta(hours=2), OPENS, OPENS + timedelta(minutes=59)]
    assert [swept(moment) for moment in moments] == [0, 0, 0]
    assert swept(OPENS + timedelta(hours=1)) == 1
    assert WorkItem.objects.get(pk=item.pk).state == ItemState.CLOSED


@pytest.mark.parametrize(("opens", "minutes"), [("07:00", 60), ("10:00", 120)])
def test_the_later_of_two_openings_counts(opens, minutes):
    queue = make_queue("Desk", operating_hours=hours("Desk", opens, "20:00"))
    ends_after(queue)
    writes(way_in(queue, channel="sms"))

    assert swept(OPENS + timedelta(minutes=minutes - 1)) == 0
    assert swept(OPENS + timedelta(minutes=minutes)) == 1


def test_a_chat_that_was_promised_no_answer_ends_at_night_too(queue):
    ends_after(queue)
    writes(way_in(queue))

    assert swept(EVENING + timedelta(hours=1)) == 1


def test_what_goes_on_to_another_queue_does_so_at_night(queue):
    spare = make_queue("Spare")
    make_overflow(queue, OverflowCondition.WAITING_TIME, threshold=HOUR, to=spare)
    ends_after(make_queue("Of the same wait"))
    writes(way_in(queue, channel="sms"))

    assert swept(EVENING + timedelta(hours=1)) == 1


def test_what_was_looked_for_before_its_way_in_closed_stays(queue):
    ends_after(queue)
    item = writes(way_in(queue, channel="sms"), EVENING.replace(hour=15))
    configuration.publish(by=None, now=EVENING)

    assert not overflow_item(item_id=item.pk, now=EVENING)
    assert WorkItem.objects.get(pk=item.pk).state == ItemState.OPEN


def test_those_that_stay_hold_up_nobody_in_the_same_queue(queue):
    ends_after(queue)
    closed = way_in(queue, channel="sms")
    for _ in range(overflow_waiting.BATCH):
        writes(closed)
    workstream = make_workstream(queue=queue, channel="sms")
    open_all_day = make_item(workstream, at=EVENING + timedelta(seconds=1))

    assert swept(EVENING + timedelta(hours=2)) == 1
    assert WorkItem.objects.get(pk=open_all_day.pk).state == ItemState.CLOSED
