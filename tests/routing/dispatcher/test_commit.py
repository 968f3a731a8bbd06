"""What was true when it was read may be true no longer: then it is not written."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from agents.models import Agent, AgentPresence, User
from routing import configuration, service
from routing.dispatcher.commit import commit
from routing.dispatcher.explanations import Explanations
from routing.dispatcher.load import Situation
from routing.engine.assign import decide
from routing.engine.decisions import BatchDecision
from routing.engine.explain import unpacked
from routing.models import AgentLoad, Assignment, ProfileLoad, RoutingDecision, WakeUp
from tests.factories import make_agent, make_profile, make_queue, make_workstream
from tests.scenarios import arrive, units_used
from workstreams.models import QueueMembership, WorkItem, WorkItemEvent, Workstream
from workstreams.terms import ItemState

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(workstream: Workstream, agent: Agent, now: datetime) -> WorkItem:
    return arrive(workstream, now)


def decided(situation: Situation, now: datetime) -> BatchDecision:
    return decide(configuration.current().compiled, situation.items, situation.agents, now=now)


def written(situation: Situation, decision: BatchDecision, now: datetime, epoch: int = 0) -> int:
    published = configuration.current()
    explanations = Explanations(decision, situation, published, now)
    kept = commit(
        decision=decision,
        explain=explanations.of,
        published=published,
        staff=situation.staff,
        epoch=epoch,
        now=now,
    )
    return len(kept)


def goes_offline(agent: Agent, item: WorkItem) -> None:
    AgentPresence.objects.filter(agent=agent).update(base="offline")


def has_no_presence(agent: Agent, item: WorkItem) -> None:
    AgentPresence.objects.filter(agent=agent).delete()


def is_disabled(agent: Agent, item: WorkItem) -> None:
    Agent.objects.filter(pk=agent.pk).update(is_enabled=False)


def is_full(agent: Agent, item: WorkItem) -> None:
    AgentLoad.objects.filter(agent=agent).update(units_used=3)


def has_less_room(agent: Agent, item: WorkItem) -> None:
    Agent.objects.filter(pk=agent.pk).update(capacity_units=0)


def leaves_the_queue(agent: Agent, item: WorkItem) -> None:
    QueueMembership.objects.filter(agent=agent).delete()


def customer_leaves(agent: Agent, item: WorkItem) -> None:
    service.leave(item_id=item.pk)


def changes_queue(agent: Agent, item: WorkItem) -> None:
    WorkItem.objects.filter(pk=item.pk).update(queue=make_queue())


def comes_by_a_way_that_is_not_published(agent: Agent, item: WorkItem) -> None:
    WorkItem.objects.filter(pk=item.pk).update(workstream=make_workstream(queue=item.queue))


def needs_something_else(agent: Agent, item: WorkItem) -> None:
    WorkItem.objects.filter(pk=item.pk).update(requirement_key="other")


@pytest.mark.parametrize(
    "change",
    [
        goes_offline, has_no_presence, is_disabled, is_full, has_less_room, leaves_the_queue,
        customer_leaves, changes_queue, needs_something_else, comes_by_a_way_that_is_not_published,
    ],
)  # fmt: skip
def test_what_does_not_hold_any_more_is_dropped(
    item: WorkItem, agent: Agent, look, now: datetime, change: Callable[[Agent, WorkItem], Any]
) -> None:
    situation = look()
    decision = decided(situation, now)
    assert len(decision.assignments) == 1
    change(agent, item)
    load = AgentLoad.objects.values().get(agent=agent)

    assert written(situation, decision, now) == 0

    assert not Assignment.objects.exists()
    assert AgentLoad.objects.values().get(agent=agent) == load
    assert not WorkItemEvent.objects.filter(kind="offer-made").exists()


def test_what_still_holds_is_written_beside_what_is_dropped(
    item: WorkItem, agent: Agent, second_agent: Agent, workstream, look, now: datetime
) -> None:
    arrive(workstream, now)
    situation = look()
    decision = decided(situation, now)
    goes_offline(agent, item)

    assert written(situation, decision, now) == 1
    assert (units_used(agent), units_used(second_agent)) == (0, 1)


def test_an_explanation_is_stored_as_it_was_told(item, agent, look, now: datetime) -> None:
    name = 'am\\ra "é"\tor\n\\.'
    User.objects.filter(agent=agent).update(username=name)
    situation = look()

    assert written(situation, decided(situation, now), now) == 1

    document = RoutingDecision.objects.get(stage="assignment").document
    assert unpacked(document)["agents_considered"][0]["agent"] == document["agent"] == name


def test_a_batch_never_passes_a_limit_that_shrank(workstream, queue, look, now: datetime) -> None:
    agent = make_agent(units=3, queues=[queue])
    for _ in range(3):
        arrive(workstream, now)
    situation = look()
    decision = decided(situation, now)
    Agent.objects.filter(pk=agent.pk).update(capacity_units=2)

    assert written(situation, decision, now) == units_used(agent) == 2


def test_a_profile_that_filled_up_meanwhile_takes_no_more(queue, look, now: datetime) -> None:
    profile = make_profile(limit=1)
    agent = make_agent(queues=[queue], profiles=[profile])
    workstream = make_workstream(queue=queue, capacity_format="profile")
    workstream.capacity_profiles.add(profile)
    arrive(workstream, now)
    situation = look()
    decision = decided(situation, now)
    ProfileLoad.objects.create(agent=agent, profile=profile, used=1)

    assert written(situation, decision, now) == 0


def test_a_blocking_profile_that_filled_up_meanwhile_stops_other_work(
    workstream, queue, look, now: datetime
) -> None:
    profile = make_profile(limit=1, blocks=True)
    agent = make_agent(queues=[queue], profiles=[profile])
    arrive(workstream, now)
    situation = look()
    decision = decided(situation, now)
    ProfileLoad.objects.create(agent=agent, profile=profile, used=1)

    assert len(decision.assignments) == 1
    assert written(situation, decision, now) == 0


def test_affinity_passes_presence_room_and_queue_as_a_named_override(
    queue, agent_of_another_queue: Agent, look, now: datetime
) -> None:
    keeper = agent_of_another_queue
    item = arrive(make_workstream(queue=queue, keep_same_agent=True), now)
    WorkItem.objects.filter(pk=item.pk).update(last_agent=keeper, requirement_key="own:1")
    is_full(keeper, item)
    goes_offline(keeper, item)
    situation = look()

    assert written(situation, decided(situation, now), now) == 1

    receipt = Assignment.objects.get(item=item)
    assert (receipt.agent, receipt.how, receipt.is_override) == (keeper, "affinity", True)


def test_a_written_batch_leaves_receipt_load_event_and_explanation(
    item: WorkItem, agent: Agent, look, now: datetime
) -> None:
    situation = look()

    assert written(situation, decided(situation, now), now) == 1

    item.refresh_from_db()
    receipt = Assignment.objects.get(item=item)
    assert (item.state, item.agent, receipt.agent) == (ItemState.ACTIVE, agent, agent)
    assert (receipt.outcome, receipt.offered_at, units_used(agent)) == ("pending", now, 1)
    event = WorkItemEvent.objects.get(work_item_id=item.pk, kind="offer-made")
    assert (event.state, event.reason, event.agent_id) == (item.state, item.reason, agent.pk)
    decision = RoutingDecision.objects.get(work_item_id=item.pk, stage="assignment")
    assert decision.version == configuration.current().number


def test_an_agent_without_counters_gets_them_with_the_first_offer(
    workstream, agent: Agent, now: datetime
) -> None:
    AgentLoad.objects.all().delete()
    WakeUp.objects.all().delete()
    arrive(workstream, now)

    assert service.run_cycle(now=now).assigned == units_used(agent) == 1


@pytest.fixture
def available_only(workstream: Workstream, agent: Agent) -> Workstream:
    workstream.allowed_presences = ["available"]
    workstream.save()
    return workstream


def test_an_offer_makes_its_agent_busy_for_the_cycles_after_it(
    available_only: Workstream, now: datetime
) -> None:
    for _ in range(3):
        arrive(available_only, now)

    assert [service.run_cycle(now=now).assigned for _ in range(3)] == [1, 0, 0]


def test_an_agent_who_chose_to_be_available_is_so_until_he_accepts(
    available_only: Workstream, agent: Agent, now: datetime
) -> None:
    AgentPresence.objects.filter(agent=agent).update(is_manual=True)
    for _ in range(3):
        arrive(available_only, now)

    assert service.run_cycle(now=now).assigned == 3


def test_who_became_busy_meanwhile_keeps_his_room(
    available_only: Workstream, agent: Agent, look: Callable[..., Situation], now: datetime
) -> None:
    arrive(available_only, now)
    situation = look()
    AgentLoad.objects.filter(agent=agent).update(units_used=1)

    assert written(situation, decided(situation, now), now) == 0
