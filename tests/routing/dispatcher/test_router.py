"""The router process: it keeps its lease through errors and hands it over when it ends."""

from collections import Counter
from collections.abc import Callable
from itertools import count
from typing import Any

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection
from django.test import Client

from agents.models import Agent, User
from config.clock import database_now
from routing import service
from routing.dispatcher import lease
from routing.dispatcher.candidates import LeaseLost
from routing.dispatcher.cycle import CycleResult
from routing.models import Assignment, RouterLease
from routing.queries.alarms import open_alarms
from routing.router import BATCHES_OF_MANY, LONG_AGO, Router
from tests.factories import make_agent, make_workstream
from tests.scenarios import arrive
from workstreams.models import Queue, Workstream
from workstreams.terms import ItemState

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

Cycle = Callable[..., CycleResult]


@pytest.fixture
def router(monkeypatch: pytest.MonkeyPatch) -> Router:
    monkeypatch.setattr("routing.router.STANDBY_SECONDS", 0.01)
    return Router()


def first_fails_then_ends(router: Router, fail: Callable[[], Any]) -> Cycle:
    """A cycle that fails once; the next one is the last."""
    calls: list[dict[str, Any]] = []

    def run_cycle(**given: Any) -> CycleResult:
        calls.append(given)
        if len(calls) == 1:
            fail()
        router.full_cycle_at = 0.0
        if len(calls) > 1:
            router.stop()
        return CycleResult()

    return run_cycle


def test_a_failed_statement_does_not_cost_the_lease(
    router: Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        router.full_cycle_at = 0.0
        raise OperationalError

    monkeypatch.setattr("routing.router.service.run_cycle", first_fails_then_ends(router, fail))

    router.run()

    assert router.epoch == RouterLease.objects.get().epoch == 1


def test_a_connection_that_breaks_below_django_does_not_end_the_router(
    router: Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        router.full_cycle_at = 0.0
        # As when it is cut while explanations are copied in.
        connection.close()
        raise psycopg.OperationalError

    monkeypatch.setattr("routing.router.service.run_cycle", first_fails_then_ends(router, fail))

    router.run()

    assert router.epoch == 1


@pytest.mark.parametrize("error", [LeaseLost, KeyError])
def test_a_comparison_that_fails_does_not_end_the_router(
    router: Router, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: Any) -> int:
        raise error

    monkeypatch.setattr("routing.router.service.compare_candidates", fail)

    router.step()

    assert router.epoch == 1


def test_who_lost_the_lease_during_an_error_stands_by(
    router: Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        RouterLease.objects.update(holder="another", epoch=2)
        # Ends where it would otherwise wait for the other's lease to run out.
        monkeypatch.setattr(lease, "acquire", lambda _: router.stop())
        raise OperationalError

    monkeypatch.setattr("routing.router.service.run_cycle", first_fails_then_ends(router, fail))

    router.run()

    assert router.epoch is None
    assert RouterLease.objects.get().holder == "another"


@pytest.mark.parametrize("is_lost", [True, False], ids=["lost its lease", "was stopped"])
def test_who_may_work_no_more_while_queues_are_tried_alone_tries_no_further(
    is_lost: bool, router: Router, workstream: Workstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in (workstream, make_workstream()):
        arrive(each, database_now())
    epochs = []

    def run_cycle(*, epoch: int, **_: Any) -> CycleResult:
        epochs.append(epoch)
        if len(epochs) == 2 and is_lost:
            RouterLease.objects.update(holder="another", epoch=2)
            router.renewed = LONG_AGO
        elif len(epochs) == 2:
            router.stop()
        raise ValueError

    monkeypatch.setattr("routing.router.service.run_cycle", run_cycle)

    router.step()

    assert epochs == [1, 1]


def test_the_connections_of_a_running_router_are_limited(
    router: Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def run_cycle(**_: Any) -> CycleResult:
        with connection.cursor() as cursor:
            cursor.execute("SHOW idle_in_transaction_session_timeout")
            seen.append(cursor.fetchone())
        router.stop()
        return CycleResult()

    monkeypatch.setattr("routing.router.service.run_cycle", run_cycle)
    router.run()

    assert seen == [("2s",)]


def test_once_a_batch_was_full_several_are_read_for_at_once(
    router: Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def run_cycle(*, batches: int, **_: Any) -> CycleResult:
        asked.append(batches)
        return CycleResult(proposed=1, assigned=1, has_more=len(asked) < 3)

    monkeypatch.setattr("routing.router.service.run_cycle", run_cycle)
    router.step()

    assert asked == [1, BATCHES_OF_MANY, BATCHES_OF_MANY]


@pytest.mark.parametrize("size", ["0", "-1", "many"])
def test_a_batch_size_that_is_none_is_refused(size: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROUTER_BATCH_SIZE", size)

    with pytest.raises(ImproperlyConfigured, match="ROUTER_BATCH_SIZE"):
        Router()


def test_a_router_writes_batches_of_the_size_it_was_told(
    queue: Queue, workstream: Workstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROUTER_BATCH_SIZE", "2")
    make_agent(queues=[queue], units=9)
    for _ in range(5):
        arrive(workstream, database_now())

    Router().step()

    moments = Counter(Assignment.objects.values_list("offered_at", flat=True))
    assert sorted(moments.values()) == [1, 2, 2]


def test_a_router_that_ends_gives_its_lease_up(router: Router) -> None:
    router.step()
    router.stop()
    router.run()

    assert lease.acquire("another") == 2


def test_a_queue_whose_cycle_fails_does_not_hold_up_the_others(
    workstream: Workstream, agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = database_now()
    bad = arrive(make_workstream(), now)
    good = arrive(workstream, now)
    run_cycle = service.run_cycle
    tries = count()

    def fail_for_the_bad_queue(*, queue_ids: list[int] | None, **rest: Any) -> CycleResult:
        if next(tries) > 9:
            pytest.fail("The queue that fails is tried again and again.")
        if queue_ids is None or bad.queue_id in queue_ids:
            raise ValueError
        return run_cycle(queue_ids=queue_ids, **rest)

    monkeypatch.setattr(service, "run_cycle", fail_for_the_bad_queue)
    Router().step()

    good.refresh_from_db()
    assert good.agent == agent


@pytest.mark.parametrize("is_full", [False, True], ids=["woken", "a full cycle"])
def test_a_cycle_that_fails_is_told_on_the_floor_until_it_works_again(
    is_full: bool,
    workstream: Workstream,
    agent: Agent,
    supervisor: User,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client.force_login(supervisor)
    item = arrive(workstream, database_now())
    router = Router()
    router.step()
    monkeypatch.setattr("routing.service.run_one_cycle", fails)
    again = arrive(workstream, database_now())
    router.full_cycle_at = 0.0 if is_full else router.full_cycle_at

    router.step()

    again.refresh_from_db()
    assert again.state == ItemState.OPEN
    [alarm] = open_alarms()
    assert alarm.alarm.detail.startswith("ZeroDivisionError in tests/")
    assert f"Assigning the work of queue {again.queue}" in client.get("/floor/").content.decode()

    monkeypatch.undo()
    router.full_cycle_at = 0.0
    router.step()
    service.acknowledge(alarm=alarm.alarm, by=supervisor)

    again.refresh_from_db()
    item.refresh_from_db()
    assert (item.agent, again.agent) == (agent, agent)
    assert open_alarms() == []
    assert "Assigning the work" not in client.get("/floor/").content.decode()


def fails(**_: Any) -> CycleResult:
    """An error that nobody expected."""
    raise ZeroDivisionError
