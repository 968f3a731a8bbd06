"""Let one bad row of a sweep hold up neither the other rows nor the other duties."""

import logging
from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from django.db import connection
from psycopg.errors import LockNotAvailable

log = logging.getLogger(__name__)

Row = TypeVar("Row")
# Who holds one row for long often holds many: after the first the others are hardly waited for.
HARDLY: Final = "10ms"


def count_changed(rows: Iterable[Row], change: Callable[[Row], int]) -> int:
    """How many rows ``change`` changed. A row that fails, or that somebody holds, is logged and
    left for the next run; a database that has gone away ends the sweep.
    """
    usual: list[str] = []
    try:
        return sum(_attempt(row, change, usual) for row in rows)
    finally:
        if usual and connection.is_usable():
            _wait_for_locks(usual[0])


def _attempt(row: Row, change: Callable[[Row], int], usual: list[str]) -> int:
    try:
        return change(row)
    except Exception as error:
        if not connection.is_usable():
            raise
        log.exception("sweep left a row row=%s", row)
        if not usual and isinstance(error.__cause__, LockNotAvailable):
            usual.append(_wait_for_locks(HARDLY))
        return 0


def _wait_for_locks(time: str) -> str:
    """So long from now on; how long it was before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout')")
        (before,) = cursor.fetchone()
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [time])
    return str(before)
