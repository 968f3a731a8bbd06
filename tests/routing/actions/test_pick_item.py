"""An agent takes an open item himself."""

from datetime import datetime

import pytest

from agents.models import Agent
from routing import configuration, service
from routing.exceptions import AlreadyTaken, NotAMember, NotPickable
from routing.models import Assignment, RoutingDecision
from tests.factories import make_workstream
from tests.scenarios import arrive, units_used
from workstreams.models import Queue, WorkItem, WorkItemEvent, Workstream
from workstreams.terms import Channel, DistributionMode, ItemState

pytestmark = pytest.mark.django_db


@pytest.fixture
def pick_workstream(queue: Queue) -> Workstream:
    return make_workstream("Mail", mode=DistributionMode.PICK, queue=queue)


@pytest.fixture
def item(pick_workstream: Workstream, now: datetime) -> WorkItem:
    return arrive(pick_workstream, now)


def test_the_item_becomes_the_agents_work(item: WorkItem, agent: Agent) -> None:
    service.pick(item_id=item.pk, by=agent)

    item.refresh_from_db()
    assert (item.state, item.agent) == (ItemState.ACTIVE, agent)
    assert units_used(agent) == 1
    assert WorkItemEvent.objects.filter(work_item_id=item.pk, kind="work-item-picked").exists()
    assert RoutingDecision.objects.filter(work_item_id=item.pk, agent_id=agent.pk).exists()


def test_the_second_of_two_agents_is_told_that_it_is_taken(
    item: WorkItem, agent: Agent, second_agent: Agent
) -> None:
    service.pick(item_id=item.pk, by=agent)

    with pytest.raises(AlreadyTaken):
        service.pick(item_id=item.pk, by=second_agent)


def test_picking_twice_holds_capacity_once(item: WorkItem, agent: Agent) -> None:
    first = service.pick(item_id=item.pk, by=agent)

    assert service.pick(item_id=item.pk, by=agent) == first
    assert units_used(agent) == 1


def test_a_stranger_to_the_queue_may_not_pick(
    item: WorkItem, agent_of_another_queue: Agent
) -> None:
    with pytest.raises(NotAMember):
        service.pick(item_id=item.pk, by=agent_of_another_queue)


def test_pushed_items_cannot_be_picked(workstream: Workstream, agent: Agent, now: datetime) -> None:
    item = arrive(workstream, now)

    with pytest.raises(NotPickable):
        service.pick(item_id=item.pk, by=agent)


@pytest.fixture
def pushed_item(workstream: Workstream, now: datetime) -> WorkItem:
    """Offered automatically, and free to be picked."""
    workstream.may_be_picked = True
    workstream.save()
    return arrive(workstream, now)


def test_a_workstream_may_let_its_pushed_items_be_picked(
    pushed_item: WorkItem, agent: Agent
) -> None:
    agent.presence.base = "away"
    agent.presence.save()
    Agent.objects.filter(pk=agent.pk).update(capacity_units=0)
    agent.refresh_from_db()

    pick = service.pick(item_id=pushed_item.pk, by=agent)

    assert (pick.how, pick.is_override) == ("pick", True)
    assert units_used(agent) == 1


def test_a_pushed_item_on_offer_cannot_be_picked(
    pushed_item: WorkItem, agent: Agent, second_agent: Agent, now: datetime
) -> None:
    service.run_cycle(now=now)
    pushed_item.refresh_from_db()
    other = second_agent if pushed_item.agent == agent else agent

    with pytest.raises(AlreadyTaken):
        service.pick(item_id=pushed_item.pk, by=other)


def test_what_is_offered_to_the_agent_himself_is_accepted_and_not_picked(
    pushed_item: WorkItem, agent: Agent, now: datetime
) -> None:
    service.run_cycle(now=now)

    with pytest.raises(AlreadyTaken):
        service.pick(item_id=pushed_item.pk, by=agent)


def test_what_waits_for_its_customer_or_is_over_cannot_be_picked(
    queue: Queue, agent: Agent, second_agent: Agent, now: datetime
) -> None:
    texts = make_workstream("Texts", mode=DistributionMode.PICK, queue=queue, channel=Channel.SMS)
    waits, closed = arrive(texts, now), arrive(texts, now)
    for each in (waits, closed):
        service.pick(item_id=each.pk, by=agent)
    service.close(item_id=waits.pk, by=agent)
    service.force_close(item_id=closed.pk, by=agent.user)

    for each in (waits, closed):
        with pytest.raises(AlreadyTaken):
            service.pick(item_id=each.pk, by=second_agent)


def test_members_only_pick_pushed_items(
    pushed_item: WorkItem, agent_of_another_queue: Agent
) -> None:
    with pytest.raises(NotAMember):
        service.pick(item_id=pushed_item.pk, by=agent_of_another_queue)


def test_the_router_leaves_items_to_pick_alone(item: WorkItem, agent: Agent, now: datetime) -> None:
    assert service.run_cycle(now=now).assigned == 0


def test_going_over_the_limit_shows_as_an_override(
    pick_workstream: Workstream, agent: Agent, now: datetime
) -> None:
    picks = [service.pick(item_id=arrive(pick_workstream, now).pk, by=agent) for _ in range(4)]

    assert [pick.is_override for pick in picks] == [False, False, False, True]
    assert units_used(agent) == 4


def test_it_holds_what_is_published_though_waiting_work_is_not_yet_renewed(
    item: WorkItem, agent: Agent, now: datetime
) -> None:
    Workstream.objects.filter(pk=item.workstream_id).update(capacity_units=2)
    configuration.publish(by=None, now=now)

    pick = service.pick(item_id=item.pk, by=agent)

    item.refresh_from_db()
    assert (pick.units, item.required_units, units_used(agent)) == (2, 2, 2)


def test_nothing_is_held_when_the_event_cannot_be_written(
    item: WorkItem, agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("workstreams.actions.move_item.event_of", refuse)
    with pytest.raises(RuntimeError):
        service.pick(item_id=item.pk, by=agent)

    item.refresh_from_db()
    assert item.state == ItemState.OPEN
    assert not Assignment.objects.exists()
