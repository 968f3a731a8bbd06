"""How fast the dispatcher assigns."""

import time
from collections.abc import Callable
from typing import Final

from agents.models import AgentPresence
from config.clock import database_now
from routing import service
from routing.bench.row import Row, row_of

RUNS: Final = 5
IDLE_TARGET_MS: Final = 20.0


def busy_cycles(
    name: str, refill: Callable[[], None], *, yardstick: Row, target_ratio: float
) -> Row:
    """Assignments a second of whole cycles, explanations stored; the first warms up."""
    refill()
    rates = [_one_cycle() for _ in range(RUNS + 1)][1:]
    target = target_ratio * yardstick.value
    return row_of(name, rates, "assignments/s", yardstick=yardstick, target=target)


def idle_cycles(name: str, refill: Callable[[], None]) -> Row:
    """Milliseconds of a cycle over waiting work that nobody can take."""
    refill()
    AgentPresence.objects.update(base="away")
    times = [_idle_cycle() for _ in range(RUNS + 1)][1:]
    AgentPresence.objects.update(base="available")
    return row_of(name, times, "ms", target=IDLE_TARGET_MS, at_least=False)


def _one_cycle() -> float:
    now = database_now()
    started = time.perf_counter()
    result = service.run_cycle(now=now)
    seconds = time.perf_counter() - started
    assert result.assigned == result.proposed > 0, result
    return result.assigned / seconds


def _idle_cycle() -> float:
    now = database_now()
    started = time.perf_counter()
    result = service.run_cycle(now=now)
    assert result.assigned == 0, result
    return (time.perf_counter() - started) * 1000
