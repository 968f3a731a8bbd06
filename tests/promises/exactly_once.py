"""Promise I1: what was acknowledged exists exactly once."""

from collections.abc import Collection
from typing import Any, Final, LiteralString
from uuid import UUID

from tests.promises.checker import Connection

TITLES: Final = "SELECT title FROM workstreams_workitem"
WORDS: Final = "SELECT text FROM workstreams_message WHERE author = 'customer'"
MISPLACED: Final = """
    SELECT item.id, title, text FROM workstreams_message AS message
    JOIN workstreams_workitem AS item ON item.id = message.item_id
    WHERE author = 'customer' AND text ~ %s AND CASE
        WHEN text LIKE 'Hello %%' THEN title <> replace(text, 'Hello ', 'Help ')
        ELSE substring(text FROM %s)::bigint <> item.id
    END
"""
PLACED: Final = " ([0-9]+) [0-9a-f-]{36}$"
# What ends with a key was said by one person once.
OWN_KEY: Final = " [0-9a-f]{8}-[0-9a-f-]{27}$"


def messages_not_once(connection: Connection, keys: Collection[UUID]) -> list[str]:
    """I1: acknowledged messages that are missing, or stored more than once."""
    return _not_once(connection, "SELECT client_key FROM workstreams_message", keys)


def conversations_not_once(connection: Connection, keys: Collection[UUID]) -> list[str]:
    """I1: acknowledged conversations that are missing, or stored more than once."""
    return _not_once(connection, "SELECT conversation_key FROM workstreams_workitem", keys)


def items_not_once(connection: Connection, titles: Collection[str]) -> list[str]:
    """I1: acknowledged items, by a title of their own, that do not exist exactly once."""
    return _not_once(connection, TITLES, titles)


def words_not_once(connection: Connection, texts: Collection[str]) -> list[str]:
    """I1: acknowledged words of customers, each said once, that are not there exactly once."""
    return _not_once(connection, WORDS, texts)


def twice(connection: Connection) -> list[str]:
    """I1: what was begun or said once and is there more than once, acknowledged or not. Who lost
    the connection repeats it; what was never answered has at most been heard."""
    found = []
    for stored in (TITLES, WORDS):
        told = f"SELECT said, count(*) FROM ({stored}) AS known (said) WHERE said ~ %s"
        rows = connection.execute(f"{told} GROUP BY said HAVING count(*) > 1", [OWN_KEY])
        found += [f"{said} exists {count} times" for said, count in rows.fetchall()]
    return found


def misplaced(connection: Connection) -> list[str]:
    """I1: words of customers in another work item than they were said in. Later ones name it, the
    first have its key."""
    rows = connection.execute(MISPLACED, [OWN_KEY, PLACED]).fetchall()
    return [f"{text} stands in {item}, {title}" for item, title, text in rows]


def _not_once(
    connection: Connection, stored: LiteralString, acknowledged: Collection[Any]
) -> list[str]:
    counts: dict[Any, int] = dict.fromkeys(acknowledged, 0)
    for (key,) in connection.execute(stored):
        if key in counts:
            counts[key] += 1
    return [f"{key} exists {count} times" for key, count in counts.items() if count != 1]
