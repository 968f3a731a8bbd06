"""Whole lives of work items: taken in, routed, offered, accepted, ended, closed."""

import multiprocessing
import time
from collections.abc import Callable
from random import Random
from typing import Final

from django.db import connection
from django.db.models import QuerySet

from agents.models import Agent
from config.clock import database_now
from config.prepared import prepared_cursor
from config.refusal import Refusal
from routing import service
from routing.bench.life_rules import ROUTED, add_life_rules, customer_asking
from routing.bench.processes import serving
from routing.bench.row import Row, row_of
from routing.bench.yardsticks import pgbench
from routing.sql import statement
from workstreams.actions.take_in import take_in
from workstreams.models import WorkItem, Workstream
from workstreams.terms import ItemState

SECONDS: Final = 12
LONG_SECONDS: Final = 120
RUNS: Final = 3
DRIVERS: Final = 4
# Items on their way to an agent, of all drivers together: the router must find batches.
ON_THE_WAY: Final = 200
TAKEN_AT_ONCE: Final = 10
SERVED_AT_ONCE: Final = 50
# Before a driver that found nothing looks again.
POLL_SECONDS: Final = 0.02
TARGET: Final = 300.0
OFFERS: Final = """
SELECT item_id, agent_id FROM routing_assignment
WHERE outcome = 'pending' AND agent_id %% %s = %s ORDER BY id LIMIT %s
"""


def lives(
    name: str, workstream: Workstream, refill: Callable[[], None], *, is_full: bool
) -> list[Row]:
    """Items closed a second, with one real router and one real worker, and customers and agents in
    processes of their own that call the service; beside the same moves in plain SQL by as many
    clients. What ``refill`` lets wait goes on waiting. The full edition's last run is a long
    one."""
    add_life_rules(workstream)
    refill()
    sql = [pgbench(statement("yardstick_life"), {"workstream": workstream.pk}) for _ in range(RUNS)]
    yardstick = row_of(name.replace("whole", "yardstick"), sql, "lives/s")
    refill()
    tally = Tally()
    with serving("router", "worker"):
        runs = [_run(workstream, SECONDS, tally) for _ in range(RUNS - 1)]
        runs.append(_run(workstream, LONG_SECONDS if is_full else SECONDS, tally))
    queues = _lived().exclude(queue=workstream.fallback_queue_id).values("queue")
    assert queues.distinct().count() == ROUTED, "not led to queues by the rules"
    row = row_of(name, runs, "lives/s", yardstick=yardstick, target=TARGET, note=tally.note())
    return [yardstick, row]


class Tally:
    """What the drivers count together: items closed and on their way, and for each of them how
    often it looked for offers, and found none."""

    def __init__(self) -> None:
        self.context = multiprocessing.get_context("fork")
        self.closed, self.on_the_way = self.context.Value("i", 0), self.context.Value("i", 0)
        self.polls, self.empty = (self.context.Array("i", DRIVERS) for _ in range(2))

    def note(self) -> str:
        """Drivers that find nothing wait for the router; those that always do are the limit."""
        each = ", ".join(
            f"{empty:,} of {polls:,}"
            for empty, polls in zip(self.empty[:], self.polls[:], strict=True)
        )
        return f"polls without an offer, by driver: {each}"

    def claim(self) -> int:
        """How many more a driver may take in."""
        with self.on_the_way.get_lock():
            count: int = max(0, min(TAKEN_AT_ONCE, ON_THE_WAY - self.on_the_way.value))
            self.on_the_way.value += count
        return count

    def close(self) -> None:
        """One more is done."""
        for counter, number in ((self.on_the_way, -1), (self.closed, 1)):
            with counter.get_lock():
                counter.value += number

    def poll(self, driver: int, *, is_empty: bool) -> None:
        """A driver's own numbers, which nobody else writes."""
        self.polls[driver] += 1
        self.empty[driver] += is_empty


def _lived() -> QuerySet[WorkItem]:
    return WorkItem.objects.exclude(title__startswith="Bench item")


def _run(workstream: Workstream, seconds: int, tally: Tally) -> float:
    left = _lived().exclude(state=ItemState.CLOSED).count()
    connection.close()
    tally.closed.value, tally.on_the_way.value = 0, left
    end = time.time() + seconds
    drivers = [
        tally.context.Process(target=_drive, args=[workstream, number, end, tally])
        for number in range(DRIVERS)
    ]
    started = time.time()
    for driver in drivers:
        driver.start()
    for driver in drivers:
        driver.join()
    assert not any(driver.exitcode for driver in drivers), "a driver failed"
    return float(tally.closed.value) / (time.time() - started)


def _drive(workstream: Workstream, number: int, end: float, tally: Tally) -> None:
    """One process: every fourth agent, and customers who come as long as few are on their way.
    Who serves an item need not be who took it in, so all count together."""
    agents = {each.pk: each for each in Agent.objects.all() if each.pk % DRIVERS == number}
    random = Random(number)
    while time.time() < end:
        for _ in range(tally.claim()):
            take_in(workstream=workstream, **customer_asking(random), now=database_now())
        offers = _offers(number)
        for item_id, agent_id in offers:
            if _serve(item_id, agents[agent_id]):
                tally.close()
        tally.poll(number, is_empty=not offers)
        if not offers:
            time.sleep(POLL_SECONDS)


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
