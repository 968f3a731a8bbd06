"""Whether the events come from a server whose transaction ids went further than this one's.

A dump takes the ids along that events are read by, but not how far the server had counted. New
events would sort before the restored ones, and those would count as not settled yet: readers of
the feed would get nothing, for ever.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.core.checks import CheckMessage, Error
from django.db import DEFAULT_DB_ALIAS, connection

# Before the first migration there is nothing to look at.
IS_THERE_SQL: Final = "SELECT to_regclass('config_event') IS NOT NULL"
# One descent of the index config_event_feed. What others see of a transaction is below the
# snapshot's end, however many still run; one's own is not.
AHEAD_SQL: Final = """
    SELECT xid::text::bigint FROM config_event
    WHERE xid > GREATEST(pg_snapshot_xmax(pg_current_snapshot()), pg_current_xact_id_if_assigned())
    ORDER BY config_event.xid DESC, config_event.id DESC
    LIMIT 1
"""
SENTENCE: Final = (
    "The events of this database were restored from another server, whose transaction ids had "
    "reached {xid}. This one counts lower, so nobody would hear of new events."
)
CURE: Final = (
    "Stop PostgreSQL, run `pg_resetwal --epoch={epoch}` on its data directory, and start it again. "
    "README.md, under Backups, says what to do where you cannot."
)


def furthest_ahead() -> int | None:
    """The largest transaction id of an event that this server has not come to; else None."""
    with connection.cursor() as cursor:
        cursor.execute(IS_THERE_SQL)
        if cursor.fetchone() != (True,):
            return None
        cursor.execute(AHEAD_SQL)
        row = cursor.fetchone()
        return row[0] if row else None


def check_events(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Django's system check, for ``migrate`` and ``serve``."""
    xid = furthest_ahead() if DEFAULT_DB_ALIAS in (databases or ()) else None
    if xid is None:
        return []
    # The upper half of the ids alone: that is kept nowhere else, so any number is safe.
    cure = CURE.format(epoch=(xid >> 32) + 1)
    return [Error(SENTENCE.format(xid=xid), hint=cure, id="config.E001")]
