"""Looks again and again at a database in use: what changed since, and that the past stays."""

from dataclasses import dataclass, field
from typing import Final, LiteralString

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
    SELECT number, md5(version::text || string_agg(
        change::text || COALESCE(piece::text, ''), '' ORDER BY change.id
    ))
    FROM routing_configurationversion AS version
    JOIN routing_configurationchange AS change ON change.version_id = version.number
    LEFT JOIN routing_configurationpiece AS piece ON piece.hash = change.piece_id
    GROUP BY number, version.*
"""
# What is over of an item, and told by rows that no transaction was writing then: a row that
# changes is written anew.
OVER: Final[dict[str, LiteralString]] = {
    "decisions": """
        SELECT count(*), COALESCE(sum(hashtextextended(one::text, 0)), 0)::text
        FROM routing_routingdecision AS one
        WHERE work_item_id = ANY(%(items)s) AND xmin::text::bigint < %(until)s
    """,
    "words": """
        SELECT count(*), COALESCE(sum(hashtextextended(one::text, 0)), 0)::text
        FROM workstreams_message AS one
        WHERE item_id = ANY(%(items)s) AND xmin::text::bigint < %(until)s
    """,
    "receipts": """
        SELECT count(*), COALESCE(sum(hashtextextended(one::text, 0)), 0)::text
        FROM routing_assignment AS one
        WHERE item_id = ANY(%(items)s) AND xmin::text::bigint < %(until)s
            AND ended_at IS NOT NULL AND capacity_released_at IS NOT NULL
            AND (day_ends_at IS NULL OR day_released_at IS NOT NULL)
    """,
}

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
    over: list[tuple[list[int], int, dict[str, Past]]] = field(default_factory=list)
    versions: dict[int, str] = field(default_factory=dict)

    def look(self) -> list[str]:
        """Broken promises of what changed since the last look. One that fails is looked at again
        whole."""
        with self.connection.transaction():
            self.connection.execute(SNAPSHOT)
            since, until = self.xmin, self._xmin()
            touched = [id for (id,) in self.connection.execute(TOUCHED, [str(since)])]
            found = breaches(self.connection, touched)
            past = self._digest(since, until)
            over = {what: self._over(what, touched, until) for what in OVER}
            versions: dict[int, str] = dict(self.connection.execute(PIECES).fetchall())
        self.xmin = until
        self.past[since, until] = past
        self.over.append((touched, until, over))
        self.versions |= versions
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
            found += [
                f"I7: {what} of items {items[:3]} and others are no more as they were"
                for items, until, over in self.over
                for what, digest in over.items()
                if self._over(what, items, until) != digest
            ]
            now: dict[int, str] = dict(self.connection.execute(PIECES).fetchall())
        return found + [
            f"I7: version {number} is no more as it was"
            for number, digest in self.versions.items()
            if now.get(number) != digest
        ]

    def _over(self, what: str, items: list[int], until: int) -> Past:
        row = self.connection.execute(OVER[what], {"items": items, "until": until}).fetchone()
        assert row is not None
        return int(row[0]), str(row[1])

    def _xmin(self) -> int:
        row = self.connection.execute(XMIN).fetchone()
        assert row is not None
        return int(row[0])

    def _digest(self, since: int, until: int) -> Past:
        row = self.connection.execute(DIGEST, [str(since), str(until)]).fetchone()
        assert row is not None
        return int(row[0]), str(row[1])
