"""A million closed items beside the work of today: arrivals and publishing with and without."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from typing import Final

from django.db import connection

from config.clock import database_now
from routing import configuration
from routing.bench.database import make_twin, use_twin
from routing.bench.row import Row, row_of
from routing.bench.rule_documents import SEED, item_fields
from routing.models import Rule
from workstreams.actions.take_in import take_in
from workstreams.models import Workstream

RUNS: Final = 3
ARRIVALS: Final = 60
PUBLISHES: Final = 60
AT_A_TIME: Final = 6
# What a million closed items may cost at most, beside the same without them.
SLOWER: Final = 1.2
CLOSED: Final = """
INSERT INTO workstreams_workitem (
    workstream_id, kind, channel, title, state, reason, queue_id, is_pushed, priority, customer,
    context, attributes, required_skills, required_units, required_profiles, requirement_key,
    conversation_key, created_at, waiting_since, last_activity_at, state_changed_at, closed_at,
    configuration_version
)
SELECT
    %(workstream)s, 'conversation', 'live_chat', 'Bench item ' || number, 'closed', '',
    %(queue)s, true, 0, '{}', '{"tier": "value 1"}', '{}', '[]', 1, '{}', 'bench',
    gen_random_uuid(), at, at, at, at, at, 1
FROM (
    SELECT number, now() - number * interval '10 seconds' AS at
    FROM generate_series(1, %(count)s) AS number
) AS item
"""


def closed_rows(workstream: Workstream, *, closed: int) -> Iterator[Row]:
    """Milliseconds of the slow one in twenty, of arrivals and publishes, with and without.

    By turns, a few at a time, in two databases that differ in nothing else, so that both meet
    the same machine.
    """
    configuration.publish(by=None, now=database_now())
    make_twin()
    add_closed(workstream, closed)
    for is_twin in (False, True):
        use_twin(is_twin)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    for name, work, times in (("arrival", _arrive, ARRIVALS), ("publish", _publish, PUBLISHES)):
        runs: dict[bool, list[float]] = {False: [], True: []}
        for run in range(RUNS + 1):
            tails = _tails(partial(work, workstream), times)
            for is_twin, found in runs.items():
                # The first run warms up.
                found.extend([tails[is_twin]] if run else [])
        yardstick = row_of(f"{name}-none-closed", runs[False], "ms")
        yield yardstick
        yield row_of(
            f"{name}-1m-closed",
            runs[True],
            "ms",
            yardstick=yardstick,
            target=SLOWER * yardstick.value,
            at_least=False,
        )


def add_closed(workstream: Workstream, count: int) -> None:
    """Work of days past, six items a minute, and the statistics of tables that hold it."""
    names = {"workstream": workstream.pk, "queue": workstream.fallback_queue_id, "count": count}
    with connection.cursor() as cursor:
        cursor.execute(CLOSED, names)
        cursor.execute("VACUUM ANALYZE")


_random = Random(SEED)


def _arrive(workstream: Workstream) -> None:
    fields = item_fields(_random)
    take_in(
        workstream=workstream,
        title=fields["title"],
        customer=fields["customer"],
        context=fields["context"],
        attributes=fields["attributes"],
        now=database_now(),
    )


def _publish(workstream: Workstream) -> None:
    rules = Rule.objects.filter(ruleset__workstream=workstream, position=1)
    rules.update(name=f"Named at {time.time()}")
    assert configuration.publish(by=None, now=database_now()) is not None


def _tails(work: Callable[[], None], times: int) -> dict[bool, float]:
    """By whether it is the twin."""
    spent: dict[bool, list[float]] = {False: [], True: []}
    while len(spent[True]) < times:
        for is_twin, found in spent.items():
            use_twin(is_twin)
            # What the first one of a new connection reads is not its own.
            work()
            found.extend(_timed(work) for _ in range(AT_A_TIME))
    return {is_twin: sorted(found)[int(times * 0.95)] for is_twin, found in spent.items()}


def _timed(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000
