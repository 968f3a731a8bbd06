"""Shifts that begin wake the router; those that end do not."""

from datetime import UTC, datetime, time, timedelta

import pytest

from agents.models import Agent, OperatingHours, OperatingPeriod
from routing import configuration, service
from routing.dispatcher.touched import read_wake_ups
from routing.models import ShiftState, WakeUp
from routing.sweeps import wake_shifts
from routing.terms import WakeUpKind
from tests.factories import make_agent, make_method, make_queue, make_workstream
from tests.routing.engine.methods import row
from tests.scenarios import arrive
from workstreams.models import Queue
from workstreams.terms import ItemState

pytestmark = pytest.mark.django_db
BEFORE = datetime(2026, 3, 2, 8, 59, 58, tzinfo=UTC)
NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FIVE = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)


@pytest.fixture
def hours(db: None) -> OperatingHours:
    """Mondays from nine to five."""
    hours = OperatingHours.objects.create(name="Day shift", time_zone="UTC")
    OperatingPeriod.objects.create(hours=hours, weekday=0, start=time(9), end=time(17))
    return hours


@pytest.fixture
def calendar_queue(hours: OperatingHours) -> Queue:
    """Its method asks who is working by the calendar."""
    when = {"all": [row("agent.calendar", "is_working")]}
    method = make_method(rulesets=[{"name": "All", "rules": [{"name": "On shift", "when": when}]}])
    return make_queue("Calendar", custom_method=method)


@pytest.fixture
def worker(calendar_queue: Queue, hours: OperatingHours) -> Agent:
    agent = make_agent("wanda", queues=[calendar_queue])
    Agent.objects.filter(pk=agent.pk).update(operating_hours=hours)
    configuration.publish(by=None, now=BEFORE)
    wake_shifts.sweep(now=BEFORE, limit=10)
    WakeUp.objects.all().delete()
    return agent


def test_waiting_work_moves_as_the_shift_begins_without_any_other_event(worker, calendar_queue):
    item = arrive(make_workstream(queue=calendar_queue), BEFORE)
    service.run_cycle(now=BEFORE)
    item.refresh_from_db()
    assert item.state == ItemState.OPEN
    WakeUp.objects.all().delete()

    assert wake_shifts.sweep(now=NINE, limit=10) == 1
    service.run_cycle(queue_ids=read_wake_ups(), now=NINE)

    item.refresh_from_db()
    assert item.agent == worker


def test_a_shift_that_begins_wakes_the_queues_of_its_people_once(worker, calendar_queue):
    assert [wake_shifts.sweep(now=NINE, limit=10) for _ in range(2)] == [1, 0]

    assert [wake.kind for wake in WakeUp.objects.all()] == [WakeUpKind.SHIFT]
    assert read_wake_ups() == [calendar_queue.pk]


def test_a_shift_that_ends_wakes_nobody(worker):
    wake_shifts.sweep(now=NINE, limit=10)
    WakeUp.objects.all().delete()

    assert wake_shifts.sweep(now=FIVE, limit=10) == 1

    assert not WakeUp.objects.exists()
    assert ShiftState.objects.get().since == FIVE


def test_a_beginning_is_not_missed_while_no_router_ran(worker):
    assert wake_shifts.sweep(now=NINE + timedelta(hours=3), limit=10) == 1

    assert WakeUp.objects.filter(kind=WakeUpKind.SHIFT).exists()


def test_hours_that_nobody_has_are_not_looked_at(hours):
    configuration.publish(by=None, now=BEFORE)

    assert wake_shifts.sweep(now=NINE, limit=10) == 0
    assert not ShiftState.objects.exists()
