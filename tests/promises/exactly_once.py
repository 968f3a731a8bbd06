"""Promise I1: what was acknowledged exists exactly once."""

from collections.abc import Collection
from typing import Any, LiteralString
from uuid import UUID

from tests.promises.checker import Connection


def messages_not_once(connection: Connection, keys: Collection[UUID]) -> list[str]:
    """I1: acknowledged messages that are missing, or stored more than once."""
    return _not_once(connection, "SELECT client_key FROM workstreams_message", keys)


def conversations_not_once(connection: Connection, keys: Collection[UUID]) -> list[str]:
    """I1: acknowledged conversations that are missing, or stored more than once."""
    return _not_once(connection, "SELECT conversation_key FROM workstreams_workitem", keys)


def items_not_once(connection: Connection, titles: Collection[str]) -> list[str]:
    """I1: acknowledged items, by a title of their own, that do not exist exactly once."""
    return _not_once(connection, "SELECT title FROM workstreams_workitem", titles)


def _not_once(
    connection: Connection, stored: LiteralString, acknowledged: Collection[Any]
) -> list[str]:
    counts: dict[Any, int] = dict.fromkeys(acknowledged, 0)
    for (key,) in connection.execute(stored):
        if key in counts:
            counts[key] += 1
    return [f"{key} exists {count} times" for key, count in counts.items() if count != 1]
