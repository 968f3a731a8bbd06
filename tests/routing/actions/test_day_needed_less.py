"""Work that comes back to its agent on a day on which it needed more profiles of the day before."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from agents.models import Agent, AgentCapacityProfile, CapacityProfile, User
from agents.terms import CapacityFormat, ResetFrequency
from routing import configuration, service
from routing.models import Assignment, ProfileLoad
from routing.queries.floor_candidates import choices_for
from routing.sweeps import end_days, recount_capacity
from tests.factories import make_workstream
from tests.scenarios import choose_presence, in_conversation
from workstreams.actions.send_message import send_message
from workstreams.models import Queue, WorkItem, Workstream
from workstreams.terms import Author, Channel

pytestmark = pytest.mark.django_db
MINUTE: Final = timedelta(minutes=1)
MIDNIGHT: Final = datetime(2026, 3, 3, tzinfo=UTC)


@pytest.fixture
def texts(queue: Queue, agent: Agent) -> Workstream:
    """Needs both profiles, of which the agent has room for one work item a day; a customer who
    writes again has the same agent."""
    workstream = make_workstream(
        queue=queue,
        channel=Channel.SMS,
        capacity_format=CapacityFormat.PROFILE,
        keep_same_agent=True,
    )
    for name in ("Texts", "Spanish"):
        profile = CapacityProfile.objects.create(
            name=name, work_item_limit=1, reset_frequency=ResetFrequency.END_OF_DAY
        )
        AgentCapacityProfile.objects.create(agent=agent, profile=profile)
        workstream.capacity_profiles.add(profile)
    return workstream


@pytest.fixture
def rests(texts: Workstream, agent: Agent, now: datetime) -> WorkItem:
    """Waits for its customer, and needs *Texts* alone by now."""
    choose_presence(agent, "available", now)
    item = in_conversation(texts, agent, now)
    choose_presence(agent, "available", now)
    service.close(item_id=item.pk, by=agent, now=now)
    needs(texts, "Texts", now=now)
    return item


def needs(workstream: Workstream, *names: str, now: datetime) -> None:
    workstream.capacity_profiles.set(CapacityProfile.objects.filter(name__in=names))
    configuration.publish(by=None, now=now)


def used(agent: Agent, now: datetime) -> tuple[int, int]:
    """Of *Texts* and *Spanish*; never anything but the sum of the receipts."""
    assert recount_capacity.sweep(now=now, limit=10) == 0
    loads = ProfileLoad.objects.filter(agent=agent).values_list("profile__name", "used")
    return dict(loads)["Texts"], dict(loads)["Spanish"]


def test_what_it_still_needs_counts_once_and_the_rest_until_the_day_ends(
    rests: WorkItem, agent: Agent, now: datetime
) -> None:
    again = service.reopen(item_id=rests.pk, by=agent, now=now)

    taken_up = used(agent, now)
    service.force_close(item_id=rests.pk, by=agent.user, now=now + MINUTE)
    assert (again.is_override, taken_up, used(agent, now)) == (False, (1, 1), (1, 1))
    assert (end_days.sweep(now=MIDNIGHT, limit=10), used(agent, MIDNIGHT)) == (2, (0, 0))


def test_what_it_needs_anew_that_day_counts_once_too(
    rests: WorkItem, texts: Workstream, agent: Agent, now: datetime
) -> None:
    service.reopen(item_id=rests.pk, by=agent, now=now)
    service.close(item_id=rests.pk, by=agent, now=now + MINUTE)
    needs(texts, "Texts", "Spanish", now=now + MINUTE)

    again = service.reopen(item_id=rests.pk, by=agent, now=now + 2 * MINUTE)

    assert (again.is_override, used(agent, now)) == (False, (1, 1))
    assert (end_days.sweep(now=MIDNIGHT, limit=10), used(agent, MIDNIGHT)) == (1, (0, 0))


@pytest.mark.parametrize("answer", [service.accept, service.decline])
def test_the_router_gives_it_back_past_no_limit(
    rests: WorkItem, agent: Agent, now: datetime, answer: Callable[..., object]
) -> None:
    later = now + 2 * MINUTE
    send_message(item_id=rests.pk, author=Author.CUSTOMER, text="Hello again", now=later)
    service.run_cycle(now=later)
    offer = Assignment.objects.get(item=rests, outcome="pending")

    while_pending = used(agent, later)
    answer(item_id=rests.pk, by=agent, now=later)

    assert (offer.how, offer.is_override, offer.profiles) == ("affinity", False, [])
    assert (while_pending, used(agent, later)) == ((1, 1), (1, 1))


def test_a_supervisor_reads_beforehand_that_it_passes_no_limit(
    rests: WorkItem, agent: Agent, supervisor: User, now: datetime
) -> None:
    service.reopen(item_id=rests.pk, by=agent, now=now)
    service.release(item_id=rests.pk, by=agent, now=now)
    item = WorkItem.objects.get(pk=rests.pk)

    [choice] = choices_for(item, taken_at=now + MINUTE)
    service.assign(item_id=item.pk, agent=agent, by=supervisor, now=now + MINUTE)

    assert choice.excess == ()
    assert used(agent, now) == (1, 1)
