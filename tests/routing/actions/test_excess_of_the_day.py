"""Work that comes back to its agent passes no limit of the day in which it counts already."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from agents.models import Agent, AgentCapacityProfile, CapacityProfile, User
from agents.terms import CapacityFormat, ResetFrequency
from routing import configuration, service
from routing.exceptions import NoCapacityLeft
from routing.models import Assignment, ProfileLoad
from routing.queries.excess import excess_of_last
from routing.queries.floor_candidates import choices_for
from routing.queries.in_force import offered_until
from routing.sweeps import end_days, recount_capacity
from routing.terms import How
from tests.factories import make_intake_rule, make_record, make_workstream
from tests.scenarios import arrive, in_conversation
from workstreams.models import Queue, WorkItem, Workstream
from workstreams.terms import Channel, DistributionMode, WorkstreamType

pytestmark = pytest.mark.django_db
MINUTE: Final = timedelta(minutes=1)
MIDNIGHT: Final = datetime(2026, 3, 3, tzinfo=UTC)


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


def put_back(workstream: Workstream, agent: Agent, now: datetime) -> WorkItem:
    """Work that the agent had today, and that waits again."""
    item = arrive(workstream, now)
    service.pick(item_id=item.pk, by=agent, now=now)
    service.release(item_id=item.pk, by=agent, now=now)
    return item


def used(agent: Agent, now: datetime) -> int:
    """Of the profile; never anything but the sum of the receipts."""
    assert recount_capacity.sweep(now=now, limit=10) == 0
    return ProfileLoad.objects.get(agent=agent).used


@pytest.mark.parametrize("answer", [service.accept, service.decline])
def test_work_that_a_supervisor_offers_again(
    profile: CapacityProfile,
    queue: Queue,
    agent: Agent,
    supervisor: User,
    now: datetime,
    answer: Callable[..., object],
) -> None:
    item = put_back(of_that_profile(profile, queue, mode=DistributionMode.PICK), agent, now)

    service.assign(item_id=item.pk, agent=agent, by=supervisor, now=now + MINUTE)
    while_pending = used(agent, now)
    answer(item_id=item.pk, by=agent, now=now + MINUTE)

    assert told(item) == (False, [])
    assert (while_pending, used(agent, now)) == (1, 1)
    assert (end_days.sweep(now=MIDNIGHT, limit=10), used(agent, now)) == (1, 0)


def test_work_that_a_colleague_hands_back(
    profile: CapacityProfile, queue: Queue, agent: Agent, second_agent: Agent, now: datetime
) -> None:
    AgentCapacityProfile.objects.create(agent=second_agent, profile=profile)
    item = put_back(of_that_profile(profile, queue, mode=DistributionMode.PICK), agent, now)
    service.pick(item_id=item.pk, by=second_agent, now=now)

    service.transfer(item_id=item.pk, agent=agent, by=second_agent.user, now=now + MINUTE)

    assert told(item) == (False, [])
    assert used(agent, now) == 1


def test_an_offer_that_outlasts_the_day_counts_again(
    profile: CapacityProfile, queue: Queue, agent: Agent, supervisor: User, now: datetime
) -> None:
    item = put_back(of_that_profile(profile, queue, mode=DistributionMode.PICK), agent, now)
    late = MIDNIGHT - timedelta(seconds=1)

    with pytest.raises(NoCapacityLeft):
        service.assign(item_id=item.pk, agent=agent, by=supervisor, now=late)
    service.assign(item_id=item.pk, agent=agent, by=supervisor, override=True, now=late)

    assert used(agent, late) == 2


def test_an_offer_whose_day_ended_early_counts_on_the_next_one(
    profile: CapacityProfile, queue: Queue, agent: Agent, supervisor: User, now: datetime
) -> None:
    item = put_back(of_that_profile(profile, queue, mode=DistributionMode.PICK), agent, now)
    service.assign(item_id=item.pk, agent=agent, by=supervisor, now=now)
    Assignment.objects.filter(outcome="pending").update(deadline_at=MIDNIGHT + MINUTE)
    end_days.sweep(now=MIDNIGHT, limit=10)

    service.accept(item_id=item.pk, by=agent, now=MIDNIGHT)

    assert used(agent, MIDNIGHT) == 1
    assert end_days.sweep(now=MIDNIGHT + timedelta(days=1), limit=10) == 1
    assert used(agent, MIDNIGHT) == 0


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


def foretold(item: WorkItem, agent: Agent, now: datetime) -> list[str]:
    """What the dialog says that an assignment would pass."""
    choices = choices_for(item, taken_at=offered_until(item, How.SUPERVISOR, now))
    return [excess for each in choices if each.id == agent.pk for excess in each.excess]


@pytest.mark.parametrize(("before_midnight", "over"), [(MINUTE * 60, 0), (MINUTE / 60, 1)])
def test_the_dialog_names_beforehand_what_an_offer_passes(
    profile: CapacityProfile,
    queue: Queue,
    agent: Agent,
    supervisor: User,
    now: datetime,
    before_midnight: timedelta,
    over: int,
) -> None:
    item = put_back(of_that_profile(profile, queue, mode=DistributionMode.PICK), agent, now)
    late = MIDNIGHT - before_midnight

    said = foretold(item, agent, late)

    service.assign(item_id=item.pk, agent=agent, by=supervisor, override=True, now=late)
    assert (len(said), said) == (over, told(item)[1])


def test_the_dialog_counts_other_work_of_the_day_and_this_work_once(
    profile: CapacityProfile, queue: Queue, agent: Agent, supervisor: User, now: datetime
) -> None:
    workstream = of_that_profile(profile, queue, mode=DistributionMode.PICK)
    item = put_back(workstream, agent, now)
    service.pick(item_id=arrive(workstream, now).pk, by=agent, now=now)

    said = foretold(item, agent, now)

    service.assign(item_id=item.pk, agent=agent, by=supervisor, override=True, now=now)
    assert said == told(item)[1] == ["A day's texts: 1 of 1 before, 2 of 1 with it, 1 over"]
