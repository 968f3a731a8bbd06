"""From an event to all open pages that listen, with a real web process."""

import time
from collections.abc import Iterator
from random import Random
from typing import Final

from config.clock import database_now
from config.live import reader
from config.live.tickets import make_ticket
from config.models import Event
from routing.bench.database import fresh_database
from routing.bench.listeners import Listeners, listening
from routing.bench.processes import serving
from routing.bench.row import Row, row_of

QUEUE: Final = 1
RUNS: Final = 3
EVENTS: Final = 10
TARGET_MS: Final = 500.0
# The poller looks ten times a second: each event comes at another moment of its round.
REST_SECONDS: Final = (0.15, 0.35)


def stream_rows(name: str, streams: int) -> Iterator[Row]:
    """Milliseconds from before an event is written until a page hears of it, of which one page in
    twenty takes longer: desks of all members of a queue at one web process, beside one alone."""
    fresh_database()
    with serving("web") as port:
        alone, all_of_them = (_runs(port, count) for count in (1, streams))
    yardstick = row_of(f"{name}-alone", alone, "ms")
    yield yardstick
    yield row_of(
        name,
        all_of_them,
        "ms",
        yardstick=yardstick,
        target=TARGET_MS,
        at_least=False,
        note=f"{streams:,} streams",
    )


def _runs(port: int, streams: int) -> list[float]:
    tickets = [make_ticket([f"agent-{each}", f"queue-{QUEUE}"]) for each in range(1, streams + 1)]
    with listening(port, tickets, after=str(reader.latest())) as listeners:
        # The first events find code and plans cold.
        _tail(listeners, Random(0))
        return [_tail(listeners, Random(run)) for run in range(RUNS)]


def _tail(listeners: Listeners, random: Random) -> float:
    times: list[float] = []
    for number in range(EVENTS):
        time.sleep(random.uniform(*REST_SECONDS))
        at = time.time()
        Event.append(
            Event.of(
                at=database_now(),
                kind="work-item-queued",
                data={},
                work_item_id=number + 1,
                queue_id=QUEUE,
            )
        )
        times += [(heard - at) * 1000 for heard in listeners.next_heard()]
    return sorted(times)[int(len(times) * 0.95)]
