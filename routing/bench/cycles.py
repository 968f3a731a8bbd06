"""How fast the dispatcher assigns, as a router does: with the agents in its memory."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from django.db.models import OuterRef, Subquery

from agents.models import Agent, AgentCapacityProfile, AgentPresence, CapacityProfile
from config.clock import database_now
from routing.bench.row import Row, row_of
from routing.dispatcher import lease
from routing.dispatcher.candidates import Candidates
from routing.dispatcher.cycle import BATCH_SIZE, CycleResult, run_cycle
from routing.models import AgentLoad, RouterLease
from routing.router import BATCHES_OF_MANY

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
    name: str,
    refill: Callable[[], None],
    *,
    yardstick: Row,
    target_ratio: float,
    in_a_row: int = RUNS,
) -> Row:
    """Assignments a second of whole cycles as a router runs them while much waits: four batches of
    1,000 from one reading, explanations stored. As many ``in_a_row`` as there is work for, then
    all begins anew; the first of a row warms up and does not count."""
    values: list[float] = []
    while len(values) < RUNS:
        refill()
        values += rates(runs=in_a_row, batches=BATCHES_OF_MANY)
    target = target_ratio * yardstick.value
    return row_of(name, values, "assignments/s", yardstick=yardstick, target=target)


def rates(limit: int = BATCH_SIZE, runs: int = RUNS, *, batches: int = 1) -> list[float]:
    """Assignments a second of that many cycles, after one that reads all agents."""
    candidates = new_router()
    _one_cycle(candidates, limit, batches=1)
    return [_one_cycle(candidates, limit, batches) for _ in range(runs)]


def first_cycles(name: str, refill: Callable[[], None]) -> Row:
    """Milliseconds of the cycle that a router begins with: it reads all agents, and assigns."""
    refill()
    times = []
    for _ in range(RUNS + 1):
        result, seconds = _timed(new_router(), BATCH_SIZE, batches=1)
        assert result.assigned == result.proposed > 0, result
        times.append(seconds * 1000)
    # The first one compiles the configuration, too.
    return row_of(name, times[1:], "ms")


def idle_cycles(name: str, refill: Callable[[], None]) -> Row:
    """Milliseconds of a cycle over waiting work while nobody is there."""
    refill()
    AgentPresence.objects.update(base="away")
    row = idle(name)
    AgentPresence.objects.update(base="available")
    return row


def idle(name: str, *, is_cold: bool = False) -> Row:
    """Milliseconds of a cycle that assigns nothing, after one that reads all agents. Where it
    ``is_cold``, the router looks at all that waits, as it does every few seconds; else at what
    it does not remember as work that nobody can take."""
    candidates = new_router()
    _idle_cycle(candidates)
    times = []
    for _ in range(RUNS):
        if is_cold:
            candidates.blocked.clear()
        times.append(_idle_cycle(candidates))
    return row_of(name, times, "ms", target=IDLE_TARGET_MS, at_least=False)


def full_cycles(name: str, refill: Callable[[], None]) -> Row:
    """Milliseconds of a cycle over waiting work while everybody is full. All hold a profile, so
    that work without units might still go to them: their queues are looked at."""
    profile = CapacityProfile.objects.create(name="Bench profile", work_item_limit=1)
    agents = Agent.objects.order_by("pk")
    AgentCapacityProfile.objects.bulk_create(
        (AgentCapacityProfile(agent=agent, profile=profile) for agent in agents),
        batch_size=BATCH_SIZE,
    )
    refill()
    full = agents.filter(pk=OuterRef("agent")).values("capacity_units")
    AgentLoad.objects.update(units_used=Subquery(full))
    row = idle(name, is_cold=True)
    profile.holders.all().delete()
    profile.delete()
    AgentLoad.objects.update(units_used=0)
    return row


def _one_cycle(candidates: Candidates, limit: int, batches: int) -> float:
    result, seconds = _timed(candidates, limit, batches)
    assert result.assigned == result.proposed > 0, result
    return result.assigned / seconds


def _idle_cycle(candidates: Candidates) -> float:
    result, seconds = _timed(candidates, BATCH_SIZE, batches=1)
    assert result.assigned == 0, result
    return seconds * 1000


def _timed(candidates: Candidates, limit: int, batches: int) -> tuple[CycleResult, float]:
    now = database_now()
    started = time.perf_counter()
    result = run_cycle(
        now=now, epoch=candidates.epoch, candidates=candidates, limit=limit, batches=batches
    )
    return result, time.perf_counter() - started
