"""The plain ASGI application behind ``/live/``: no middleware, no ORM, one task a stream."""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final
from urllib.parse import parse_qs

from config.live.hub import Hub, Stream
from config.live.reader import Cursor, UnknownCursor, parse
from config.live.tickets import topics_of_ticket

HEARTBEAT_SECONDS: Final = 15.0
# A stream ends after ten minutes, give or take: its page asks for a new ticket, and rights
# are checked anew. The spread keeps a thousand pages from coming back at once.
STREAM_SECONDS: Final = (570.0, 630.0)
HEADERS: Final = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]
HELLO: Final = b"event: hello\ndata: {}\n\n"
RESYNC: Final = b"event: resync\ndata: {}\n\n"
# Browsers hide comments from scripts, so the page's own watch needs an event.
HEARTBEAT: Final = b": heartbeat\nevent: heartbeat\ndata: {}\n\n"

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


def make_application(hub: Hub) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """The ASGI application of a hub."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise ValueError(f"{scope['type']} is not served here")
        if scope["method"] != "GET":
            await _refuse(send, 405)
            return
        query = parse_qs(scope["query_string"].decode("latin-1"))
        topics = topics_of_ticket(query.get("ticket", [""])[0])
        if not topics:
            await _refuse(send, 403)
            return
        hub.start()
        await _serve(hub, Stream(topics), _cursor(query.get("after", [""])[0]), receive, send)

    return application


async def _serve(
    hub: Hub, stream: Stream, after: Cursor | None, receive: Receive, send: Send
) -> None:
    hub.join(stream, after=after)
    writer = asyncio.create_task(_write(stream, send))
    gone = asyncio.create_task(_disconnected(receive))
    try:
        await asyncio.wait({writer, gone}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        hub.leave(stream)
        for task in (writer, gone):
            task.cancel()
        await asyncio.gather(writer, gone, return_exceptions=True)


async def _write(stream: Stream, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await _send_text(send, HELLO + HEARTBEAT)
    loop = asyncio.get_running_loop()
    end = loop.time() + random.uniform(*STREAM_SECONDS)
    while loop.time() < end:
        is_in_doubt, topics = await stream.next(within=HEARTBEAT_SECONDS)
        if is_in_doubt:
            await _send_text(send, RESYNC)
        elif topics:
            data = json.dumps({"topics": topics}, separators=(",", ":"))
            await _send_text(send, f"event: changed\ndata: {data}\n\n".encode())
        else:
            await _send_text(send, HEARTBEAT)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send_text(send: Send, text: bytes) -> None:
    await send({"type": "http.response.body", "body": text, "more_body": True})


async def _refuse(send: Send, status: int) -> None:
    headers = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _cursor(text: str) -> Cursor | None:
    try:
        return parse(text)
    except UnknownCursor:
        return None
