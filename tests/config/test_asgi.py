"""The web process's entry: what reaches Django, and how."""

import asyncio
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from config import asgi, request_body
from config.env import environment_with
from tests import databases

LIMIT = settings.REQUEST_BODY_LIMIT
START = """
import asyncio, gc, sys
from config import asgi

async def told(event):
    loaded = "routing.views.floor.page" in sys.modules
    print(event["type"], loaded, gc.get_freeze_count() > 10 * len(gc.get_objects()))

async def asked():
    return {}

asyncio.run(asgi.application({"type": "lifespan"}, asked, told))
"""
WAITS = """
from config import asgi
from django.db import connection

with connection.cursor() as cursor:
    for name in ("lock_timeout", "idle_in_transaction_session_timeout"):
        cursor.execute(f"SHOW {name}")
        print(*cursor.fetchone())
"""


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> list[tuple[dict[str, Any], bytes]]:
    """What would have been handed to Django: the scope and the whole body."""
    seen: list[tuple[dict[str, Any], bytes]] = []

    async def pages(scope, receive, send):
        body = b""
        while True:
            event = await receive()
            body += event["body"]
            if not event["more_body"]:
                break
        seen.append((scope, body))

    monkeypatch.setattr(asgi, "pages", pages)
    return seen


def visit(
    *events: dict[str, Any], path: str = "/desk/", query: bytes = b"", length: int = 0
) -> list[dict[str, Any]]:
    """Sends one request's events through the entry; gives what was sent back."""
    waiting, sent = list(events), []

    async def receive():
        if not waiting:
            await asyncio.sleep(60)
        return waiting.pop(0)

    async def send(event):
        sent.append(event)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": query}
    scope["headers"] = [(b"content-length", str(length).encode())] if length else []
    asyncio.run(asgi.application(scope, receive, send))
    return sent


def part(body: bytes, *, more: bool) -> dict[str, Any]:
    """A piece of a request's body."""
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_body_in_pieces_arrives_whole(answered):
    visit(part(b"he", more=True), part(b"llo", more=False))

    assert [body for _, body in answered] == [b"hello"]


def test_the_largest_body_arrives_whole(answered):
    large = b"x" * LIMIT

    visit(part(large[1:], more=True), part(b"x", more=False))

    assert [body for _, body in answered] == [large]


@pytest.mark.parametrize("path", ["/desk/", "/api/v1/work-items"])
def test_a_larger_body_is_refused_without_reaching_django(answered, path):
    sent = visit(
        part(b"x" * LIMIT, more=True), part(b"x", more=True), part(b"", more=False), path=path
    )

    assert answered == []
    assert sent[0]["status"] == 413
    assert (b"connection", b"close") in sent[0]["headers"]
    assert b"This request is larger than 1 MB." in sent[1]["body"]
    assert (b"problem+json" in dict(sent[0]["headers"])[b"content-type"]) == ("/api/" in path)


@pytest.mark.parametrize(
    "path",
    [
        "/configuration/document/",
        "/api/v1/configuration",
        "/models/import/",
        "/api/v1/training-records/import",
    ],
)
def test_a_document_may_be_larger(answered, path):
    visit(part(b"x" * (LIMIT + 1), more=False), path=path)

    assert len(answered) == 1


def test_a_document_has_its_limit_too(answered):
    sent = visit(length=11 * 1024 * 1024, path="/configuration/document/")

    assert (answered, sent[0]["status"]) == ([], 413)
    assert b"What is sent here has at most 10 MB." in sent[1]["body"]


def test_a_body_that_says_it_is_too_large_is_not_waited_for(answered, monkeypatch):
    monkeypatch.setattr(request_body, "DRAIN_SECONDS", 0.01)

    sent = visit(length=LIMIT + 1)

    assert (answered, sent[0]["status"]) == ([], 413)


def test_a_body_that_never_ends_is_not_waited_for_forever(answered, monkeypatch):
    monkeypatch.setattr(request_body, "READ_SECONDS", 0.01)

    sent = visit(part(b"he", more=True))

    assert (answered, sent[0]["status"]) == ([], 408)


def test_half_a_body_is_not_acted_on(answered):
    visit(part(b"he", more=True), {"type": "http.disconnect"})

    assert answered == []


def test_raw_bytes_in_a_query_are_escaped(answered):
    visit(part(b"", more=False), query=b"q=\xff&n=%20+1")

    assert answered[0][0]["query_string"] == b"q=%FF&n=%20+1"


def test_a_stream_without_a_ticket_is_refused_without_reaching_django(answered):
    sent = visit(path="/live/")

    assert sent[0]["status"] == 403
    assert answered == []


@pytest.mark.django_db
def test_a_connection_of_the_web_waits_for_nobody_for_ever() -> None:
    here = databases.address_of(connection.settings_dict["NAME"])

    assert said_by(WAITS, DATABASE_URL=here) == ["5s", "10s"]


def test_who_starts_has_loaded_its_pages_and_set_them_aside_from_the_collector():
    assert said_by(START)[0] == "lifespan.startup.complete True True"


def said_by(program: str, **environment: str) -> list[str]:
    """What a process that imports the entry prints."""
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=settings.BASE_DIR,
        env=environment_with(**environment),
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.splitlines()
