"""How fast the dispatcher assigns."""

import time
from collections.abc import Callable

from config.clock import database_now
from routing import service
from routing.bench.row import Row, row_of

RUNS = 5


def cycle(name: str, refill: Callable[[], None], *, yardstick: Row, target_ratio: float) -> Row:
    """Assignments a second of whole cycles of 1,000, explanations stored; the first warms up."""
    refill()
    rates = [_one_cycle() for _ in range(RUNS + 1)][1:]
    target = target_ratio * yardstick.value
    return row_of(name, rates, "assignments/s", yardstick=yardstick, target=target)


def _one_cycle() -> float:
    now = database_now()
    started = time.perf_counter()
    result = service.run_cycle(now=now)
    seconds = time.perf_counter() - started
    assert result.assigned == result.proposed > 0, result
    return result.assigned / seconds
