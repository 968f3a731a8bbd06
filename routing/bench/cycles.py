"""How fast the dispatcher assigns, as a router does: with the agents in its memory."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from agents.models import AgentPresence
from config.clock import database_now
from routing.bench.row import Row, row_of
from routing.dispatcher import lease
from routing.dispatcher.candidates import Candidates
from routing.dispatcher.cycle import BATCH_SIZE, CycleResult, run_cycle
from routing.models import RouterLease

RUNS: Final = 5
IDLE_TARGET_MS: Final = 20.0
LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)


def new_router() -> Candidates:
    """What a router begins with: the lease, and no agent read."""
    RouterLease.objects.update(expires_at=LONG_AGO)
    epoch = lease.acquire("bench")
    assert epoch is not None
    return Candidates(epoch)


def busy_cycles(
    name: str, refill: Callable[[], None], *, yardstick: Row, target_ratio: float
) -> Row:
    """Assignments a second of whole cycles, explanations stored; the first warms up."""
    refill()
    target = target_ratio * yardstick.value
    return row_of(name, rates(), "assignments/s", yardstick=yardstick, target=target)


def rates(limit: int = BATCH_SIZE, runs: int = RUNS) -> list[float]:
    """Assignments a second of that many cycles, after one that reads all agents."""
    candidates = new_router()
    return [_one_cycle(candidates, limit) for _ in range(runs + 1)][1:]


def idle_cycles(name: str, refill: Callable[[], None]) -> Row:
    """Milliseconds of a cycle over waiting work while nobody is there."""
    refill()
    AgentPresence.objects.update(base="away")
    row = idle(name)
    AgentPresence.objects.update(base="available")
    return row


def idle(name: str) -> Row:
    """Milliseconds of a cycle that assigns nothing."""
    candidates = new_router()
    times = [_idle_cycle(candidates) for _ in range(RUNS + 1)][1:]
    return row_of(name, times, "ms", target=IDLE_TARGET_MS, at_least=False)


def _one_cycle(candidates: Candidates, limit: int) -> float:
    result, seconds = _timed(candidates, limit)
    assert result.assigned == result.proposed > 0, result
    return result.assigned / seconds


def _idle_cycle(candidates: Candidates) -> float:
    result, seconds = _timed(candidates, BATCH_SIZE)
    assert result.assigned == 0, result
    return seconds * 1000


def _timed(candidates: Candidates, limit: int) -> tuple[CycleResult, float]:
    now = database_now()
    started = time.perf_counter()
    result = run_cycle(now=now, epoch=candidates.epoch, candidates=candidates, limit=limit)
    return result, time.perf_counter() - started
