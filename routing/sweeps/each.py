"""Let one bad row of a sweep hold up neither the other rows nor the other duties."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import connection

log = logging.getLogger(__name__)

Row = TypeVar("Row")


def count_changed(rows: Iterable[Row], change: Callable[[Row], bool]) -> int:
    """How many rows ``change`` changed. A row that fails is logged and left for the next run;
    a database that has gone away ends the sweep.
    """
    return sum(_attempt(row, change) for row in rows)


def _attempt(row: Row, change: Callable[[Row], bool]) -> bool:
    try:
        return change(row)
    except Exception:
        if not connection.is_usable():
            raise
        log.exception("sweep left a row row=%s", row)
        return False
