"""Looks again and again at a database in use: what changed since, and that the past stays."""

from dataclasses import dataclass, field
from typing import Final

from tests.promises.checker import SNAPSHOT, Connection, breaches

XMIN: Final = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
# Whoever changes an item tells of it in the same transaction, so these are all that changed.
TOUCHED: Final = """
    SELECT DISTINCT work_item_id FROM config_event
    WHERE xid >= %s::text::xid8 AND work_item_id IS NOT NULL
"""
# No transaction of these is running any more: they are the past.
DIGEST: Final = """
    SELECT count(*), COALESCE(sum(hashtextextended(event::text, 0)), 0)::text
    FROM config_event AS event WHERE xid >= %s::text::xid8 AND xid < %s::text::xid8
"""
PIECES: Final = """
    SELECT number, md5(string_agg(change::text, '' ORDER BY change.id))
    FROM routing_configurationversion AS version
    JOIN routing_configurationchange AS change ON change.version_id = version.number
    GROUP BY number
"""

Past = tuple[int, str]


@dataclass(kw_only=True)
class Watch:
    """Each look asks for the promises of what was touched since the one before (I2 to I6), and
    remembers what it saw of the past (I7)."""

    connection: Connection
    xmin: int = 0
    looks: int = 0
    items_looked_at: int = 0
    past: dict[tuple[int, int], Past] = field(default_factory=dict)
    versions: dict[int, str] = field(default_factory=dict)

    def look(self) -> list[str]:
        """Broken promises of what changed since the last look."""
        with self.connection.transaction():
            self.connection.execute(SNAPSHOT)
            since, self.xmin = self.xmin, self._xmin()
            touched = [id for (id,) in self.connection.execute(TOUCHED, [str(since)])]
            found = breaches(self.connection, touched)
            self.past[since, self.xmin] = self._digest(since, self.xmin)
            self.versions |= dict(self.connection.execute(PIECES).fetchall())
        self.looks += 1
        self.items_looked_at += len(touched)
        return found

    def rewritten(self) -> list[str]:
        """I7: what is no more as it was seen once."""
        with self.connection.transaction():
            self.connection.execute(SNAPSHOT)
            found = [
                f"I7: events of the transactions {since} to {until} are no more as they were"
                for (since, until), digest in self.past.items()
                if self._digest(since, until) != digest
            ]
            now: dict[int, str] = dict(self.connection.execute(PIECES).fetchall())
        return found + [
            f"I7: version {number} is no more as it was"
            for number, digest in self.versions.items()
            if now.get(number) != digest
        ]

    def _xmin(self) -> int:
        row = self.connection.execute(XMIN).fetchone()
        assert row is not None
        return int(row[0])

    def _digest(self, since: int, until: int) -> Past:
        row = self.connection.execute(DIGEST, [str(since), str(until)]).fetchone()
        assert row is not None
        return int(row[0]), str(row[1])
