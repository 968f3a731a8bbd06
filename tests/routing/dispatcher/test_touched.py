"""Which queues a change makes the router look at."""

from collections.abc import Callable
from datetime import datetime

import pytest

from agents.actions.set_agent_skills import set_agent_skills
from agents.actions.set_presence import set_presence
from agents.models import Agent, Presence, User
from agents.signals import capacity_changed
from routing import configuration, service
from routing.dispatcher import lease
from routing.dispatcher.touched import Touched, read_wake_ups
from routing.models import RouterLease
from tests.factories import make_agent, make_queue, make_skill
from tests.scenarios import arrive, in_conversation
from workstreams.actions.set_queue_members import set_queue_members
from workstreams.models import Queue, Workstream

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiet(workstream: Workstream, agent: Agent, now: datetime) -> Callable[[], None]:
    """Everything is published, and what woke the router so far is read."""

    def read() -> None:
        configuration.publish(by=None, now=now)
        read_wake_ups()

    read()
    return read


def test_nothing_happened_touches_nothing(quiet) -> None:
    assert read_wake_ups() == []


def test_an_arrival_touches_its_queue_once(quiet, workstream, queue, now) -> None:
    arrive(workstream, now)
    arrive(workstream, now)

    assert read_wake_ups() == [queue.pk]
    assert read_wake_ups() == []


def test_a_presence_touches_all_queues_of_the_agent(
    quiet, agent: Agent, queue: Queue, now: datetime
) -> None:
    other = make_queue()
    make_agent(queues=[make_queue()])
    other.memberships.create(agent=agent)
    quiet()

    away = Presence.objects.get(name="away")
    set_presence(agent=agent, presence=away, by=None, now=now)

    assert sorted(read_wake_ups() or []) == sorted([queue.pk, other.pk])


def test_capacity_that_comes_back_touches_the_agents_queues(
    quiet, workstream, agent, queue, now
) -> None:
    item = in_conversation(workstream, agent, now)
    quiet()

    service.release(item_id=item.pk, by=agent)

    assert read_wake_ups() == [queue.pk]


def test_a_changed_limit_touches_the_agents_queues(quiet, agent, queue, now) -> None:
    capacity_changed.send(sender=Agent, agent_ids=[agent.pk], now=now)

    assert read_wake_ups() == [queue.pk]


def test_new_skills_touch_the_agents_queues(
    quiet, agent: Agent, queue: Queue, administrator: User, now: datetime
) -> None:
    skill = make_skill("Spanish")
    quiet()

    set_agent_skills(agent=agent, skills=[(skill, 5)], by=administrator, now=now)

    assert read_wake_ups() == [queue.pk]


def test_new_members_touch_the_queue(
    quiet, queue: Queue, second_agent: Agent, administrator: User, now: datetime
) -> None:
    quiet()

    set_queue_members(queue=queue, agents=[second_agent], by=administrator, now=now)

    assert read_wake_ups() == [queue.pk]


def test_a_published_version_touches_every_queue(quiet, now) -> None:
    make_queue("New")
    configuration.publish(by=None, now=now)

    assert read_wake_ups() is None


def test_an_agent_without_queues_touches_nothing(quiet, now) -> None:
    capacity_changed.send(sender=Agent, agent_ids=[make_agent().pk], now=now)

    assert read_wake_ups() == []


def test_cycles_go_on_with_all_queues_that_were_woken_so_far(quiet, workstream, queue, now) -> None:
    other = make_queue()
    touched = Touched([other.pk])
    arrive(workstream, now)
    quiet()
    arrive(workstream, now)

    assert [touched.so_far(), touched.so_far()] == [[queue.pk, other.pk]] * 2


@pytest.mark.parametrize("is_all_at_first", [True, False])
def test_every_queue_stays_every_queue(
    is_all_at_first: bool, quiet, workstream: Workstream, now: datetime
) -> None:
    touched = Touched(None if is_all_at_first else [1])
    arrive(workstream, now)
    if not is_all_at_first:
        make_queue("New")
        configuration.publish(by=None, now=now)

    assert [touched.so_far(), touched.so_far(), read_wake_ups()] == [None, None, []]


def test_a_queue_that_is_looked_at_alone_stays_alone(quiet, workstream, queue, now) -> None:
    touched = Touched([1], is_alone=True)
    arrive(workstream, now)

    assert (touched.so_far(), read_wake_ups()) == ([1], [queue.pk])


def test_who_has_lost_the_lease_leaves_wake_ups_to_the_next_router(
    quiet, workstream: Workstream, queue: Queue, now: datetime
) -> None:
    epoch = lease.acquire("stalled")
    assert epoch is not None
    arrive(workstream, now)
    RouterLease.objects.update(holder="next", epoch=epoch + 1)

    late = Touched([], epoch=epoch).so_far(), read_wake_ups(epoch)

    assert late == ([], [])
    assert read_wake_ups(epoch + 1) == [queue.pk]
