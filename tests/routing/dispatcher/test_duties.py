"""What the router does besides assigning: count again, and clear away."""

import logging
from datetime import datetime, timedelta

import pytest

from agents.models import Agent
from config.models import Event
from routing import service
from routing.models import AgentLoad, ProfileLoad, RoutingDecision
from routing.sweeps import purge_decisions, purge_events, recount_capacity
from tests.factories import make_agent, make_profile, make_workstream
from tests.scenarios import in_conversation, in_wrap_up, offered, units_used
from workstreams.models import Queue, WorkItem, WorkItemEvent, Workstream

pytestmark = pytest.mark.django_db

LONG_AGO = timedelta(days=91)


@pytest.fixture
def profile_agent(queue: Queue) -> Agent:
    return make_agent("dora", queues=[queue], profiles=[make_profile("Cases")])


def recount(now: datetime) -> int:
    return recount_capacity.sweep(now=now, limit=100)


def test_there_is_no_drift_after_ordinary_work(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    in_wrap_up(workstream, agent, now)
    in_conversation(workstream, agent, now)
    offered(workstream, now)

    assert recount(now) == 0
    assert units_used(agent) == 3


def test_a_wrong_count_of_units_is_found_mended_and_reported(
    workstream: Workstream, agent: Agent, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    in_conversation(workstream, agent, now)
    AgentLoad.objects.filter(agent=agent).update(units_used=7, items_held=0)

    with caplog.at_level(logging.ERROR):
        assert [recount(now), recount(now)] == [1, 0]

    load = AgentLoad.objects.get(agent=agent)
    assert (load.units_used, load.items_held) == (1, 1)
    assert "load drifted" in caplog.text


def test_a_wrong_count_of_a_profile_is_mended(
    queue: Queue, profile_agent: Agent, now: datetime
) -> None:
    workstream = make_workstream(queue=queue, capacity_format="profile")
    workstream.capacity_profiles.add(profile_agent.capacity_profiles.get().profile)
    in_conversation(workstream, profile_agent, now)
    ProfileLoad.objects.update(used=2)

    assert [recount(now), recount(now)] == [1, 0]
    assert ProfileLoad.objects.get().used == 1


def test_one_recount_mends_no_more_agents_than_it_may(queue: Queue, now: datetime) -> None:
    for _ in range(3):
        make_agent(queues=[queue])
    AgentLoad.objects.update(units_used=1)

    assert [recount_capacity.sweep(now=now, limit=2) for _ in range(3)] == [2, 1, 0]


def test_old_events_and_decisions_go_and_others_stay(now: datetime) -> None:
    for at in (now - LONG_AGO, now):
        Event.objects.create(kind="presence-changed", at=at)
        RoutingDecision.objects.create(
            work_item_id=1, stage="routing", version=1, at=at, document={}
        )

    assert purge_events.sweep(now=now, limit=100) == 1
    assert purge_decisions.sweep(now=now, limit=100) == 1

    assert [event.at for event in Event.objects.all()] == [now]
    assert [decision.at for decision in RoutingDecision.objects.all()] == [now]


def test_unfinished_work_keeps_what_tells_how_it_stands(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    going_on = in_conversation(workstream, agent, now)
    over = in_conversation(workstream, agent, now)
    service.force_close(item_id=over.pk, by=agent.user, now=now)

    purge_events.sweep(now=now + LONG_AGO, limit=100)
    purge_decisions.sweep(now=now + LONG_AGO, limit=100)

    assert set(WorkItemEvent.objects.values_list("work_item_id", flat=True)) == {going_on.pk}
    kept = set(RoutingDecision.objects.values_list("work_item_id", flat=True))
    assert kept == {going_on.pk}


def purge_history(now: datetime) -> None:
    for sweep in (purge_events.sweep, purge_decisions.sweep):
        sweep(now=now, limit=100)


def history_of(item: WorkItem) -> tuple[int, int]:
    """How many events and decisions tell of it."""
    decisions = RoutingDecision.objects.filter(work_item_id=item.pk)
    return WorkItemEvent.objects.filter(work_item_id=item.pk).count(), decisions.count()


def test_work_keeps_all_its_history_until_its_end_is_as_old(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)
    end = now + LONG_AGO
    service.force_close(item_id=item.pk, by=agent.user, now=end)
    whole = history_of(item)

    purge_history(end + purge_events.KEPT_FOR)
    kept = history_of(item)
    purge_history(end + LONG_AGO)

    assert min(whole) > 0
    assert (kept, history_of(item)) == (whole, (0, 0))
