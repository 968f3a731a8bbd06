"""The only reader of the event feed.

Rows become visible out of the order of their ids, so the feed is read by
``(xid, id)`` and only below the oldest transaction still running: whatever is to
come sorts after everything read, and nothing is skipped.
"""

import re
from dataclasses import dataclass
from typing import Final

from django.db import connection

from config.models import Event
from config.refusal import Refusal

CURSOR: Final = re.compile(r"(\d{1,19})\.(\d{1,19})", re.ASCII)
LARGEST: Final = 2**63 - 1
# Uses the index config_event_feed; parameters: xid, id, limit. Ordered by the column, as the index
# is: a bare name would be what is shown, and each read would sort all that is left.
FEED_SQL: Final = """
    SELECT id, xid::text::bigint AS xid, at, kind, work_item_id, workstream_id, queue_id,
           agent_id, state, reason, data
    FROM config_event
    WHERE (xid, id) > (%s::text::xid8, %s)
      AND xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY config_event.xid, config_event.id
    LIMIT %s
"""
# The same without waiting for running transactions: hints in no reliable order. Rows that
# are settled come first, because the oldest running transaction is younger than they are.
HINTS_SQL: Final = """
    SELECT id, xid::text::bigint AS xid, kind, work_item_id, queue_id, agent_id, data,
           xid < pg_snapshot_xmin(pg_current_snapshot()) AS is_settled
    FROM config_event
    WHERE (xid, id) > (%s::text::xid8, %s)
    ORDER BY config_event.xid, config_event.id
    LIMIT %s
"""
LATEST_SQL: Final = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"


class UnknownCursor(Refusal):
    """This is not a cursor of the event feed. Start without one."""

    status = 422


@dataclass(frozen=True, kw_only=True, order=True)
class Cursor:
    """A place in the feed; outside this package an opaque text."""

    xid: int
    id: int

    def __str__(self) -> str:
        return f"{self.xid}.{self.id}"

    @property
    def parameters(self) -> tuple[str, int]:
        """For ``FEED_SQL``."""
        return str(self.xid), self.id


START: Final = Cursor(xid=0, id=0)


def parse(text: str) -> Cursor:
    """The cursor that was given out as this text. Refuses any other text."""
    match = CURSOR.fullmatch(text)
    if match is None:
        raise UnknownCursor
    xid, number = int(match[1]), int(match[2])
    if max(xid, number) > LARGEST:
        raise UnknownCursor
    return Cursor(xid=xid, id=number)


def read(after: Cursor | None, limit: int) -> tuple[list[Event], Cursor]:
    """The next events in order, and the cursor to go on from; one statement."""
    start = after or START
    events = list(Event.objects.raw(FEED_SQL, [*start.parameters, limit]))
    return events, position(events[-1]) if events else start


def latest() -> Cursor:
    """A cursor before everything that commits from now on.

    Taken before a page reads its rows, it makes a stream that starts there miss nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute(LATEST_SQL)
        row = cursor.fetchone()
    assert row is not None
    return Cursor(xid=row[0], id=0)


def position(event: Event) -> Cursor:
    """Where in the feed an event stands."""
    return Cursor(xid=event.xid, id=event.pk)
