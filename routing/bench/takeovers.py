"""From the death of the active router to the next offer, with real processes."""

import os
import signal
import time
from typing import Final

from config.clock import database_now
from routing.bench.processes import serving
from routing.bench.row import Row, row_of
from routing.models import RouterLease
from workstreams.actions.take_in import take_in
from workstreams.models import WorkItem, Workstream

RUNS: Final = 5
TARGET_SECONDS: Final = 5.0
PATIENCE_SECONDS: Final = 60
POLL_SECONDS: Final = 0.01
# Until the router that died is there again and stands by.
REST_SECONDS: Final = 6.0


def takeovers(names: tuple[str, str], workstream: Workstream) -> list[Row]:
    """Seconds until an item that came in at that moment is offered, after the router that held
    the lease was killed, and after it was asked to end. Another one stands by."""
    with serving("router", "router"):
        killed = [_time(workstream, signal.SIGKILL) for _ in range(RUNS)]
        ended = [_time(workstream, signal.SIGTERM) for _ in range(RUNS)]
    return [
        row_of(name, runs, "s", target=TARGET_SECONDS, at_least=False)
        for name, runs in zip(names, (killed, ended), strict=True)
    ]


def _time(workstream: Workstream, number: signal.Signals) -> float:
    time.sleep(REST_SECONDS)
    holder = RouterLease.objects.get(expires_at__gt=database_now()).holder
    os.kill(int(holder.rpartition(":")[2]), number)
    began = time.monotonic()
    item = take_in(workstream=workstream, title="Bench", now=database_now())
    while not WorkItem.objects.filter(pk=item.pk, agent__isnull=False).exists():
        if time.monotonic() - began > PATIENCE_SECONDS:
            raise TimeoutError("no router took over")
        time.sleep(POLL_SECONDS)
    return time.monotonic() - began
