"""The web process's one entry: ``/live/`` goes to the event hub, everything else to Django.

Django runs as WSGI in threads: a page is a few queries, and a thread with its own connection
answers it several times faster than Django's own ASGI handler does. A stream would hold such
a thread for as long as its page is open, so the hub is plain ASGI.
"""

from collections.abc import MutableMapping
from typing import Any, Final, cast
from urllib.parse import quote

from a2wsgi import WSGIMiddleware
from django.conf import settings

from config.wsgi import application as wsgi_application

# isort: split
# Django is set up by now, so what reads models may be imported.
from config.collector import set_pages_aside
from config.env import env_int
from config.forwarded import Unbelieved
from config.lifetime import process_ending, process_started
from config.live.hub import Hub
from config.live.stream import Receive, Scope, Send, make_application
from config.request_body import BodyRefused, ClientGone, read_body, refuse

LIVE_PATH: Final = "/live/"

hub = Hub()
live = make_application(hub)
unbelieved = Unbelieved()
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
    set_pages_aside()
    hub.start()
    process_started.send(sender=None)
    await send({"type": "lifespan.startup.complete"})
    await receive()
    process_ending.send(sender=None)
    await hub.stop()
    await send({"type": "lifespan.shutdown.complete"})


async def _answer_page(scope: Scope, receive: Receive, send: Send) -> None:
    """Waits for the body before a thread is taken, so that slow senders hold none.

    A client that leaves halfway is not answered at all.
    """
    unbelieved.look(scope)
    try:
        body = await read_body(scope, receive, limit=_limit(scope["path"]))
    except ClientGone:
        return
    except BodyRefused as refused:
        await refuse(refused, scope, receive, send)
        return
    await pages(_with_ascii_query(scope), _replay(body), send)


def _limit(path: str) -> int:
    if path in settings.PATHS_WITH_DOCUMENTS:
        return settings.DOCUMENT_BODY_LIMIT
    return settings.REQUEST_BODY_LIMIT


def _replay(body: bytes) -> Receive:
    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _with_ascii_query(scope: Scope) -> Scope:
    """Escapes raw bytes in the query, which the WSGI bridge has no place for."""
    if scope["query_string"].isascii():
        return scope
    query = quote(scope["query_string"], safe="%&=+,;/?:@!$'()*")
    return {**scope, "query_string": query.encode("ascii")}
