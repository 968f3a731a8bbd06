"""Work that the router gives back to who had it that day counts once in profiles of the day, while
it is offered, too."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from agents.models import Agent, AgentCapacityProfile, CapacityProfile
from agents.terms import CapacityFormat, ResetFrequency
from routing import configuration, service
from routing.dispatcher import lease
from routing.dispatcher.candidates import Candidates
from routing.models import Assignment, ProfileLoad, RoutingDecision
from routing.queries.excess import excess_of_last
from routing.queries.explanation import explanation
from routing.queries.replay import replay
from routing.sweeps import end_days, recount_capacity
from routing.terms import DecisionStage, How
from tests.factories import make_workstream
from tests.scenarios import arrive, choose_presence, in_conversation
from workstreams.actions.change_preferred_agents import set_preferred_agents
from workstreams.actions.send_message import send_message
from workstreams.models import Contact, Queue, ServiceConfiguration, WorkItem, Workstream
from workstreams.terms import Author, Channel

pytestmark = pytest.mark.django_db
MINUTE: Final = timedelta(minutes=1)
MIDNIGHT: Final = datetime(2026, 3, 3, tzinfo=UTC)


@pytest.fixture
def profile(agent: Agent) -> CapacityProfile:
    """One text a day."""
    profile = CapacityProfile.objects.create(
        name="A day's texts", work_item_limit=1, reset_frequency=ResetFrequency.END_OF_DAY
    )
    AgentCapacityProfile.objects.create(agent=agent, profile=profile)
    return profile


@pytest.fixture
def keeps(profile: CapacityProfile, queue: Queue) -> Workstream:
    """Of that profile; a customer who writes again has the same agent."""
    return of(profile, queue, keep_same_agent=True)


@pytest.fixture
def prefers(profile: CapacityProfile, queue: Queue, agent: Agent, now: datetime) -> Workstream:
    """Of that profile; all customers prefer the agent."""
    ServiceConfiguration.objects.update_or_create(pk=1, defaults={"preferred_agents": True})
    return of(profile, queue, keep_same_agent=False)


def of(profile: CapacityProfile, queue: Queue, *, keep_same_agent: bool) -> Workstream:
    workstream = make_workstream(
        queue=queue,
        channel=Channel.SMS,
        capacity_format=CapacityFormat.PROFILE,
        keep_same_agent=keep_same_agent,
    )
    workstream.capacity_profiles.add(profile)
    return workstream


def had_today(workstream: Workstream, agent: Agent, now: datetime) -> WorkItem:
    """He chose to be available, whatever he holds, has answered, and waits for the customer."""
    choose_presence(agent, "available", now)
    customer = Contact.objects.create(name="Grace")
    set_preferred_agents(contact_id=customer.pk, agents=[agent], now=now)
    item = in_conversation(workstream, agent, now, contact=customer)
    choose_presence(agent, "available", now)
    service.close(item_id=item.pk, by=agent, now=now)
    return item


def is_offered_again(item: WorkItem, now: datetime) -> Assignment:
    send_message(item_id=item.pk, author=Author.CUSTOMER, text="Hello again", now=now)
    service.run_cycle(now=now)
    return Assignment.objects.get(item=item, outcome="pending")


def used(agent: Agent, now: datetime) -> int:
    """Of the profile; never anything but the sum of the receipts."""
    assert recount_capacity.sweep(now=now, limit=10) == 0
    return ProfileLoad.objects.get(agent=agent).used


@pytest.mark.parametrize("answer", [service.accept, service.decline])
@pytest.mark.parametrize(
    ("kind", "how"),
    [("keeps", How.AFFINITY), ("prefers", How.PREFERRED)],
    ids=["kept", "preferred"],
)
def test_it_passes_no_limit_and_counts_once_whatever_he_says(
    request: pytest.FixtureRequest,
    agent: Agent,
    now: datetime,
    kind: str,
    how: How,
    answer: Callable[..., object],
) -> None:
    item = had_today(request.getfixturevalue(kind), agent, now)

    offer = is_offered_again(item, now + MINUTE)
    while_pending = used(agent, now)
    answer(item_id=item.pk, by=agent, now=now + MINUTE)

    assert (offer.how, offer.is_override, excess_of_last(item.pk)) == (how, False, ())
    assert (while_pending, used(agent, now)) == (1, 1)
    assert (end_days.sweep(now=MIDNIGHT, limit=10), used(agent, now)) == (1, 0)


def test_an_offer_that_outlasts_the_day_counts_again(
    keeps: Workstream, agent: Agent, now: datetime
) -> None:
    item = had_today(keeps, agent, now)
    late = MIDNIGHT - timedelta(seconds=1)

    offer = is_offered_again(item, late)

    assert (offer.is_override, used(agent, late)) == (True, 2)


def test_it_passes_the_limit_that_other_work_has_reached(
    keeps: Workstream, agent: Agent, profile: CapacityProfile, now: datetime
) -> None:
    AgentCapacityProfile.objects.update(custom_limit=2)
    items = [had_today(keeps, agent, now) for _ in range(2)]
    AgentCapacityProfile.objects.update(custom_limit=1)

    offer = is_offered_again(items[0], now + MINUTE)

    assert (offer.is_override, used(agent, now)) == (True, 2)
    [excess] = excess_of_last(items[0].pk)
    assert excess.sentence == "A day's texts: 1 of 1 before, 2 of 1 with it, 1 over"


def test_a_router_remembers_what_he_holds(keeps: Workstream, agent: Agent, now: datetime) -> None:
    item = had_today(keeps, agent, now)
    epoch = lease.acquire("this one")
    assert epoch is not None
    candidates = Candidates(epoch)
    candidates.refresh(configuration.current())
    send_message(item_id=item.pk, author=Author.CUSTOMER, text="Hello again", now=now)

    result = service.run_cycle(now=now, epoch=epoch, candidates=candidates)

    assert (result.assigned, used(agent, now)) == (1, 1)
    assert candidates.compare(configuration.current()) == []


def test_the_decision_says_so_and_is_made_again_alike(
    keeps: Workstream, agent: Agent, now: datetime
) -> None:
    item = had_today(keeps, agent, now)
    is_offered_again(item, now + MINUTE)

    stage = explanation(item.pk)["stages"][-1]
    again = replay(RoutingDecision.objects.filter(stage=DecisionStage.ASSIGNMENT).latest("id"))

    assert (stage["how"], stage["capacity_profiles"], "excess" in stage) == ("affinity", [], False)
    assert again.is_same
    assert "excess" not in again.document["stages"][0]


def test_work_of_a_customer_that_nobody_had_is_held_whole(
    prefers: Workstream, agent: Agent, now: datetime
) -> None:
    had_today(prefers, agent, now)
    customer = Contact.objects.get()
    item = arrive(prefers, now, contact=customer)

    service.run_cycle(now=now)

    assert Assignment.objects.get(item=item).is_override
    assert used(agent, now) == 2
