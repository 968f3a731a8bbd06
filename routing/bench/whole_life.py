"""Whole lives of work items: taken in, routed, offered, accepted, ended, closed."""

import multiprocessing
import time
from collections.abc import Callable
from typing import Any, Final

from django.db import connection

from agents.models import Agent
from config.clock import database_now
from config.refusal import Refusal
from routing import service
from routing.bench.processes import serving
from routing.bench.row import Row, row_of
from routing.bench.yardsticks import pgbench
from routing.models import Assignment
from routing.sql import statement
from routing.terms import Outcome
from workstreams.actions.take_in import take_in
from workstreams.models import Workstream

SECONDS: Final = 12
RUNS: Final = 3
DRIVERS: Final = 4
AT_ONCE: Final = 20
TARGET: Final = 300.0

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
    connection.close()
    context = multiprocessing.get_context("fork")
    closed = context.Value("i", 0)
    end = time.time() + SECONDS
    drivers = [
        context.Process(target=_drive, args=[workstream, number, end, closed])
        for number in range(DRIVERS)
    ]
    started = time.time()
    for driver in drivers:
        driver.start()
    for driver in drivers:
        driver.join()
    return float(closed.value) / (time.time() - started)


def _drive(workstream: Workstream, number: int, end: float, closed: Counter) -> None:
    """One process: every fourth agent, and as many customers as its agents keep busy."""
    agents = {each.pk: each for each in Agent.objects.all() if each.pk % DRIVERS == number}
    on_the_way = 0
    while time.time() < end:
        for _ in range(AT_ONCE - on_the_way):
            take_in(workstream=workstream, title="Bench", now=database_now())
            on_the_way += 1
        offers = Assignment.objects.filter(outcome=Outcome.PENDING, agent__in=agents.keys())
        found = list(offers.order_by("pk").values_list("item_id", "agent_id")[:AT_ONCE])
        if not found:
            time.sleep(0.01)
        for item_id, agent_id in found:
            if _serve(item_id, agents[agent_id]):
                on_the_way = max(0, on_the_way - 1)
                with closed.get_lock():
                    closed.value += 1


def _serve(item_id: int, agent: Agent) -> bool:
    try:
        service.accept(item_id=item_id, by=agent)
        service.end(item_id=item_id, by=agent)
        service.close(item_id=item_id, by=agent)
    except Refusal:
        return False
    return True
