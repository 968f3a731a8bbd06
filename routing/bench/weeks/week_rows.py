"""A week of work: do the tables that grow with each item keep their size, and are they purged as
fast as they are written?"""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.db import connection

from config.clock import database_now
from config.models import Event
from routing.bench.database import fresh_database
from routing.bench.organisation import build_organisation
from routing.bench.row import Row, row_of
from routing.bench.weeks.lives import Originals, live
from routing.dispatcher.touched import read_wake_ups
from routing.models import RoutingDecision, WakeUp
from routing.sweeps import purge_decisions, purge_events
from routing.terms import WakeUpKind

NAMES: Final = ("week-size", "week-purge")
KEPT_DAYS: Final = purge_events.KEPT_FOR // timedelta(days=1)
DAYS: Final = 7
# A day is written before one is purged, so the tables first grow to what that takes.
SETTLING: Final = 2
LIVES: Final = 200
COPIES_A_DAY: Final = 5
BATCH: Final = 5_000
ITEMS_A_SECOND: Final = 50
# Without a purge the last days of the week would be five to eight above it.
FLAT_PERCENT: Final = 102.0
LAST: Final = 3
SIZE: Final = """
    SELECT sum(pg_total_relation_size(name::regclass))::bigint
    FROM unnest(ARRAY['config_event', 'routing_routingdecision', 'routing_wakeup']) AS name
"""
PLAINLY: Final = """
    DELETE FROM config_event WHERE id IN (
        SELECT id FROM config_event WHERE at < %s ORDER BY at LIMIT %s
    )
"""


def week_rows(copies_a_day: int = COPIES_A_DAY) -> Iterator[Row]:
    """The size of the tables of events, decisions and wake-ups at the end of a week, as part of
    that at its beginning; and how many rows a second are purged, beside plain SQL.

    A week is shortened: the day has as many items as it says, not the four millions of fifty a
    second, and the clock of the purge moves on by a day once the day's work is there.
    """
    fresh_database()
    workstream = build_organisation(agents=50, queues=5, queues_of_agent=3, units=10)
    live(workstream, LIVES)
    originals = Originals()
    rows_each = originals.rows_each()
    for day in range(-KEPT_DAYS, 0):
        originals.copy(day=day, copies=copies_a_day)
    _purge(day=0)
    days = [_lived(originals, day, copies_a_day) for day in range(SETTLING + DAYS)]
    (_, at_first), week = days[SETTLING - 1], days[SETTLING:]
    rates, sizes = [rate for rate, _ in week], [100 * size / at_first for _, size in week]
    items = f"{copies_a_day * originals.count:,} items a day, {rows_each:.1f} rows each"
    yield row_of(
        NAMES[0],
        sizes[-LAST:],
        "% of first day",
        target=FLAT_PERCENT,
        at_least=False,
        note=f"{items}; the purge's clock moved a day at a time; {at_first:,} bytes at first",
    )
    plain = [_plainly(day=SETTLING + DAYS + day) for day in range(1, LAST + 1)]
    yardstick = row_of("yardstick-delete", plain, "rows/s")
    yield yardstick
    target = ITEMS_A_SECOND * rows_each
    yield row_of(NAMES[1], rates, "rows/s", yardstick=yardstick, target=target, note=items)


def _lived(originals: Originals, day: int, copies: int) -> tuple[float, int]:
    """Rows a second of the purge once the day's work is there, and the size after it."""
    originals.copy(day=day, copies=copies)
    _wake(copies * originals.count)
    return _purge(day=day + 1), _size()


def _wake(times: int) -> None:
    """Each arrival wakes the router, which takes what there is twenty times a second."""
    for _ in range(times):
        WakeUp.objects.create(kind=WakeUpKind.ARRIVAL)
        read_wake_ups()


def _purge(*, day: int) -> float:
    """Rows a second, batch by batch as the worker does it, until none is left."""
    now, deleted = database_now() + timedelta(days=day), 0
    started = time.perf_counter()
    for sweep in (purge_events.sweep, purge_decisions.sweep):
        while found := sweep(now=now, limit=BATCH):
            deleted += found
    return deleted / (time.perf_counter() - started)


def _plainly(*, day: int) -> float:
    """Rows a second where nobody asks what they belong to."""
    before, deleted = database_now() + timedelta(days=day) - purge_events.KEPT_FOR, 0
    started = time.perf_counter()
    with connection.cursor() as cursor:
        while True:
            cursor.execute(PLAINLY, [before, BATCH])
            if not cursor.rowcount:
                return deleted / (time.perf_counter() - started)
            deleted += cursor.rowcount


def _size() -> int:
    """Bytes, once the space of what was deleted is there to be used again, as autovacuum does."""
    with connection.cursor() as cursor:
        for model in (Event, RoutingDecision, WakeUp):
            cursor.execute(f"VACUUM {model._meta.db_table}")
        cursor.execute(SIZE)
        found: int = cursor.fetchone()[0]
    return found
