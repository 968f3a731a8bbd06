"""A router that dies or sleeps is replaced in seconds, and cannot write afterwards."""

import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from threading import Event, Thread

import psutil
import pytest

from routing.dispatcher.lease import LEASE_FOR
from routing.router import STANDBY_SECONDS
from tests.promises.processes import is_alive, send, wait_until
from tests.promises.world import World

PROMISED_SECONDS = 5.0
HELD = """
    SELECT extract(epoch FROM expires_at - clock_timestamp())::float
    FROM routing_routerlease WHERE epoch = %s AND expires_at > clock_timestamp()
"""
OFFERS_OF_OTHERS = "SELECT count(*) FROM routing_assignment WHERE how = 'push' AND epoch > %s"
LATE_OFFERS = """
    SELECT late.id FROM routing_assignment AS late WHERE late.epoch = %s AND late.id > (
        SELECT min(id) FROM routing_assignment WHERE epoch > %s
    )
"""


@pytest.fixture
def standby(world: World) -> Iterator[psutil.Process]:
    """A second router, ready to take over."""
    process = world.begin_standby()
    beats = "SELECT count(*) FROM config_heartbeat WHERE process = 'router' AND name LIKE %s"
    wait_until(lambda: world.value(beats, f"%:{process.pid}"), "a sign of life of the standby")
    yield process
    with suppress(psutil.Error):
        process.send_signal(signal.SIGCONT)
    world.end_process(process)


def test_assignments_go_on_after_the_death_of_the_active_router(
    world: World, standby: psutil.Process
) -> None:
    """What the lease leaves to run and a look of the standby fit into the promised time; how
    long it takes in fact is the benchmark's to say."""
    active, epoch = world.router_in_force()

    send([active], signal.SIGKILL)
    left = [seconds for (seconds,) in world.rows(HELD, epoch)]
    world.arrive("Chats")
    wait_until(lambda: world.value(OFFERS_OF_OTHERS, epoch), "an offer of another router")

    assert all(seconds + STANDBY_SECONDS < PROMISED_SECONDS for seconds in left)
    assert world.epoch() > epoch


def test_a_router_that_slept_through_its_lease_writes_nothing_any_more(
    world: World, standby: psutil.Process
) -> None:
    with arrivals(world):
        active, epoch = world.router_in_force()
        send([active], signal.SIGSTOP)
        try:
            time.sleep(LEASE_FOR.total_seconds() + 1)
            wait_until(lambda: world.value(OFFERS_OF_OTHERS, epoch), "offers of another router")
        finally:
            send([active], signal.SIGCONT)
        time.sleep(1.5)

    assert world.rows(LATE_OFFERS, epoch, epoch) == []
    assert world.epoch() > epoch
    assert active.is_running()


def test_a_router_that_ends_in_order_hands_over_at_once(
    world: World, standby: psutil.Process
) -> None:
    active, epoch = world.router_in_force()

    send([active], signal.SIGTERM)
    wait_until(lambda: not is_alive(active), "its end", every=0.005)

    assert world.rows(HELD, epoch) == []
    world.arrive("Chats")
    wait_until(lambda: world.value(OFFERS_OF_OTHERS, epoch), "an offer of another router")


class arrivals:
    """Items keep arriving while the block runs."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.over = Event()
        self.thread = Thread(target=self._arrive)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def _arrive(self) -> None:
        while not self.over.wait(0.05):
            item = self.world.arrive("Chats")
            # The agents keep room for what follows.
            path = f"/work-items/{item - 10}/close"
            self.world.client("supervisor").api("POST", path)
