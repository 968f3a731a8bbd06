"""Let one bad row of a sweep hold up neither the other rows nor the other duties."""

import logging
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, Generic, TypeAlias, TypeVar

from django.db import connection
from django.db.models import QuerySet
from psycopg.errors import LockNotAvailable

log = logging.getLogger(__name__)

Row = TypeVar("Row", bound=Hashable)
# Rows in order, or what says the first so many of them.
Due: TypeAlias = "QuerySet[Any, Row] | Callable[[int], Iterable[Row]]"
# Who holds one row for long often holds many: after the first the others are hardly waited for.
HARDLY: Final = "10ms"
# One of so many places is for what was left before.
SHARE: Final = 4

_may_go_on: Final = ContextVar[Callable[[], bool]]("may_go_on", default=lambda: True)


@contextmanager
def as_long_as(may_go_on: Callable[[], bool]) -> Iterator[None]:
    """Sweeps within ask before each row whether they may go on; what they did not try they find
    again."""
    token = _may_go_on.set(may_go_on)
    try:
        yield
    finally:
        _may_go_on.reset(token)


class Turns(Generic[Row]):
    """Whose turn it is among the rows of a sweep: those that it left come after the others, the one
    left longest ago first, so that they hold up nobody for ever; while there is no end of others
    they get a quarter of the places. This process remembers them."""

    def __init__(self) -> None:
        self._left: dict[Row, None] = {}

    def first(self, due: "Due[Row]", limit: int) -> list[Row]:
        """So many of those that are due."""
        most = limit + len(self._left)
        rows = list(due(most) if callable(due) else due[:most])
        found = set(rows)
        self._left = {row: None for row in self._left if row in found}
        others = [row for row in rows if row not in self._left]
        kept = max(limit - len(others), limit // SHARE)
        return [*others[: limit - min(kept, len(self._left))], *[*self._left][:kept]]

    def note(self, row: Row, *, is_left: bool) -> None:
        """What became of its turn."""
        self._left.pop(row, None)
        if is_left:
            self._left[row] = None


def count_changed(rows: Iterable[Row], change: Callable[[Row], int], turns: Turns[Row]) -> int:
    """How many rows ``change`` changed while it might go on. A row that fails, or that somebody
    holds, is logged and left for a later run; a database that has gone away ends the sweep.
    """
    usual: list[str] = []
    changed = 0
    may_go_on = _may_go_on.get()
    try:
        for row in rows:
            if not may_go_on():
                break
            done = 0
            try:
                done = _attempt(row, change, usual)
            finally:
                # Also one that costs the connection: the others come first the next time.
                turns.note(row, is_left=not done)
            changed += done
    finally:
        if usual and connection.is_usable():
            _wait_for_locks(usual[0])
    return changed


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
