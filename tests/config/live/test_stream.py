"""The stream as a browser sees it: real poller, real database, the ASGI application itself."""

import asyncio
import contextlib
from collections.abc import MutableMapping
from typing import Any

import psycopg
import pytest
from django.db import connection

from config.live import stream as live
from config.live.hub import Hub
from config.live.stream import make_application
from config.live.tickets import make_ticket
from tests.config.live.test_reader import connect

INSERT = """
    INSERT INTO config_event (kind, queue_id, data)
    VALUES ('work-item-transferred', 3, '{"from_queue_id": 4}')
"""
# Against a stream that says nothing more; a busy machine may be slow to say it.
PATIENCE = 300


class Browser:
    """Opens a stream and collects what arrives."""

    def __init__(self, hub, **query):
        text = "&".join(f"{name}={value}" for name, value in query.items())
        self.scope = {"type": "http", "method": "GET", "query_string": text.encode()}
        self.sent: asyncio.Queue[MutableMapping[str, Any]] = asyncio.Queue()
        self.closed = asyncio.Event()
        self.task = asyncio.ensure_future(
            make_application(hub)(self.scope, self.receive, self.sent.put)
        )

    async def receive(self):
        await self.closed.wait()
        return {"type": "http.disconnect"}

    def forget(self):
        while not self.sent.empty():
            self.sent.get_nowait()

    async def until(self, text):
        seen = b""
        async with asyncio.timeout(PATIENCE):
            while text not in seen:
                message = await self.sent.get()
                seen += message.get("body", b"")
        return seen


@contextlib.asynccontextmanager
async def running_hub():
    hub = Hub()
    hub.start()
    try:
        yield hub
    finally:
        await hub.stop()


def insert():
    with connect() as writer:
        writer.execute(INSERT)


async def hears(browser):
    """What comes of an event; written again until the poller is there to see it."""
    while True:
        await asyncio.to_thread(insert)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(2):
                return await browser.until(b"queue-3")


@pytest.mark.django_db(transaction=True)
def test_a_change_reaches_those_who_listen():
    async def story():
        async with running_hub() as hub:
            browser = Browser(hub, ticket=make_ticket(["queue-3", "queue-4", "agent-1"]))
            await browser.until(b"event: hello")
            await browser.until(b"event: resync")
            seen = await hears(browser)
            browser.closed.set()
            await browser.task
            return seen, len(hub)

    seen, left = asyncio.run(story())

    assert b'event: changed\ndata: {"topics":["queue-3","queue-4"]}\n\n' in seen
    assert left == 0


@pytest.mark.django_db(transaction=True)
def test_a_cut_connection_makes_every_page_fetch_again():
    async def story():
        async with running_hub() as hub:
            browser = Browser(hub, ticket=make_ticket(["queue-3"]))
            await browser.until(b"resync")
            await asyncio.sleep(0.3)
            browser.forget()
            await asyncio.to_thread(cut_poller)
            await browser.until(b"resync")
            seen = await hears(browser)
            browser.closed.set()
            await browser.task
            return seen

    assert b"event: changed" in asyncio.run(story())


def cut_poller():
    with connect() as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'switchyard-live' AND datname = current_database()"
        )


def test_without_a_good_ticket_there_is_no_stream():
    async def story():
        browser = Browser(Hub(), ticket="forged")
        await browser.task
        return await browser.sent.get()

    assert asyncio.run(story())["status"] == 403


def test_a_stream_that_has_nothing_to_say_beats(monkeypatch):
    monkeypatch.setattr(live, "HEARTBEAT_SECONDS", 0.01)

    async def story():
        hub = Hub()
        monkeypatch.setattr(hub, "start", lambda: None)
        browser = Browser(hub, ticket=make_ticket(["floor"]))
        for _ in range(3):
            await browser.until(b"heartbeat")
        browser.closed.set()
        await browser.task

    asyncio.run(story())


def test_a_stream_ends_so_that_rights_are_checked_anew(monkeypatch):
    monkeypatch.setattr(live, "HEARTBEAT_SECONDS", 0.01)
    monkeypatch.setattr(live, "STREAM_SECONDS", (0.05, 0.05))

    async def story():
        hub = Hub()
        monkeypatch.setattr(hub, "start", lambda: None)
        browser = Browser(hub, ticket=make_ticket(["floor"]))
        await browser.task
        return [browser.sent.get_nowait() for _ in range(browser.sent.qsize())]

    messages = asyncio.run(story())

    assert messages[0]["status"] == 200
    assert messages[-1]["more_body"] is False


def test_the_poller_tries_again_while_there_is_no_database(monkeypatch):
    tries = []

    async def refuse():
        tries.append(1)
        raise psycopg.OperationalError("no database")

    monkeypatch.setattr("config.live.poller._connect", refuse)
    monkeypatch.setattr("config.live.poller.SHORTEST_WAIT_SECONDS", 0.001)

    async def story():
        async with running_hub(), asyncio.timeout(PATIENCE):
            while len(tries) < 2:
                await asyncio.sleep(0.001)

    asyncio.run(story())

    assert connection.settings_dict["NAME"]
