"""What goes wrong in machine rooms, drawn by a seed; each method is one fault, whole."""

import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import psutil
import psycopg

from config.postgresql import server
from routing.dispatcher.lease import LEASE_FOR
from tests.promises.processes import send
from tests.promises.world import World

OTHERS: Final = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND random() < %s
"""
LOCK_ITEMS: Final = """
    SELECT id FROM workstreams_workitem WHERE state <> 'closed' ORDER BY id LIMIT 5 FOR UPDATE
"""
LOCK_LOADS: Final = "SELECT agent_id FROM routing_agentload ORDER BY agent_id LIMIT 5 FOR UPDATE"
# Against the order of the product: loads first, then the items of those agents.
CROSSING: Final = (
    "SELECT agent_id FROM routing_agentload WHERE agent_id = %s FOR UPDATE",
    "SELECT id FROM workstreams_workitem WHERE agent_id = %s AND state <> 'closed' FOR UPDATE",
)
BUSIEST: Final = "SELECT agent_id FROM routing_agentload ORDER BY items_held DESC LIMIT 5"


class Faults:
    """Draws and counts them."""

    def __init__(self, world: World, seed: int, *, minute: float = 60.0) -> None:
        self.world = world
        self.dice = random.Random(seed)
        self.minute = minute
        self.counts: Counter[str] = Counter()
        self.killed: set[int] = set()
        self.weights: dict[Callable[[], None], float] = {
            self.kill_router: 3, self.kill_web: 3, self.kill_worker: 1, self.stop_router: 3,
            self.stop_web: 2, self.stop_backend: 2, self.cut_connections: 3,
            self.black_hole_router: 2, self.black_hole_web: 2, self.black_hole_worker: 1,
            self.kill_postgresql: 1, self.restart_postgresql: 1, self.deadlock: 3,
            self.hold_locks: 2, self.leave_transaction_open: 0.5,
        }  # fmt: skip

    def inflict(self) -> None:
        """One of them."""
        self.do(self.dice.choices([*self.weights], [*self.weights.values()])[0])

    def do(self, fault: Callable[[], None]) -> None:
        """Have it happen; what it meets may be away already."""
        with suppress(psycopg.Error, psutil.Error):
            fault()
        self.counts[fault.__name__] += 1

    def kill_router(self) -> None:
        """The active one dies."""
        router = self.world.active_router()
        self.killed.add(router.pid)
        send([router], signal.SIGKILL)

    def kill_web(self) -> None:
        self.world.kill("web")

    def kill_worker(self) -> None:
        self.world.kill("worker")

    def stop_router(self) -> None:
        """The active one sleeps past its lease, and wakes with an old epoch."""
        self._stop([self.world.active_router()], LEASE_FOR.total_seconds() + 2)

    def stop_web(self) -> None:
        """The web sleeps in the middle of requests."""
        self._stop(self.world.of("web"), 3)

    def stop_backend(self) -> None:
        """Some of PostgreSQL's own processes hang, whatever they hold."""
        title = " ".join
        backends = self.world.of("postgres")
        serving = [each for each in backends if "switchyard switchyard" in title(each.cmdline())]
        self._stop(self.dice.sample(serving, min(2, len(serving))), 2)

    def cut_connections(self) -> None:
        """All connections to the database, or every other one."""
        self.world.rows(OTHERS, self.dice.choice((0.5, 1)))

    def black_hole_router(self) -> None:
        """Past its lease, where it was the active one."""
        self._swallow("router")

    def black_hole_web(self) -> None:
        """In the middle of requests, and of what they write."""
        self._swallow("web")

    def black_hole_worker(self) -> None:
        """In the middle of jobs."""
        self._swallow("worker")

    def kill_postgresql(self) -> None:
        self.world.kill("postgres", signal.SIGKILL)
        self.world.wait_ready()

    def restart_postgresql(self) -> None:
        """In order, as for an update."""
        server.stop(self.world.place)
        self.world.wait_ready()

    def deadlock(self) -> None:
        """Somebody locks against the order of the product."""
        with self.world.database() as database:
            agents = [id for (id,) in database.execute(BUSIEST).fetchall()]
            for agent in agents:
                with suppress(psycopg.errors.DeadlockDetected), database.transaction():
                    for statement in CROSSING:
                        database.execute(statement, [agent])
                        time.sleep(0.2)

    def hold_locks(self) -> None:
        """A transaction holds items, then loads, and does nothing."""
        self._leave_open(3)

    def leave_transaction_open(self) -> None:
        """The same for a minute."""
        self._leave_open(self.minute)

    def _swallow(self, role: str) -> None:
        """Who is behind this proxy hears nothing any more, and is cut off or heard late."""
        with self.world.proxies[role].black_hole(delivers=self.dice.random() < 0.5):
            time.sleep(LEASE_FOR.total_seconds() + 2)

    def _leave_open(self, seconds: float) -> None:
        with self.world.database() as database, database.transaction():
            database.execute(self.dice.choice((LOCK_ITEMS, LOCK_LOADS)))
            time.sleep(seconds)

    def _stop(self, processes: list[psutil.Process], seconds: float) -> None:
        send(processes, signal.SIGSTOP)
        try:
            time.sleep(seconds)
        finally:
            send(processes, signal.SIGCONT)
