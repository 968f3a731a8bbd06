"""Overflow: a round of the sweep while many wait, and arrivals at a queue with a limit."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from config.clock import database_now
from routing import configuration
from routing.bench.organisation import fill_queues
from routing.bench.row import Row, row_of
from routing.bench.web import like_the_web
from routing.models import Rule, RuleQueue, Ruleset
from routing.sweeps import overflow_waiting
from routing.terms import RulesetKind
from workstreams.actions.take_in import take_in
from workstreams.models import OverflowRule, Queue, WorkItem, Workstream
from workstreams.terms import OverflowAction, OverflowCondition

RUNS: Final = 3
ROUNDS: Final = 10
ARRIVALS: Final = 60
PATIENCE_SECONDS: Final = 600
# A round has two seconds; assigning needs the rest of them.
TARGET_ROUND_MS: Final = 500.0
# What the look at a limit may cost, beside the same arrival without it.
DEARER: Final = 1.5
LIMIT: Final = 100


def overflow_rows(workstream: Workstream, *, waiting: int) -> Iterator[Row]:
    """Milliseconds of a round that lets twenty overflow, and of arrivals with and without."""
    yield from _sweep_rows(workstream, waiting)
    yield from _arrival_rows(workstream)


def _sweep_rows(workstream: Workstream, waiting: int) -> Iterator[Row]:
    """All wait too long already; each round takes the next twenty."""
    now = database_now()
    fill_queues(workstream=workstream, waiting=waiting, now=now - timedelta(hours=1))
    spare = Queue.objects.create(name="Spare", type=workstream.type)
    OverflowRule.objects.bulk_create(
        OverflowRule(
            queue=queue,
            condition=OverflowCondition.WAITING_TIME,
            threshold=PATIENCE_SECONDS,
            action=OverflowAction.TRANSFER,
            to_queue=spare,
            position=1,
        )
        for queue in Queue.objects.filter(is_default=False).exclude(pk=spare.pk)
    )
    configuration.publish(by=None, now=now)
    overflow_waiting.sweep(now=now, limit=200)
    yield row_of(
        f"overflow-sweep-{waiting}",
        [_round() for _ in range(RUNS)],
        "ms",
        target=TARGET_ROUND_MS,
        at_least=False,
    )


def _round() -> float:
    started = time.perf_counter()
    moved = sum(overflow_waiting.sweep(now=database_now(), limit=200) for _ in range(ROUNDS))
    assert moved == ROUNDS * overflow_waiting.BATCH
    return (time.perf_counter() - started) * 1000 / ROUNDS


def _arrival_rows(workstream: Workstream) -> Iterator[Row]:
    """By turns to a queue with a limit in which ten thousand wait, and to one without."""
    queues = list(Queue.objects.filter(is_default=False, type=workstream.type)[:2])
    _limit(queues[0], to=queues[1])
    _route(workstream, queues)
    configuration.publish(by=None, now=database_now())
    runs: dict[str, list[float]] = {"free": [], "limited": []}
    with like_the_web():
        for run in range(RUNS + 1):
            spent: dict[str, list[float]] = {name: [] for name in runs}
            for _ in range(ARRIVALS):
                for name in runs:
                    spent[name].append(_arrive(workstream, name))
            for name, times in spent.items():
                # The first run warms up.
                runs[name].extend([sorted(times)[int(ARRIVALS * 0.95)]] if run else [])
    yardstick = row_of("arrival-unlimited", runs["free"], "ms")
    yield yardstick
    yield row_of(
        "arrival-limited",
        runs["limited"],
        "ms",
        yardstick=yardstick,
        target=DEARER * yardstick.value,
        at_least=False,
    )


def _limit(queue: Queue, *, to: Queue) -> None:
    """Far more wait than may, as when the limit came late."""
    WorkItem.objects.filter(queue__is_default=False).exclude(queue=to).update(queue=queue)
    OverflowRule.objects.all().delete()
    OverflowRule.objects.create(
        queue=queue,
        condition=OverflowCondition.ITEM_LIMIT,
        threshold=LIMIT,
        action=OverflowAction.TRANSFER,
        to_queue=to,
        position=1,
    )


def _route(workstream: Workstream, queues: list[Queue]) -> None:
    ruleset = Ruleset.objects.create(
        kind=RulesetKind.ROUTE_TO_QUEUE, workstream=workstream, name="Route to queues"
    )
    for name, queue in zip(("limited", "free"), queues, strict=True):
        when = {"field": "context.kind", "op": "equals", "value": name}
        rule = Rule.objects.create(ruleset=ruleset, name=name, when=when)
        RuleQueue.objects.create(rule=rule, queue=queue)


def _arrive(workstream: Workstream, kind: str) -> float:
    started = time.perf_counter()
    take_in(workstream=workstream, context={"kind": kind}, now=database_now())
    return (time.perf_counter() - started) * 1000
