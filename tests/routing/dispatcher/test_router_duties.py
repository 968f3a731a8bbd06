"""When the router does a duty again: at its pace, or at once where there is more to do."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from config.clock import database_now
from routing import configuration
from routing.dispatcher.cycle import CycleResult
from routing.router import SWEEP_LIMIT, Router
from routing.sweeps import overflow_waiting, route_published
from routing.sweeps.each import Turns, count_changed
from tests.factories import make_item, make_overflow, make_queue, make_workstream
from tests.routing.sweeps.situations import LATER, ROWS, idle_chats
from workstreams.models import WorkItem
from workstreams.terms import ItemState, OverflowCondition

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]


@pytest.mark.parametrize(("changed", "times"), [(0, 1), (SWEEP_LIMIT // 2, 1), (SWEEP_LIMIT, 3)])
def test_a_duty_is_done_again_in_the_next_round_where_its_batch_was_full(
    monkeypatch: pytest.MonkeyPatch, changed: int, times: int
) -> None:
    done = []

    def duty(**_: object) -> int:
        done.append(changed)
        return changed

    monkeypatch.setattr("routing.router.DUTIES", ((duty, 3600.0),))
    router = Router()

    for _ in range(3):
        router.step()

    assert len(done) == times


def test_a_heap_of_work_is_cleared_round_by_round(monkeypatch: pytest.MonkeyPatch) -> None:
    idle_chats(database_now() - LATER)
    monkeypatch.setattr("routing.router.SWEEP_LIMIT", 1)
    router = Router()

    for _ in range(ROWS):
        router.step()

    assert set(WorkItem.objects.values_list("state", flat=True)) == {ItemState.CLOSED}


def test_what_waited_too_long_goes_on_round_by_round() -> None:
    now, queue = database_now(), make_queue("Short")
    make_overflow(queue, OverflowCondition.WAITING_TIME, threshold=300, to=make_queue("Spare"))
    workstream = make_workstream(queue=queue)
    for _ in range(2 * overflow_waiting.BATCH + 1):
        make_item(workstream, at=now - LATER / 4)
    configuration.publish(by=None, now=now)
    router = Router()

    for _ in range(3):
        router.step()

    assert not WorkItem.objects.filter(queue=queue).exists()


def test_a_row_that_costs_the_connection_each_time_comes_after_cycles_and_the_other_rows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    router, done, turns = Router(), list[str](), Turns[str]()

    def change(row: str) -> bool:
        done.append(row)
        if len(done) > 5:
            router.stop()
        if row == "bad":
            end_connection()
        return True

    def duty(**_: Any) -> int:
        return count_changed(turns.first(lambda _: ["bad", "good"], 9), change, turns)

    monkeypatch.setattr("routing.router.DUTIES", ((duty, 0.0),))
    monkeypatch.setattr("routing.router.STANDBY_SECONDS", 0.01)
    monkeypatch.setattr("routing.router.service.run_cycle", noted(done, router))

    router.run()

    assert done == ["bad", "cycle", "good", "bad", "cycle"]


def test_nor_does_what_is_routed_before_a_cycle_keep_the_router_from_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    router, done = Router(), list[str]()

    def sweep(**_: Any) -> int:
        done.append("early")
        if len(done) > 5:
            router.stop()
        return end_connection()

    monkeypatch.setattr(route_published, "sweep", sweep)
    monkeypatch.setattr("routing.router.DUTIES", ())
    monkeypatch.setattr("routing.router.STANDBY_SECONDS", 0.01)
    monkeypatch.setattr("routing.router.service.run_cycle", noted(done, router))

    router.run()

    assert done[:2] == ["early", "cycle"]


def noted(done: list[str], router: Router) -> Callable[..., CycleResult]:
    """A cycle that assigns nothing; the second is the last."""

    def run_cycle(**_: Any) -> CycleResult:
        done.append("cycle")
        if done.count("cycle") == 2:
            router.stop()
        return CycleResult()

    return run_cycle


def end_connection() -> int:
    """As the server does where it was kept waiting in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    return 0
