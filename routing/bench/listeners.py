"""Open streams in a process of their own: when each of them hears of a change."""

import asyncio
import multiprocessing
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Final
from urllib.parse import urlencode

from django.db import connection

from config.open_files import allow_many
from routing.bench.client import HOST

CHANGED: Final = b"event: changed"
OPENED: Final = b"event: hello"
PATIENCE_SECONDS: Final = 60
# Connections that are opened side by side.
AT_ONCE: Final = 50

Reader = asyncio.StreamReader


class Listeners:
    """The streams, as the process that drives the benchmark sees them."""

    def __init__(self, pipe: Connection) -> None:
        self.pipe = pipe

    def next_heard(self) -> list[float]:
        """When each stream heard of the next change, once all have."""
        if not self.pipe.poll(PATIENCE_SECONDS):
            raise TimeoutError("not every stream heard of the change")
        heard: list[float] = self.pipe.recv()
        return heard


@contextmanager
def listening(port: int, tickets: Sequence[str], *, after: str) -> Iterator[Listeners]:
    """A stream for each ticket, all open when the block begins."""
    connection.close()
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    process = context.Process(target=_listen, args=[port, list(tickets), after, there], daemon=True)
    process.start()
    there.close()
    try:
        listeners = Listeners(here)
        listeners.next_heard()
        yield listeners
    finally:
        process.terminate()
        process.join()


def _listen(port: int, tickets: Sequence[str], after: str, pipe: Connection) -> None:
    allow_many()
    asyncio.run(_listen_to_all(port, tickets, after, pipe))


async def _listen_to_all(port: int, tickets: Sequence[str], after: str, pipe: Connection) -> None:
    gate = asyncio.Semaphore(AT_ONCE)
    opened = await asyncio.gather(*(_open(port, each, after, gate) for each in tickets))
    pipe.send([time.time()])
    while True:
        pipe.send(await asyncio.gather(*(_hear(reader, CHANGED) for reader, _ in opened)))


async def _open(
    port: int, ticket: str, after: str, gate: asyncio.Semaphore
) -> tuple[Reader, asyncio.StreamWriter]:
    query = urlencode({"ticket": ticket, "after": after})
    async with gate:
        reader, writer = await asyncio.open_connection(HOST, port)
        writer.write(f"GET /live/?{query} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
        await _hear(reader, OPENED)
    return reader, writer


async def _hear(reader: Reader, line: bytes) -> float:
    """The moment at which a line came."""
    while line not in (found := await reader.readline()):
        if not found:
            raise ConnectionError("the server ended a stream")
    return time.time()
