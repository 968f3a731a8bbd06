"""Ten sessions are ten pieces of open work (A 12, B 15.2), whatever they hold of the capacity."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from agents.models import Agent
from agents.queries.presence_choices import presence_control
from routing import service
from routing.models import AgentLoad, WakeUp
from routing.sweeps import recount_capacity, release_wrap_up
from tests.factories import make_agent, make_workstream
from tests.scenarios import arrive, in_wrap_up, offered, presence_of
from workstreams.models import Queue, WorkItem, Workstream

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
DO_NOT_DISTURB = ("busy_dnd", False)


@pytest.fixture
def agent(queue: Queue) -> Agent:
    return make_agent(units=50, queues=[queue])


@pytest.fixture
def for_a_time(queue: Queue) -> Workstream:
    return make_workstream(queue=queue, wrap_up_block="custom", wrap_up_seconds=300)


@pytest.fixture
def never(queue: Queue) -> Workstream:
    return make_workstream("Never", queue=queue, wrap_up_block="never")


@pytest.fixture(autouse=True)
def no_load_drifts(now: datetime) -> Iterator[None]:
    yield
    assert recount_capacity.sweep(now=now, limit=10) == 0


def sessions(agent: Agent) -> int:
    return AgentLoad.objects.get(agent=agent).items_held


def ten_in_wrap_up(workstream: Workstream, agent: Agent, now: datetime) -> list[WorkItem]:
    return [in_wrap_up(workstream, agent, now) for _ in range(10)]


def close(items: list[WorkItem], agent: Agent, now: datetime) -> None:
    for item in items:
        service.close(item_id=item.pk, by=agent, now=now)


def test_closed_work_whose_wrap_up_time_runs_is_no_session(
    for_a_time: Workstream, agent: Agent, now: datetime
) -> None:
    items = ten_in_wrap_up(for_a_time, agent, now)
    full = sessions(agent), presence_of(agent)

    close(items, agent, now)

    assert full == (10, DO_NOT_DISTURB)
    assert (sessions(agent), presence_of(agent)) == (0, ("busy", False))
    assert AgentLoad.objects.get(agent=agent).units_used == 10


def test_the_time_that_is_over_takes_no_session_twice(
    for_a_time: Workstream, agent: Agent, now: datetime
) -> None:
    closed, open_ = (in_wrap_up(for_a_time, agent, now) for _ in range(2))
    close([closed], agent, now)

    released = release_wrap_up.sweep(now=now + 5 * MINUTE, limit=10)
    still = sessions(agent)
    close([open_], agent, now + 6 * MINUTE)

    assert (released, still, sessions(agent)) == (2, 1, 0)


def test_ended_work_that_blocks_nothing_is_a_session_until_it_is_closed(
    never: Workstream, agent: Agent, now: datetime
) -> None:
    items = ten_in_wrap_up(never, agent, now)
    full = sessions(agent), presence_of(agent), presence_control(agent.pk).has_most_sessions
    arrive(never, now)
    given = service.run_cycle(now=now).assigned

    close(items[:1], agent, now)
    then = sessions(agent), presence_of(agent)
    given_then = service.run_cycle(now=now).assigned

    assert (full, given) == ((10, DO_NOT_DISTURB, True), 0)
    assert (then, given_then) == ((9, ("available", False)), 1)


def test_the_router_is_told_of_the_session_that_is_over(
    never: Workstream, agent: Agent, now: datetime
) -> None:
    item = in_wrap_up(never, agent, now)
    service.run_cycle(now=now)
    before = WakeUp.objects.filter(agent_id=agent.pk).count()

    close([item], agent, now)

    assert WakeUp.objects.filter(agent_id=agent.pk).count() > before


def test_what_was_without_work_last_is_told_by_capacity_and_not_by_sessions(
    for_a_time: Workstream, never: Workstream, agent: Agent, now: datetime
) -> None:
    in_wrap_up(never, agent, now)
    freed = AgentLoad.objects.get(agent=agent).last_released_at

    close([in_wrap_up(for_a_time, agent, now + MINUTE)], agent, now + MINUTE)

    assert freed == AgentLoad.objects.get(agent=agent).last_released_at == now


def test_an_offer_that_is_declined_is_no_session_any_more(
    for_a_time: Workstream, agent: Agent, now: datetime
) -> None:
    item = offered(for_a_time, now)
    before = sessions(agent)

    service.decline(item_id=item.pk, by=agent, now=now)

    assert (before, sessions(agent)) == (1, 0)


def test_a_count_of_sessions_that_drifted_is_mended_with_the_presence_that_follows(
    never: Workstream, agent: Agent, now: datetime
) -> None:
    items = ten_in_wrap_up(never, agent, now)
    AgentLoad.objects.filter(agent=agent).update(items_held=11)
    close(items[:1], agent, now)
    drifted = presence_of(agent)

    mended = recount_capacity.sweep(now=now, limit=10)

    assert (drifted, mended) == (DO_NOT_DISTURB, 1)
    assert (sessions(agent), presence_of(agent)) == (9, ("available", False))


def test_what_a_version_before_counted_refuses_no_end(
    never: Workstream, agent: Agent, now: datetime
) -> None:
    item = in_wrap_up(never, agent, now)
    AgentLoad.objects.filter(agent=agent).update(items_held=0)

    close([item], agent, now)

    assert sessions(agent) == 0
