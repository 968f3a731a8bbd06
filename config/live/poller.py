"""The process's one reader of the feed for streams: a connection of its own, asynchronous."""

import asyncio
import logging
import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

import psycopg
from django.db import connections
from psycopg.rows import dict_row

from config.live.reader import FEED_SQL, LATEST_SQL, Cursor
from config.live.topics import topics_of

logger = logging.getLogger(__name__)

POLL_SECONDS: Final = 0.1
# A poll that takes longer is taken for a dead connection.
PATIENCE_SECONDS: Final = 5
EVENTS_A_READ: Final = 1000
SHORTEST_WAIT_SECONDS: Final = 0.2
LONGEST_WAIT_SECONDS: Final = 5.0
CONNECTED: Final[dict[str, Any]] = {
    "application_name": "switchyard-live",
    "connect_timeout": PATIENCE_SECONDS,
    "autocommit": True,
    "prepare_threshold": None,
}
# Options that Django reads itself and the driver does not know.
DJANGO_OPTIONS: Final = {"assume_role", "isolation_level", "pool", "server_side_binding"}
PARAMETERS: Final = {
    "NAME": "dbname",
    "USER": "user",
    "PASSWORD": "password",
    "HOST": "host",
    "PORT": "port",
}

Told = Callable[[Cursor, set[str]], None]
Connection = psycopg.AsyncConnection[dict[str, Any]]


async def poll(*, restarted: Callable[[Cursor], None], changed: Told) -> None:
    """Tell of every batch of events, for ever; ``restarted`` after each new connection."""
    wait = SHORTEST_WAIT_SECONDS
    while True:
        try:
            async with await _connect() as connection:
                cursor = await _latest(connection)
                restarted(cursor)
                wait = SHORTEST_WAIT_SECONDS
                while True:
                    cursor = await _read(connection, cursor, changed)
        except (psycopg.Error, TimeoutError, OSError) as error:
            logger.warning("live poller reconnects wait=%.1f error=%s", wait, error)
            await asyncio.sleep(wait * random.uniform(0.8, 1.2))
            wait = min(2 * wait, LONGEST_WAIT_SECONDS)


async def _connect() -> Connection:
    settings = connections["default"].settings_dict
    options = {k: v for k, v in settings["OPTIONS"].items() if k not in DJANGO_OPTIONS}
    named = {ours: settings[theirs] for theirs, ours in PARAMETERS.items() if settings.get(theirs)}
    parameters = {**options, **named, **CONNECTED}
    async with asyncio.timeout(2 * PATIENCE_SECONDS):
        return await psycopg.AsyncConnection.connect(**parameters, row_factory=dict_row)


async def _latest(connection: Connection) -> Cursor:
    async with asyncio.timeout(PATIENCE_SECONDS):
        answer = await connection.execute(f"{LATEST_SQL} AS xid")
        row = await answer.fetchone()
    assert row is not None
    return Cursor(xid=row["xid"], id=0)


async def _read(connection: Connection, cursor: Cursor, changed: Told) -> Cursor:
    async with asyncio.timeout(PATIENCE_SECONDS):
        answer = await connection.execute(FEED_SQL, [*cursor.parameters, EVENTS_A_READ])
        events = await answer.fetchall()
    if events:
        cursor = Cursor(xid=events[-1]["xid"], id=events[-1]["id"])
        changed(cursor, set().union(*map(topics_of, events)))
    if len(events) < EVENTS_A_READ:
        await asyncio.sleep(POLL_SECONDS)
    return cursor


async def stop(task: "asyncio.Task[None]") -> None:
    """End the poller and wait until its connection is closed."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
