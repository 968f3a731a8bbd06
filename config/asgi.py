"""The web process's one entry: ``/live/`` goes to the event hub, everything else to Django.

Django runs as WSGI in threads: a page is a few queries, and a thread with its own connection
answers it several times faster than Django's own ASGI handler does. A stream would hold such
a thread for as long as its page is open, so the hub is plain ASGI.
"""

from typing import Final, cast
from urllib.parse import quote

from a2wsgi import WSGIMiddleware
from asgiref.typing import (
    ASGI3Application,
    ASGIReceiveCallable,
    ASGIReceiveEvent,
    ASGISendCallable,
    HTTPScope,
    Scope,
)

from config.env import env_int

# Django is set up by this import; the hub below may then import models.
from config.wsgi import application as wsgi_application

from config.live import hub  # isort: skip

LIVE_PATH: Final = "/live/"
BUFFERED_BYTES: Final = 2 * 1024 * 1024  # above DATA_UPLOAD_MAX_MEMORY_SIZE

pages = cast(ASGI3Application, WSGIMiddleware(wsgi_application, workers=env_int("WEB_THREADS", 16)))


async def application(scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    """Sends each connection where it belongs; the hub starts and stops with the process."""
    if scope["type"] == "lifespan" or (scope["type"] == "http" and scope["path"] == LIVE_PATH):
        await hub.application(scope, receive, send)
    elif scope["type"] == "http":
        await _answer_page(scope, receive, send)
    elif scope["type"] == "websocket":
        await pages(scope, receive, send)


async def _answer_page(
    scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable
) -> None:
    """Waits for the body before a thread is taken, so that slow senders hold none.

    A client that leaves halfway is not answered at all: half a body must not be acted on.
    """
    received: list[ASGIReceiveEvent] = []
    size = 0
    while size < BUFFERED_BYTES:
        event = await receive()
        if event["type"] != "http.request":
            return
        received.append(event)
        size += len(event["body"])
        if not event["more_body"]:
            break

    await pages(_with_ascii_query(scope), _first(received, then=receive), send)


def _first(received: list[ASGIReceiveEvent], *, then: ASGIReceiveCallable) -> ASGIReceiveCallable:
    pending = iter(received)

    async def receive() -> ASGIReceiveEvent:
        event = next(pending, None) or await then()
        if event["type"] == "http.disconnect":
            # Django reads this as a broken upload.
            raise ConnectionResetError
        return event

    return receive


def _with_ascii_query(scope: HTTPScope) -> HTTPScope:
    """Escapes raw bytes in the query, which WSGI has no place for."""
    if scope["query_string"].isascii():
        return scope
    return {**scope, "query_string": quote(scope["query_string"], safe="%&=+,;/?:@!$'()*").encode()}
