"""What a cycle does where some of what it decided, or all of it, does not hold any more."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agents.models import Agent, CapacityProfile
from routing import configuration
from routing.dispatcher.candidates import Candidates
from routing.dispatcher.cycle import CycleResult, run_cycle
from routing.models import AgentChange, AgentLoad, Assignment
from routing.router import Router
from tests.factories import make_agent, make_item, make_profile, make_workstream
from tests.scenarios import arrive
from workstreams.models import Queue, Workstream

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(workstream: Workstream, queue: Queue, candidates: Candidates, now: datetime) -> None:
    """Two items, and two agents with room for one each, as the router remembers them."""
    for name in ("amira", "bela"):
        make_agent(name, queues=[queue], units=1)
        make_item(workstream, at=now, required_units=1)
    configuration.publish(by=None, now=now)
    candidates.refresh(configuration.current())


def is_full(*names: str) -> None:
    """And nobody told the router."""
    agents = Agent.objects.filter(user__username__in=names)
    AgentLoad.objects.filter(agent__in=agents).update(units_used=1)
    AgentChange.objects.all().delete()


def test_where_some_was_lost_there_is_more_to_do(waiting, candidates, now) -> None:
    is_full("bela")

    result = run_cycle(now=now, epoch=candidates.epoch, candidates=candidates)

    assert (result.proposed, result.assigned, result.has_more) == (2, 1, True)


def test_where_all_was_lost_nothing_is_asked_to_be_written(waiting, candidates, now) -> None:
    is_full("amira", "bela")

    with CaptureQueriesContext(connection) as asked:
        result = run_cycle(now=now, epoch=candidates.epoch, candidates=candidates)

    assert (result.proposed, result.assigned, result.has_more) == (2, 0, False)
    assert not [each for each in asked if "INTO routing_assignment" in each["sql"]]


def test_where_all_was_lost_a_router_finds_who_else_can_have_it(
    workstream: Workstream, queue: Queue, now: datetime
) -> None:
    for name in ("amira", "bela"):
        make_agent(name, queues=[queue], units=1)
    configuration.publish(by=None, now=now)
    router = Router()
    router.step()
    is_full("amira")
    arrive(workstream, now)

    router.step()

    assert Assignment.objects.get().agent.user.username == "bela"


def test_what_is_lost_again_is_left_to_the_next_wake_up(
    workstream: Workstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    def lose_all(**given: Any) -> CycleResult:
        tries.append(given)
        return CycleResult(proposed=1)

    monkeypatch.setattr("routing.router.service.run_cycle", lose_all)
    Router().step()

    assert len(tries) == 2


def test_a_profile_gets_no_more_than_it_has_room_for_by_then(queue, candidates, now) -> None:
    profile = make_profile(limit=2)
    make_agent(queues=[queue], profiles=[profile])
    workstream = make_workstream(queue=queue, capacity_format="profile")
    workstream.capacity_profiles.add(profile)
    for _ in range(2):
        arrive(workstream, now)
    candidates.refresh(configuration.current())
    CapacityProfile.objects.update(work_item_limit=1)
    AgentChange.objects.all().delete()

    result = run_cycle(now=now, epoch=candidates.epoch, candidates=candidates)

    assert (result.proposed, result.assigned) == (2, 1)


@pytest.mark.parametrize(("seconds", "assigned"), [(0.0, 1), (1000.0, 2)])
def test_a_cycle_that_takes_long_leaves_the_next_batch_to_another(
    waiting, candidates, now, monkeypatch: pytest.MonkeyPatch, seconds: float, assigned: int
) -> None:
    monkeypatch.setattr("routing.dispatcher.batches.LONGEST_SECONDS", seconds)

    result = run_cycle(now=now, epoch=candidates.epoch, candidates=candidates, limit=1, batches=5)

    assert (result.assigned, result.has_more) == (assigned, True)
