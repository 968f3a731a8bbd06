"""Whole lives of work items: taken in, routed, offered, accepted, ended, closed."""

import multiprocessing
import time
from collections.abc import Callable
from typing import Any, Final

from django.db import connection

from agents.models import Agent
from config.clock import database_now
from config.prepared import prepared_cursor
from config.refusal import Refusal
from routing import service
from routing.bench.processes import serving
from routing.bench.row import Row, row_of
from routing.bench.yardsticks import pgbench
from routing.sql import statement
from workstreams.actions.take_in import take_in
from workstreams.models import WorkItem, Workstream
from workstreams.terms import ItemState

SECONDS: Final = 12
RUNS: Final = 3
DRIVERS: Final = 4
# Items on their way to an agent, of all drivers together: the router must find batches.
ON_THE_WAY: Final = 200
TAKEN_AT_ONCE: Final = 10
SERVED_AT_ONCE: Final = 50
TARGET: Final = 300.0
OFFERS: Final = """
SELECT item_id, agent_id FROM routing_assignment
WHERE outcome = 'pending' AND agent_id %% %s = %s ORDER BY id LIMIT %s
"""

Counter = Any


def lives(name: str, workstream: Workstream, refill: Callable[[], None]) -> list[Row]:
    """Items closed a second, with one real router, and customers and agents in processes of
    their own that call the service; beside the same moves in plain SQL by as many clients."""
    refill()
    sql = [pgbench(statement("yardstick_life"), {"workstream": workstream.pk}) for _ in range(RUNS)]
    yardstick = row_of("yardstick-life", sql, "lives/s")
    refill()
    with serving("router"):
        runs = [_run(workstream) for _ in range(RUNS)]
    return [yardstick, row_of(name, runs, "lives/s", yardstick=yardstick, target=TARGET)]


def _run(workstream: Workstream) -> float:
    left = WorkItem.objects.exclude(state=ItemState.CLOSED).count()
    connection.close()
    context = multiprocessing.get_context("fork")
    closed, on_the_way = context.Value("i", 0), context.Value("i", left)
    end = time.time() + SECONDS
    drivers = [
        context.Process(target=_drive, args=[workstream, number, end, closed, on_the_way])
        for number in range(DRIVERS)
    ]
    started = time.time()
    for driver in drivers:
        driver.start()
    for driver in drivers:
        driver.join()
    return float(closed.value) / (time.time() - started)


def _drive(
    workstream: Workstream, number: int, end: float, closed: Counter, on_the_way: Counter
) -> None:
    """One process: every fourth agent, and customers who come as long as few are on their way.
    Who serves an item need not be who took it in, so all count together."""
    agents = {each.pk: each for each in Agent.objects.all() if each.pk % DRIVERS == number}
    while time.time() < end:
        for _ in range(_claim(on_the_way)):
            take_in(workstream=workstream, title="Bench", now=database_now())
        offers = _offers(number)
        for item_id, agent_id in offers:
            if _serve(item_id, agents[agent_id]):
                _add(on_the_way, -1)
                _add(closed, 1)
        if not offers:
            time.sleep(0.005)


def _claim(on_the_way: Counter) -> int:
    """How many more this driver may take in."""
    with on_the_way.get_lock():
        count: int = max(0, min(TAKEN_AT_ONCE, ON_THE_WAY - on_the_way.value))
        on_the_way.value += count
    return count


def _add(counter: Counter, number: int) -> None:
    with counter.get_lock():
        counter.value += number


def _offers(number: int) -> list[tuple[int, int]]:
    with prepared_cursor() as cursor:
        cursor.execute(OFFERS, [DRIVERS, number, SERVED_AT_ONCE])
        found: list[tuple[int, int]] = cursor.fetchall()
    return found


def _serve(item_id: int, agent: Agent) -> bool:
    try:
        service.accept(item_id=item_id, by=agent)
        service.end(item_id=item_id, by=agent)
        service.close(item_id=item_id, by=agent)
    except Refusal:
        return False
    return True
