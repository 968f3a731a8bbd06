"""Capacity profiles that reset at the end of the day."""

from datetime import UTC, datetime, time, timedelta

import pytest

from agents.models import Agent, AgentCapacityProfile, CapacityProfile, OperatingHours
from agents.terms import CapacityFormat, ResetFrequency
from routing import service
from routing.models import ProfileLoad
from routing.queries.end_of_day import end_of_day
from routing.sweeps import recount_capacity, release_wrap_up
from tests.factories import make_workstream
from tests.scenarios import in_wrap_up, offered
from workstreams.models import Queue, Workstream
from workstreams.terms import WrapUpBlock

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


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

    assert release_wrap_up.sweep(now=now + MINUTE, limit=10) == 0
    service.close(item_id=item.pk, by=agent, now=now + 2 * MINUTE)
    assert used(agent) == 1
    assert recount_capacity.sweep(now=now, limit=10) == 0

    midnight = datetime(2026, 3, 3, tzinfo=UTC)
    assert release_wrap_up.sweep(now=midnight - MINUTE, limit=10) == 0
    assert release_wrap_up.sweep(now=midnight, limit=10) == 1
    assert used(agent) == 0


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
