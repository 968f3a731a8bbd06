"""Proxies in front, and whether they are believed about whom they speak for."""

import asyncio
import logging
from typing import Any, cast

import pytest
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from config import asgi
from config.forwarded import Unbelieved

PROXY = "10.0.0.5"
VISITOR = {"x-forwarded-for": "203.0.113.7"}


@pytest.fixture(autouse=True)
def process(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that has just started, whose pages answer nothing."""

    async def pages(scope, receive, send):
        return

    monkeypatch.setattr(asgi, "unbelieved", Unbelieved())
    monkeypatch.setattr(asgi, "pages", pages)


def visit(headers: dict[str, str], *, believed: str = "127.0.0.1", peer: str = PROXY) -> None:
    """Through the server's own reading of the header."""
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/chat/shop/",
        "query_string": b"",
        "client": (peer, 40_000),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(event):
        return

    # The server's types say more of an ASGI application than the standard does.
    server: Any = ProxyHeadersMiddleware(cast(Any, asgi.application), believed)
    asyncio.run(server(scope, receive, send))


def test_a_proxy_that_is_not_believed_is_told_of_once(caplog):
    with caplog.at_level(logging.WARNING):
        visit(VISITOR)
        visit(VISITOR | {"x-forwarded-for": "203.0.113.8"})
        visit(VISITOR, peer="10.0.0.6")

    [line] = [each.getMessage() for each in caplog.records]
    assert line.startswith(f"forwarded address not believed peer={PROXY} ")
    assert "FORWARDED_ALLOW_IPS" in line


@pytest.mark.parametrize("believed", [PROXY, "10.0.0.0/8", "*"])
@pytest.mark.parametrize("named", ["203.0.113.7", "198.51.100.9, 203.0.113.7", "[2001:db8::7]:80"])
def test_a_proxy_that_is_believed_is_no_news(caplog, believed, named):
    with caplog.at_level(logging.WARNING):
        visit({"x-forwarded-for": named}, believed=believed)

    assert not caplog.records


def test_visitors_without_a_proxy_are_no_news(caplog):
    with caplog.at_level(logging.WARNING):
        visit({"accept": "text/html"})
        visit({"x-forwarded-for": ""})

    assert not caplog.records
