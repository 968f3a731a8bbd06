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

from config.live.reader import HINTS_SQL, LATEST_SQL, Cursor
from config.live.topics import topics_of

logger = logging.getLogger(__name__)

POLL_SECONDS: Final = 0.1
# A poll that takes longer is taken for a dead connection.
PATIENCE_SECONDS: Final = 5
EVENTS_A_READ: Final = 5000
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
                place = Place(await _latest(connection))
                restarted(place.settled)
                wait = SHORTEST_WAIT_SECONDS
                while True:
                    await _read(connection, place, changed)
        except (psycopg.Error, TimeoutError, OSError) as error:
            logger.warning("live poller reconnects wait=%.1f error=%s", wait, error)
            await asyncio.sleep(wait * random.uniform(0.8, 1.2))
            wait = min(2 * wait, LONGEST_WAIT_SECONDS)


class Place:
    """Where the poller is in the feed.

    Streams only say what changed, so they need not wait until the order is certain: a
    transaction that somebody left open would hold all pages up. Events are told as soon
    as they are visible; ``settled`` moves on only behind the oldest running transaction,
    and ``told`` remembers what was told ahead of it. ``reached`` never goes back.

    Reading begins behind what is settled. Where a whole read brings nothing that is, the next one
    begins at what was reached, so that no number of events behind an open transaction holds up
    those after them; what commits late between is told when that transaction has ended.
    """

    def __init__(self, start: Cursor) -> None:
        self.settled = self.reached = self.next = start
        self.told: dict[int, Cursor] = {}

    def news(self, events: list[dict[str, Any]], *, limit: int) -> list[dict[str, Any]]:
        """Those of at most ``limit`` events that were not told yet; moves on."""
        new = [event for event in events if event["id"] not in self.told]
        before = self.settled
        is_ahead = self.next != before
        for event in events:
            at = Cursor(xid=event["xid"], id=event["id"])
            if event["is_settled"] and not is_ahead:
                self.settled = at
            else:
                self.told[event["id"]] = at
            self.reached = max(self.reached, at)
        self.told = {id: at for id, at in self.told.items() if at > self.settled}
        is_stuck = len(events) == limit and self.settled == before
        self.next = self.reached if is_stuck else self.settled
        return new


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


async def _read(connection: Connection, place: Place, changed: Told) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        answer = await connection.execute(HINTS_SQL, [*place.next.parameters, EVENTS_A_READ])
        events = await answer.fetchall()
    new = place.news(events, limit=EVENTS_A_READ)
    if new:
        changed(place.reached, set().union(*map(topics_of, new)))
    if len(events) < EVENTS_A_READ:
        await asyncio.sleep(POLL_SECONDS)


async def stop(task: "asyncio.Task[None]") -> None:
    """End the poller and wait until its connection is closed."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
