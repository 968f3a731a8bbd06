"""Reads the body of a request before a thread is taken for it: in time, and not too much."""

import asyncio
from typing import Final

from django.conf import settings
from pydantic_core import to_json

from config.live.stream import Receive, Scope, Send

READ_SECONDS: Final = 30.0
# Who still sends does not hear an answer when the connection is cut at once.
DRAIN_SECONDS: Final = 5.0
DRAIN_BYTES: Final = 32 * 1024 * 1024
API: Final = "/api/"


class ClientGone(Exception):
    """Nobody waits for an answer: half a body must not be acted on."""


class BodyRefused(Exception):
    """The body is not read to its end."""

    status: int
    slug: str


class BodyTooLarge(BodyRefused):
    """This request is larger than 1 MB."""

    status, slug = 413, "too-large"


class DocumentTooLarge(BodyTooLarge):
    """What is sent here has at most 10 MB."""


class BodyTooSlow(BodyRefused):
    """This request took too long to arrive. Please send it again."""

    status, slug = 408, "too-slow"


async def read_body(scope: Scope, receive: Receive, *, limit: int) -> bytes:
    """The whole body; refuses one that is larger than the limit or takes too long."""
    if _announced(scope) > limit:
        raise _too_large(limit)
    try:
        async with asyncio.timeout(READ_SECONDS):
            return await _read(receive, limit)
    except TimeoutError:
        raise BodyTooSlow from None


async def refuse(refused: BodyRefused, scope: Scope, receive: Receive, send: Send) -> None:
    """Answers, and closes the connection: what is still on its way is no new request."""
    sentence = str(refused.__doc__)
    if scope["path"].startswith(API):
        kind = "application/problem+json"
        title = refused.slug.replace("-", " ").capitalize()
        answer = {"type": refused.slug, "title": title, "status": refused.status}
        content = to_json({**answer, "detail": sentence})
    else:
        kind, content = "text/plain; charset=utf-8", sentence.encode()
    headers = [
        (b"content-type", kind.encode()),
        (b"content-length", str(len(content)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": content, "more_body": True})
    if isinstance(refused, BodyTooLarge):
        await _drain(receive)
    await send({"type": "http.response.body", "body": b""})


def _announced(scope: Scope) -> int:
    for name, value in scope.get("headers", []):
        if name == b"content-length" and value.isdigit():
            return int(value) if len(value) < 19 else 10**19
    return 0


async def _read(receive: Receive, limit: int) -> bytes:
    body = bytearray()
    while True:
        event = await receive()
        if event["type"] == "http.disconnect":
            raise ClientGone
        body += event.get("body", b"")
        if len(body) > limit:
            raise _too_large(limit)
        if not event.get("more_body", False):
            return bytes(body)


def _too_large(limit: int) -> BodyTooLarge:
    return DocumentTooLarge() if limit > settings.REQUEST_BODY_LIMIT else BodyTooLarge()


async def _drain(receive: Receive) -> None:
    """Throws away what comes, for a while."""
    size, is_more = 0, True
    try:
        async with asyncio.timeout(DRAIN_SECONDS):
            while is_more and size < DRAIN_BYTES:
                event = await receive()
                size += len(event.get("body", b""))
                is_more = event.get("more_body", False)
    except TimeoutError:
        return
