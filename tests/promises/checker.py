"""Looks for broken promises in a database, whatever else happens in it meanwhile.

Every promise holds in every committed state, so one look is one snapshot. Each of
``BREACHES`` finds rows that must not exist; those about the past of items can be asked
about a few items only, so that looking often does not cost more as history grows.
"""

from typing import Any, Final

import psycopg

from tests.promises.breaches import BREACHES

Connection = psycopg.Connection[tuple[Any, ...]]

SNAPSHOT: Final = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


def violations(connection: Connection) -> list[str]:
    """Every broken promise of one snapshot, with the first rows that break it."""
    with connection.transaction():
        connection.execute(SNAPSHOT)
        return breaches(connection)


def breaches(connection: Connection, items: list[int] | None = None) -> list[str]:
    """The same in a snapshot that the caller took, the past of some items only."""
    found = []
    for sentence, sql in BREACHES:
        # Planned each time: for a few items otherwise than for all.
        rows = connection.execute(sql, {"items": items}, prepare=False).fetchall()
        if rows:
            found.append(f"{sentence}: {len(rows)}, such as {rows[:3]}")
    return found
