"""How fast rules decide and compile; no database is asked.

In processor time of the one thread, because the engine waits for nothing: other programs on the
machine do not count.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from random import Random
from typing import Any, Final

from config.collector import collector_paused
from routing.bench.row import Row, row_of
from routing.bench.rule_documents import SEED, item_fields, workstream_document
from routing.engine.choose_queue import choose_queue
from routing.engine.classify import classify
from routing.engine.configuration import RouteRule, Rule, Workstream, compile_piece
from routing.engine.explain import routing_document

NOW: Final = datetime(2025, 3, 3, 12, tzinfo=UTC)
RUNS: Final = 5
ITEMS: Final = 1000
DECIDE_TARGET_MS: Final = 0.5
COMPILE_TARGET_SECONDS: Final = 2.0
WORKSTREAMS: Final = 50


def rule_rows() -> Iterator[Row]:
    """500 rules of 10 conditions an item, and 10,000 rules compiled."""
    random = Random(SEED)
    document = workstream_document(random, classification=300, routes=200)
    workstream = compile_piece("workstream", document, id=1)
    items = [item_fields(random) for _ in range(ITEMS)]
    plain = [_tail(items[: ITEMS // 10], lambda item: _plainly(workstream, item)) for _ in range(3)]
    yardstick = row_of("yardstick-500-rules-each", plain, "ms CPU")
    yield yardstick
    _decided(workstream, items[0])
    tails = [_tail(items, lambda item: _decided(workstream, item)) for _ in range(RUNS)]
    yield row_of(
        "rules-500-p95",
        tails,
        "ms CPU",
        yardstick=yardstick,
        target=DECIDE_TARGET_MS,
        at_least=False,
    )
    documents = [
        workstream_document(random, classification=100, routes=100) for _ in range(WORKSTREAMS)
    ]
    seconds = [_spent(lambda: _compile_all(documents)) for _ in range(RUNS)]
    yield row_of("compile-10000", seconds, "s CPU", target=COMPILE_TARGET_SECONDS, at_least=False)


def _decided(workstream: Workstream, item: dict[str, Any]) -> None:
    """As on arrival: classified, led to a queue, and explained."""
    classification = classify(workstream.classification, item, now=NOW)
    choice = choose_queue(
        workstream.route_to_queue,
        classification.fields,
        now=NOW,
        draw_key="1",
        fallback_queue="Queue",
        known_queues=("Queue",),
    )
    routing_document(
        configuration_version=1, workstream="Bench", classification=classification, queue=choice
    )


def _plainly(workstream: Workstream, item: dict[str, Any]) -> None:
    """Every rule tested and its answer written down, which is what there is to be faster than."""
    lists: list[Iterable[Rule | RouteRule]] = [each.rules for each in workstream.classification]
    answers = []
    for rule in chain(*lists, workstream.route_to_queue):
        notes: list[str] = []
        answers.append((rule.name, rule.when.matches(item, NOW, notes), notes))


def _compile_all(documents: list[dict[str, Any]]) -> None:
    """As a version is loaded."""
    with collector_paused():
        for number, document in enumerate(documents):
            compile_piece("workstream", document, id=number)


def _tail(items: list[dict[str, Any]], decide: Callable[[dict[str, Any]], None]) -> float:
    """Milliseconds of an item, of which one in twenty takes longer."""
    times = sorted(_spent(partial(decide, item)) for item in items)
    return times[int(len(times) * 0.95)] * 1000


def _spent(work: Callable[[], None]) -> float:
    started = time.thread_time()
    work()
    return time.thread_time() - started
