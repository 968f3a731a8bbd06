"""When the day of capacity profiles ends: noted with the work, by the hours that agents have then,
also by shorter ones."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest

from agents.actions.check_openings import Period
from agents.actions.save_operating_hours import save_operating_hours
from agents.models import Agent, AgentCapacityProfile, CapacityProfile, OperatingHours, User
from agents.terms import CapacityFormat, ResetFrequency
from routing import configuration, service
from routing.models import Assignment, ProfileLoad
from routing.sweeps import end_days, end_shorter_days, note_days, recount_capacity
from tests.factories import make_workstream
from tests.scenarios import arrive, in_conversation
from workstreams.actions.save_service_configuration import save_service_configuration
from workstreams.models import Queue, Workstream

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
MIDNIGHT = datetime(2026, 3, 3, tzinfo=UTC)


@pytest.fixture
def by_the_day(queue: Queue, agent: Agent) -> Workstream:
    """Work of a profile of the day."""
    profile = CapacityProfile.objects.create(
        name="A day's cases", work_item_limit=2, reset_frequency=ResetFrequency.END_OF_DAY
    )
    AgentCapacityProfile.objects.create(agent=agent, profile=profile)
    workstream = make_workstream(queue=queue, capacity_format=CapacityFormat.PROFILE)
    workstream.capacity_profiles.add(profile)
    return workstream


def works(agent: Agent, start: time, end: time) -> OperatingHours:
    """The agent has these hours on Mondays."""
    hours = OperatingHours.objects.create(name="Day shift", time_zone="UTC")
    hours.periods.create(weekday=0, start=start, end=end)
    Agent.objects.filter(pk=agent.pk).update(operating_hours=hours)
    return hours


def test_hours_that_become_shorter_meanwhile_make_the_day_shorter(
    by_the_day: Workstream, agent: Agent, now: datetime
) -> None:
    hours = works(agent, time(8), time(20))
    in_conversation(by_the_day, agent, now)
    note_days.sweep(now=now, limit=10)
    five = MIDNIGHT - timedelta(hours=7)

    hours.periods.update(end=time(17))
    configuration.publish(by=None, now=now)
    swept = [end_shorter_days.sweep(now=at, limit=10) for at in (five - MINUTE, five, five)]

    assert (swept, ProfileLoad.objects.get().used) == ([0, 1, 0], 0)
    assert recount_capacity.sweep(now=five, limit=10) == 0


def test_shorter_hours_end_no_day_before_they_are_published(
    by_the_day: Workstream, agent: Agent, administrator: User, now: datetime
) -> None:
    hours = works(agent, time(8), time(20))
    in_conversation(by_the_day, agent, now)
    save_service_configuration(by=administrator, now=now, reviews_before_publishing=True)
    until_five = [Period(0, time(8), time(17))]
    save_operating_hours(hours=hours, periods=until_five, holidays=[], by=administrator, now=now)
    five = MIDNIGHT - timedelta(hours=7)

    swept = [end_shorter_days.sweep(now=five, limit=10)]
    configuration.publish(by=administrator, now=now)
    swept.append(end_shorter_days.sweep(now=five, limit=10))

    assert swept == [0, 1]


def test_work_that_is_taken_after_the_shift_that_became_shorter_counts_until_midnight(
    by_the_day: Workstream, agent: Agent, now: datetime
) -> None:
    hours = works(agent, time(6), time(20))
    before = in_conversation(by_the_day, agent, now - timedelta(hours=2))
    after = in_conversation(by_the_day, agent, now)
    note_days.sweep(now=now, limit=10)

    hours.periods.update(end=time(8))
    configuration.publish(by=None, now=now)
    end_shorter_days.sweep(now=now, limit=10)

    counts = dict(Assignment.objects.values_list("item", "day_released_at"))
    assert counts == {before.pk: now, after.pk: None}
    assert end_days.sweep(now=MIDNIGHT, limit=10) == 1


def test_who_gets_hours_during_the_day_has_his_count_again_at_their_end(
    by_the_day: Workstream, agent: Agent, now: datetime
) -> None:
    in_conversation(by_the_day, agent, now)
    note_days.sweep(now=now, limit=10)

    works(agent, time(8), time(12))

    noon = MIDNIGHT - timedelta(hours=12)
    swept = [end_shorter_days.sweep(now=at, limit=10) for at in (noon - MINUTE, noon)]
    assert swept == [0, 1]


@pytest.mark.parametrize(("answer", "days"), [(service.accept, 0), (service.decline, 1)])
def test_a_day_that_became_shorter_waits_for_the_answer_to_the_same_work(
    by_the_day: Workstream,
    agent: Agent,
    supervisor: User,
    now: datetime,
    answer: Callable[..., object],
    days: int,
) -> None:
    Workstream.objects.update(may_be_picked=True)
    AgentCapacityProfile.objects.update(custom_limit=1)
    hours = works(agent, time(6), time(20))
    seven = now - timedelta(hours=2)
    item = arrive(by_the_day, seven)
    service.pick(item_id=item.pk, by=agent, now=seven)
    service.release(item_id=item.pk, by=agent, now=seven)
    service.assign(item_id=item.pk, agent=agent, by=supervisor, now=now + MINUTE)

    hours.periods.update(end=time(8))
    configuration.publish(by=None, now=now)
    while_pending = end_shorter_days.sweep(now=now + MINUTE, limit=10)
    answer(item_id=item.pk, by=agent, now=now + MINUTE)
    afterwards = end_shorter_days.sweep(now=now + MINUTE, limit=10)

    assert (while_pending, afterwards) == (0, days)
    assert ProfileLoad.objects.get().used == 1 - days


def test_while_no_day_ends_one_query_is_asked(
    by_the_day: Workstream, agent: Agent, now: datetime, django_assert_num_queries
) -> None:
    works(agent, time(8), time(20))
    in_conversation(by_the_day, agent, now)
    note_days.sweep(now=now, limit=10)

    with django_assert_num_queries(1):
        end_days.sweep(now=now, limit=10)


def test_what_is_of_the_day_is_noted_as_work_is_accepted_or_picked(
    by_the_day: Workstream, agent: Agent, now: datetime
) -> None:
    in_conversation(by_the_day, agent, now)
    waits = arrive(by_the_day, now)
    Workstream.objects.update(may_be_picked=True)
    configuration.publish(by=None, now=now)

    service.pick(item_id=waits.pk, by=agent, now=now)

    assert [*Assignment.objects.values_list("day_ends_at", flat=True)] == [MIDNIGHT, MIDNIGHT]
    assert note_days.sweep(now=now, limit=10) == 0
