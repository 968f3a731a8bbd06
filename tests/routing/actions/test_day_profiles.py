"""Capacity profiles that reset at the end of the day."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from agents.models import Agent, AgentCapacityProfile, CapacityProfile, OperatingHours
from agents.terms import CapacityFormat, ResetFrequency
from routing import configuration, service
from routing.models import AgentLoad, Assignment, ProfileLoad, WakeUp
from routing.queries.end_of_day import end_of_day
from routing.sweeps import end_days, note_days, recount_capacity, release_wrap_up
from tests.factories import make_profile, make_workstream
from tests.scenarios import arrive, in_conversation, in_wrap_up, offered, presence_of
from workstreams.models import Queue, Workstream
from workstreams.terms import Channel, WrapUpBlock

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
MIDNIGHT = datetime(2026, 3, 3, tzinfo=UTC)


@pytest.fixture
def profile(agent: Agent) -> CapacityProfile:
    """A profile of the day, which the agent has."""
    profile = CapacityProfile.objects.create(
        name="A day's cases", work_item_limit=2, reset_frequency=ResetFrequency.END_OF_DAY
    )
    AgentCapacityProfile.objects.create(agent=agent, profile=profile)
    return profile


@pytest.fixture
def by_the_day(queue: Queue, profile: CapacityProfile) -> Workstream:
    """Work of that profile, whose wrap-up blocks for a minute."""
    workstream = make_workstream(
        queue=queue,
        capacity_format=CapacityFormat.PROFILE,
        wrap_up_block=WrapUpBlock.CUSTOM,
        wrap_up_seconds=60,
    )
    workstream.capacity_profiles.add(profile)
    return workstream


def used(agent: Agent) -> int:
    return ProfileLoad.objects.get(agent=agent).used


def test_the_end_of_wrap_up_and_of_the_item_gives_nothing_back_before_the_day_ends(
    by_the_day: Workstream, agent: Agent, now: datetime
) -> None:
    item = in_wrap_up(by_the_day, agent, now)

    release_wrap_up.sweep(now=now + MINUTE, limit=10)
    after_wrap_up = used(agent)
    service.close(item_id=item.pk, by=agent, now=now + 2 * MINUTE)

    assert (after_wrap_up, used(agent)) == (1, 1)
    assert recount_capacity.sweep(now=now, limit=10) == 0
    assert end_days.sweep(now=MIDNIGHT - MINUTE, limit=10) == 0
    assert end_days.sweep(now=MIDNIGHT, limit=10) == 1
    assert used(agent) == 0
    assert recount_capacity.sweep(now=now, limit=10) == 0


def test_work_that_is_still_open_no_longer_counts_once_the_day_is_over(
    by_the_day: Workstream, agent: Agent, now: datetime
) -> None:
    items = [in_conversation(by_the_day, agent, now) for _ in range(2)]
    waits = arrive(by_the_day, now)
    full = service.run_cycle(now=now).assigned
    note_days.sweep(now=now, limit=10)

    over = end_days.sweep(now=MIDNIGHT, limit=10)
    wakes = WakeUp.objects.filter(kind="capacity", agent_id=agent.pk).exists()
    service.run_cycle(now=MIDNIGHT)

    waits.refresh_from_db()
    assert (full, over, wakes, waits.agent, used(agent)) == (0, 2, True, agent, 1)
    service.end(item_id=items[0].pk, by=agent, now=MIDNIGHT)
    service.close(item_id=items[0].pk, by=agent, now=MIDNIGHT)
    assert used(agent) == 1
    assert recount_capacity.sweep(now=MIDNIGHT, limit=10) == 0


def test_a_conversation_that_comes_back_to_its_agent_counts_once_a_day(
    by_the_day: Workstream, agent: Agent, now: datetime
) -> None:
    Workstream.objects.update(channel=Channel.SMS)
    item = in_conversation(Workstream.objects.get(pk=by_the_day.pk), agent, now)
    for minutes in (1, 3):
        service.close(item_id=item.pk, by=agent, now=now + minutes * MINUTE)
        service.reopen(item_id=item.pk, by=agent, now=now + (minutes + 1) * MINUTE)
        note_days.sweep(now=now + (minutes + 1) * MINUTE, limit=10)

    assert (used(agent), presence_of(agent)[0]) == (1, "busy")
    assert recount_capacity.sweep(now=now, limit=10) == 0
    assert end_days.sweep(now=MIDNIGHT, limit=10) == 1
    assert used(agent) == 0
    assert recount_capacity.sweep(now=now, limit=10) == 0


def test_what_comes_back_on_another_day_counts_then(
    by_the_day: Workstream, agent: Agent, now: datetime
) -> None:
    Workstream.objects.update(channel=Channel.SMS)
    item = in_conversation(Workstream.objects.get(pk=by_the_day.pk), agent, now)
    service.close(item_id=item.pk, by=agent, now=now)

    service.reopen(item_id=item.pk, by=agent, now=MIDNIGHT)
    note_days.sweep(now=MIDNIGHT, limit=10)
    both = used(agent)
    end_days.sweep(now=MIDNIGHT, limit=10)

    assert (both, used(agent)) == (2, 1)
    assert recount_capacity.sweep(now=MIDNIGHT, limit=10) == 0


def test_what_else_the_work_held_comes_back_with_it(
    by_the_day: Workstream, profile: CapacityProfile, agent: Agent, now: datetime
) -> None:
    chats = make_profile("Chats")
    AgentCapacityProfile.objects.create(agent=agent, profile=chats)
    by_the_day.capacity_profiles.add(chats)
    item = in_wrap_up(by_the_day, agent, now)

    service.close(item_id=item.pk, by=agent, now=now)
    release_wrap_up.sweep(now=now + MINUTE, limit=10)

    loads = dict(ProfileLoad.objects.filter(agent=agent).values_list("profile", "used"))
    assert loads == {profile.pk: 1, chats.pk: 0}
    assert AgentLoad.objects.get(agent=agent).items_held == 0
    assert recount_capacity.sweep(now=now, limit=10) == 0


def test_what_is_closed_after_its_day_gives_all_back_at_once(
    by_the_day: Workstream, agent: Agent, now: datetime
) -> None:
    item = in_wrap_up(by_the_day, agent, now)

    service.close(item_id=item.pk, by=agent, now=MIDNIGHT + MINUTE)
    release_wrap_up.sweep(now=MIDNIGHT + MINUTE, limit=10)

    assert (used(agent), end_days.sweep(now=MIDNIGHT + MINUTE, limit=10)) == (0, 0)


def test_hours_that_become_longer_meanwhile_make_the_day_longer(
    by_the_day: Workstream, agent: Agent, now: datetime
) -> None:
    hours = OperatingHours.objects.create(name="Day shift", time_zone="UTC")
    hours.periods.create(weekday=0, start=time(8), end=time(17))
    Agent.objects.filter(pk=agent.pk).update(operating_hours=hours)
    ended, open_still = (in_conversation(by_the_day, agent, now) for _ in range(2))
    note_days.sweep(now=now, limit=10)
    hours.periods.update(end=time(20))
    configuration.publish(by=None, now=now)
    five, eight = (MIDNIGHT - timedelta(hours=left) for left in (7, 4))

    service.force_close(item_id=ended.pk, by=agent.user, now=five)
    swept = [end_days.sweep(now=at, limit=10) for at in (five, eight - MINUTE)]

    assert (swept, used(agent), open_still.agent) == ([0, 0], 2, agent)
    assert end_days.sweep(now=eight, limit=10) == 2
    assert (used(agent), recount_capacity.sweep(now=eight, limit=10)) == (0, 0)


def test_the_database_knows_that_a_day_has_an_end(
    by_the_day: Workstream, agent: Agent, now: datetime
) -> None:
    in_conversation(by_the_day, agent, now)
    Assignment.objects.update(day_profiles=None, day_ends_at=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.update(day_ends_at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.update(day_profiles=[])
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.update(day_profiles=[], day_ends_at=now, day_released_at=now - MINUTE)


def test_a_declined_offer_holds_nothing_of_the_day(
    by_the_day: Workstream, agent: Agent, now: datetime
) -> None:
    item = offered(by_the_day, now)

    service.decline(item_id=item.pk, by=agent, now=now)

    assert used(agent) == 0


@pytest.mark.parametrize(
    ("taken", "ends"),
    [
        (datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 3, 2, 16, tzinfo=UTC)),
        (datetime(2026, 3, 2, 17, tzinfo=UTC), datetime(2026, 3, 2, 23, tzinfo=UTC)),
        (datetime(2026, 3, 3, 9, tzinfo=UTC), datetime(2026, 3, 3, 23, tzinfo=UTC)),
    ],
    ids=["in the shift", "after the shift", "on a free day"],
)
def test_the_day_ends_with_the_shift_else_at_local_midnight(
    agent: Agent, taken: datetime, ends: datetime
) -> None:
    hours = OperatingHours.objects.create(name="Berlin", time_zone="Europe/Berlin")
    hours.periods.create(weekday=0, start=time(8), end=time(17))
    agent.operating_hours = hours

    assert end_of_day(agent, taken) == ends


@pytest.mark.parametrize(
    ("taken", "ends"),
    [
        (datetime(2026, 3, 2, 22, tzinfo=UTC), datetime(2026, 3, 3, 5, tzinfo=UTC)),
        (datetime(2026, 3, 3, 1, tzinfo=UTC), datetime(2026, 3, 3, 5, tzinfo=UTC)),
        (datetime(2026, 3, 3, 8, tzinfo=UTC), datetime(2026, 3, 4, 5, tzinfo=UTC)),
        # The clock goes back at one, so that the hour from two to three comes twice.
        (datetime(2026, 10, 25, 0, 10, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        (datetime(2026, 10, 25, 1, 10, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        (datetime(2026, 12, 24, 22, tzinfo=UTC), datetime(2026, 12, 24, 23, tzinfo=UTC)),
        (datetime(2026, 12, 25, 1, tzinfo=UTC), datetime(2026, 12, 25, 23, tzinfo=UTC)),
    ],
    ids=[
        "before midnight",
        "after midnight",
        "before the shift",
        "an hour that comes twice",
        "its second time",
        "before a holiday",
        "on a holiday",
    ],
)
def test_a_shift_that_runs_past_midnight_is_one_day(
    agent: Agent, taken: datetime, ends: datetime
) -> None:
    hours = OperatingHours.objects.create(name="Berlin at night", time_zone="Europe/Berlin")
    for weekday in range(5):
        hours.periods.create(weekday=weekday, start=time(22), end=time(6))
    hours.periods.create(weekday=5, start=time(22), end=time(2, 30))
    hours.holidays.create(date=date(2026, 12, 25), reason="Christmas")
    agent.operating_hours = hours

    assert end_of_day(agent, taken) == ends
