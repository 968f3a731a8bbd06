"""A chat that waits in a queue outside its hours is not told that somebody comes shortly."""

from datetime import time, timedelta

import pytest

from agents.actions.check_openings import Period
from agents.actions.save_operating_hours import save_operating_hours
from agents.models import OperatingHours
from config.clock import database_now
from routing import configuration
from tests.workstreams.chat.conftest import text_of


@pytest.fixture
def hours_that_open(now):
    """Hours that come once, in so many days, from one hour of the day to another."""

    def make(days, start, end, *, zone="Europe/Berlin"):
        day = (database_now() + timedelta(days=days)).date()
        return save_operating_hours(
            hours=OperatingHours(name=f"In {days} days, {start}-{end}", time_zone=zone),
            periods=[Period(day.weekday(), time(start), time(end), day, day)],
            holidays=[],
            by=None,
            now=now,
        )

    return make


@pytest.fixture
def publish(widget, queue, now):
    def give(*, of_queue=None, of_chat=None):
        queue.operating_hours, widget.operating_hours = of_queue, of_chat
        queue.save()
        widget.save()
        configuration.publish(by=None, now=now)

    return give


def pages_of(visitor):
    """The page, and its part that fetches itself."""
    pages = (text_of(visitor.get()), text_of(visitor.get("state/", shown="waiting")))
    return [" ".join(page.split()) for page in pages]


def test_who_waits_reads_when_the_queue_opens(visitor, hours_that_open, publish):
    publish(of_queue=hours_that_open(3, 9, 17))
    visitor.start("Help")

    for page in pages_of(visitor):
        assert "You are next." not in page
        assert "Nobody is here now." in page
        assert "09:00 (Europe/Berlin)" in page


def test_where_both_have_hours_it_is_open_when_both_are(visitor, hours_that_open, publish):
    publish(of_chat=hours_that_open(3, 9, 17), of_queue=hours_that_open(3, 11, 20))
    visitor.start("Help")

    for page in pages_of(visitor):
        assert "11:00 (Europe/Berlin)" in page


def test_hours_that_never_meet_name_no_time(visitor, hours_that_open, publish):
    publish(of_chat=hours_that_open(3, 9, 17), of_queue=hours_that_open(5, 9, 17))
    visitor.start("Help")

    for page in pages_of(visitor):
        assert "Nobody is here now." in page
        assert "We are back on" not in page
