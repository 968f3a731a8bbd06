"""The web process's entry: what reaches Django, and how."""

import asyncio
from typing import Any

import pytest

from config import asgi


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
    *events: dict[str, Any], path: str = "/desk/", query: bytes = b""
) -> list[dict[str, Any]]:
    """Sends one request's events through the entry; gives what was sent back."""
    waiting, sent = list(events), []

    async def receive():
        return waiting.pop(0)

    async def send(event):
        sent.append(event)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": query}
    asyncio.run(asgi.application(scope, receive, send))
    return sent


def part(body: bytes, *, more: bool) -> dict[str, Any]:
    """A piece of a request's body."""
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_body_in_pieces_arrives_whole(answered):
    visit(part(b"he", more=True), part(b"llo", more=False))

    assert [body for _, body in answered] == [b"hello"]


def test_a_body_larger_than_the_buffer_arrives_whole(answered):
    large = b"x" * asgi.BUFFERED_BYTES

    visit(part(large, more=True), part(b"end", more=False))

    assert [len(body) for _, body in answered] == [len(large) + 3]


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
