"""Requests at given moments from a process of their own: the product is measured, not its driver.

A request that is late, because every connection still waits for an answer, has waited since the
moment it was due (no "coordinated omission").
"""

import asyncio
import json
import multiprocessing
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

HOST: Final = "127.0.0.1"
# Until the server has taken up all connections.
HEAD_START: Final = 1.0
PATIENCE_SECONDS: Final = 60

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True, kw_only=True)
class Request:
    """One POST to the API, so many seconds after the start."""

    after: float
    path: str
    token: str
    body: dict[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back; ``due_at`` is the clock's time at which the request had to be sent."""

    due_at: float
    ms: float
    status: int
    body: Any


def send_all(port: int, requests: Sequence[Request], *, connections: int) -> list[Answer]:
    """Send each at its moment over connections that stay open; the answers in that order."""
    connection.close()
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(_run, port, list(requests), connections).result()


def _run(port: int, requests: Sequence[Request], connections: int) -> list[Answer]:
    return asyncio.run(_send_all(port, requests, connections))


async def _send_all(port: int, requests: Sequence[Request], connections: int) -> list[Answer]:
    free: asyncio.LifoQueue[Connection] = asyncio.LifoQueue()
    for opened in await asyncio.gather(
        *(asyncio.open_connection(HOST, port) for _ in range(connections))
    ):
        free.put_nowait(opened)
    start = time.time() + HEAD_START
    async with asyncio.timeout(PATIENCE_SECONDS + max(each.after for each in requests)):
        return await asyncio.gather(*(_send(port, free, each, start) for each in requests))


async def _send(
    port: int, free: "asyncio.LifoQueue[Connection]", request: Request, start: float
) -> Answer:
    due_at = start + request.after
    text = _text(request)
    await asyncio.sleep(max(0.0, due_at - time.time()))
    reader, writer = await free.get()
    if reader.at_eof():
        # It was needed by none for so long that the server closed it.
        reader, writer = await asyncio.open_connection(HOST, port)
    writer.write(text)
    status, body = await _read(reader)
    ms = (time.time() - due_at) * 1000
    free.put_nowait((reader, writer))
    return Answer(due_at=due_at, ms=ms, status=status, body=json.loads(body) if body else None)


def _text(request: Request) -> bytes:
    body = b"" if request.body is None else json.dumps(request.body).encode()
    lines = [
        f"POST {request.path} HTTP/1.1",
        f"Host: {HOST}",
        f"Authorization: Bearer {request.token}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def _read(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *fields = head.split("\r\n")
    named = dict(each.lower().split(": ", 1) for each in fields if each)
    return int(first.split()[1]), await reader.readexactly(int(named.get("content-length", "0")))
