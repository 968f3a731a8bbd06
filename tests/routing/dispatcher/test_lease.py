"""One router is active; who lost the lease can neither renew it nor write."""

from datetime import datetime, timedelta
from unittest.mock import Mock

import pytest
from django.db import connection
from django.utils import timezone

from agents.models import Agent
from routing import configuration, service
from routing.dispatcher import lease
from routing.dispatcher.candidates import Candidates, LeaseLost
from routing.dispatcher.cycle import run_cycle
from routing.models import Assignment, RouterLease
from tests.factories import make_agent, make_item, make_skill
from tests.scenarios import arrive
from workstreams.models import Queue, Workstream
from workstreams.terms import ItemState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_lease_runs_out_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a busy machine takes between two statements."""
    monkeypatch.setattr(lease, "LEASE_FOR", timedelta(hours=1))


def run_out() -> None:
    RouterLease.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


def in_force(epoch: int) -> bool:
    with connection.cursor() as cursor:
        return lease.holds_epoch(cursor, epoch)


def test_a_free_lease_is_given_to_the_first_who_asks() -> None:
    assert lease.acquire("first") is not None
    assert lease.acquire("second") is None
    assert RouterLease.objects.get().holder == "first"


def test_a_lease_that_ran_out_goes_to_another_router_with_a_higher_epoch() -> None:
    first = lease.acquire("first")
    assert first is not None
    run_out()

    assert lease.acquire("second") == first + 1
    assert not lease.renew(first)
    assert [in_force(first), in_force(first + 1)] == [False, True]


def test_renewing_holds_others_off() -> None:
    epoch = lease.acquire("first")
    assert epoch is not None
    run_out()

    assert lease.renew(epoch)
    assert lease.acquire("second") is None


def test_a_lease_given_up_is_free_at_once() -> None:
    epoch = lease.acquire("first")
    assert epoch is not None

    lease.give_up(epoch)

    assert lease.acquire("second") == epoch + 1


def test_giving_up_late_takes_nothing_from_the_next_router() -> None:
    first = lease.acquire("first")
    assert first is not None
    run_out()
    second = lease.acquire("second")

    lease.give_up(first)

    assert second is not None
    assert lease.acquire("third") is None


def test_a_cycle_with_an_old_epoch_writes_nothing(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = arrive(workstream, now)
    old = lease.acquire("first")
    assert old is not None
    run_out()
    new = lease.acquire("second")
    assert new is not None

    late = service.run_cycle(now=now, epoch=old)

    item.refresh_from_db()
    assert (late.proposed, late.assigned, item.state) == (1, 0, ItemState.OPEN)
    assert service.run_cycle(now=now, epoch=new).assigned == 1
    assert Assignment.objects.get(item=item).epoch == new


@pytest.mark.parametrize("finds_somebody", [True, False], ids=["for somebody", "for nobody"])
def test_the_lease_is_held_on_to_while_a_batch_is_decided(
    workstream: Workstream, queue: Queue, now: datetime, finds_somebody: bool
) -> None:
    agent = make_agent(queues=[queue], units=9)
    skills = [] if finds_somebody else [[make_skill("Latin").pk, 2]]
    for number in range(5):
        needs = {"required_skills": skills, "requirement_key": f"{number}"}
        make_item(workstream, at=now, required_units=1, **needs)
    configuration.publish(by=None, now=now)
    is_active = Mock(return_value=True)
    candidates = Candidates(lease.acquire("this one") or 0, is_active=is_active)
    seat = candidates.refresh(configuration.current()).seat(agent.pk)
    is_active.side_effect = [*[True] * 5, False]

    with pytest.raises(LeaseLost):
        run_cycle(now=now, epoch=candidates.epoch, candidates=candidates)

    assert not Assignment.objects.exists()
    assert seat is not None
    assert seat.version == 0


def test_the_lease_is_held_on_to_while_the_next_batch_is_decided(
    workstream: Workstream, queue: Queue, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("routing.dispatcher.batches.LONGEST_SECONDS", 1000.0)
    agent = make_agent(queues=[queue], units=9)
    for _ in range(4):
        make_item(workstream, at=now, required_units=1)
    configuration.publish(by=None, now=now)
    is_active = Mock(return_value=True)
    candidates = Candidates(lease.acquire("this one") or 0, is_active=is_active)
    seat = candidates.refresh(configuration.current()).seat(agent.pk)
    assert seat is not None
    # Once one batch is written and the next has given him something.
    is_active.side_effect = lambda: not (seat.version and Assignment.objects.exists())

    with pytest.raises(LeaseLost):
        run_cycle(now=now, epoch=candidates.epoch, limit=2, batches=2, candidates=candidates)

    assert Assignment.objects.count() == 2
