"""Work that comes back to its agent passes no limit of the day in which it counts already."""

from datetime import datetime, timedelta
from typing import Any, Final

import pytest

from agents.models import Agent, AgentCapacityProfile, CapacityProfile, User
from agents.terms import CapacityFormat, ResetFrequency
from routing import configuration, service
from routing.models import Assignment, ProfileLoad
from routing.queries.excess import excess_of_last
from tests.factories import make_intake_rule, make_record, make_workstream
from tests.scenarios import arrive, in_conversation
from workstreams.models import Queue, WorkItem, Workstream
from workstreams.terms import Channel, DistributionMode, WorkstreamType

pytestmark = pytest.mark.django_db
MINUTE: Final = timedelta(minutes=1)


@pytest.fixture
def profile(agent: Agent) -> CapacityProfile:
    """A profile of the day with a limit of one, which the agent has."""
    profile = CapacityProfile.objects.create(
        name="A day's texts", work_item_limit=1, reset_frequency=ResetFrequency.END_OF_DAY
    )
    AgentCapacityProfile.objects.create(agent=agent, profile=profile)
    return profile


def of_that_profile(profile: CapacityProfile, queue: Queue, **fields: Any) -> Workstream:
    workstream = make_workstream(queue=queue, capacity_format=CapacityFormat.PROFILE, **fields)
    workstream.capacity_profiles.add(profile)
    return workstream


def told(item: WorkItem) -> tuple[bool, list[str]]:
    """Whether the last assignment is an override, and by how much which limit is passed."""
    last = Assignment.objects.filter(item=item).latest("pk")
    return last.is_override, [each.sentence for each in excess_of_last(item.pk)]


def test_a_conversation_that_is_taken_up_again(
    profile: CapacityProfile, queue: Queue, agent: Agent, now: datetime
) -> None:
    item = in_conversation(of_that_profile(profile, queue, channel=Channel.SMS), agent, now)
    service.close(item_id=item.pk, by=agent, now=now)

    service.reopen(item_id=item.pk, by=agent, now=now + MINUTE)

    assert told(item) == (False, [])
    assert ProfileLoad.objects.get(agent=agent).used == 1


def test_work_that_was_put_back_and_is_picked_again(
    profile: CapacityProfile, queue: Queue, agent: Agent, now: datetime
) -> None:
    item = arrive(of_that_profile(profile, queue, mode=DistributionMode.PICK), now)
    service.pick(item_id=item.pk, by=agent, now=now)
    service.release(item_id=item.pk, by=agent, now=now)

    service.pick(item_id=item.pk, by=agent, now=now + MINUTE)

    assert told(item) == (False, [])
    assert ProfileLoad.objects.get(agent=agent).used == 1


@pytest.mark.usefixtures("record_routing")
def test_a_record_that_a_supervisor_gives_back_to_its_agent(
    profile: CapacityProfile, queue: Queue, agent: Agent, supervisor: User, now: datetime
) -> None:
    make_intake_rule(of_that_profile(profile, queue, type=WorkstreamType.RECORD, mode="pick"))
    configuration.publish(by=None, now=now)
    record = make_record("Late parcel")
    service.route_record(record_id=record.pk, by=supervisor, now=now)

    for who in (agent, None, agent):
        now += MINUTE
        item = service.assign_record(record_id=record.pk, agent=who, by=supervisor, now=now)

    assert told(item) == (False, [])
    assert ProfileLoad.objects.get(agent=agent).used == 1


def test_it_passes_the_limit_that_other_work_has_reached(
    profile: CapacityProfile, queue: Queue, agent: Agent, now: datetime
) -> None:
    workstream = of_that_profile(profile, queue, mode=DistributionMode.PICK)
    first, second = arrive(workstream, now), arrive(workstream, now)
    for item in (first, second):
        service.pick(item_id=item.pk, by=agent, now=now)
    service.release(item_id=first.pk, by=agent, now=now)

    service.pick(item_id=first.pk, by=agent, now=now + MINUTE)

    sentence = "A day's texts: 1 of 1 before, 2 of 1 with it, 1 over"
    assert told(first) == told(second) == (True, [sentence])
