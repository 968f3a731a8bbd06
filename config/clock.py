"""Database time, the one clock that decides, and the one that people are shown."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper

from config.prepared.cursor import prepared_cursor

# What people may name: at the ends of what a date can be no time zone can be counted with.
YEARS: Final = range(1900, 3000)

# What the database said last, and the stopwatch of this process then: no clock that anybody sets.
_heard: list[tuple[datetime, float]] = []


def database_now() -> datetime:
    """The time of the database server, moving within a transaction too."""
    with prepared_cursor() as cursor:
        return _ask(cursor)


def shown_now() -> datetime:
    """The same for people's eyes, told from what the database said last: it asks nothing, and a
    wrong clock of this process changes nothing. Each new connection hears it anew; a page that says
    that the database is not there has nothing else than the clock of the process."""
    if not _heard:
        return datetime.now(UTC)
    said, stopwatch = _heard[0]
    return said + timedelta(seconds=time.monotonic() - stopwatch)


def hear_the_time(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """A new connection of this process learns what time it is."""
    with connection.cursor() as cursor:
        _ask(cursor)


def _ask(cursor: Any) -> datetime:
    cursor.execute("SELECT clock_timestamp()")
    row = cursor.fetchone()
    assert row is not None
    now: datetime = row[0]
    _heard[:] = [(now, time.monotonic())]
    return now
