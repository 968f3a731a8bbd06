"""The web process's one entry: ``/live/`` goes to the event hub, everything else to Django.

Django runs as WSGI in threads: a page is a few queries, and a thread with its own connection
answers it several times faster than Django's own ASGI handler does. A stream would hold such
a thread for as long as its page is open, so the hub is plain ASGI.
"""

from collections.abc import Iterator, MutableMapping
from typing import Any, Final, cast
from urllib.parse import quote

from a2wsgi import WSGIMiddleware

from config.wsgi import application as wsgi_application

# isort: split
# Django is set up by now, so what reads models may be imported.
from config.env import env_int
from config.live.hub import Hub
from config.live.stream import Receive, Scope, Send, make_application

LIVE_PATH: Final = "/live/"
BUFFERED_BYTES: Final = 2 * 1024 * 1024  # above DATA_UPLOAD_MAX_MEMORY_SIZE

hub = Hub()
live = make_application(hub)
# Both speak WSGI; their types for the environment differ.
pages: Any = WSGIMiddleware(cast(Any, wsgi_application), workers=env_int("WEB_THREADS", 16))


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Sends each connection where it belongs."""
    if scope["type"] == "lifespan":
        await _live_with_process(receive, send)
    elif scope["type"] == "http" and scope["path"] == LIVE_PATH:
        await live(scope, receive, send)
    elif scope["type"] == "http":
        await _answer_page(scope, receive, send)
    else:
        await send({"type": "websocket.close", "code": 1000})


async def _live_with_process(receive: Receive, send: Send) -> None:
    """Starts the hub with the process, so that it knows the present when the first page asks."""
    await receive()
    hub.start()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await hub.stop()
    await send({"type": "lifespan.shutdown.complete"})


async def _answer_page(scope: Scope, receive: Receive, send: Send) -> None:
    """Waits for the body before a thread is taken, so that slow senders hold none.

    A client that leaves halfway is not answered at all: half a body must not be acted on.
    """
    received = []
    size = 0
    while size < BUFFERED_BYTES:
        event = await receive()
        if event["type"] == "http.disconnect":
            return
        received.append(event)
        size += len(event.get("body", b""))
        if not event.get("more_body", False):
            break

    await pages(_with_ascii_query(scope), _replay(iter(received), then=receive), send)


def _replay(received: Iterator[MutableMapping[str, Any]], *, then: Receive) -> Receive:
    async def receive() -> MutableMapping[str, Any]:
        event = next(received, None) or await then()
        if event["type"] == "http.disconnect":
            # Django reads this as a broken upload.
            raise ConnectionResetError
        return event

    return receive


def _with_ascii_query(scope: Scope) -> Scope:
    """Escapes raw bytes in the query, which the WSGI bridge has no place for."""
    if scope["query_string"].isascii():
        return scope
    query = quote(scope["query_string"], safe="%&=+,;/?:@!$'()*")
    return {**scope, "query_string": query.encode("ascii")}
