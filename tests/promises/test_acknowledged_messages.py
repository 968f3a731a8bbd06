"""I1: what was acknowledged exists exactly once, though the web process is killed on and on."""

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Thread
from typing import Final
from uuid import UUID, uuid4

from tests.promises.client import Client
from tests.promises.exactly_once import conversations_not_once, items_not_once, messages_not_once
from tests.promises.world import World

KILLS: Final = 3
SECONDS_BETWEEN: Final = 0.6
SENDERS: Final = 6
MESSAGES: Final = 8
TOKEN: Final = re.compile(r'name="v"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="v"')

Sent = tuple[str, list[UUID]]


def test_items_and_messages_of_an_integration_exist_once(world: World) -> None:
    with while_web_is_killed(world) as killed:
        said = all_at_once(killed, lambda: talk_by_api(world))

    titles = [title for title, _ in said]
    keys = [key for _, keys in said for key in keys]
    with world.database() as database:
        assert items_not_once(database, titles) == []
        assert messages_not_once(database, keys) == []
        stored = database.execute(
            "SELECT count(*) FROM workstreams_workitem WHERE title LIKE 'I1%'"
        )
        assert stored.fetchone() == (len(titles),)
    assert world.client("supervisor").repeated > 0


def test_chats_of_visitors_exist_once(world: World) -> None:
    before = world.value("SELECT count(*) FROM workstreams_message")

    with while_web_is_killed(world) as killed:
        said = all_at_once(killed, lambda: talk_as_visitor(world))

    keys = [key for _, keys in said for key in keys]
    with world.database() as database:
        assert messages_not_once(database, keys) == []
        chats = database.execute(
            "SELECT DISTINCT conversation_key FROM workstreams_message AS message"
            " JOIN workstreams_workitem AS item ON item.id = message.item_id"
            " WHERE client_key = ANY(%s)",
            [keys],
        ).fetchall()
        assert len(chats) == len(said)
        assert conversations_not_once(database, [key for (key,) in chats]) == []
    assert world.value("SELECT count(*) FROM workstreams_message") == before + len(keys)


def talk_by_api(world: World) -> Sent:
    """An integration takes an item in and passes a customer's words on."""
    client = world.client("supervisor")
    title = f"I1 {uuid4().hex}"
    item = world.arrive("Chats", title)
    keys = [uuid4() for _ in range(MESSAGES)]
    for key in keys:
        body = {"text": f"message {key}", "from": "customer", "client_key": str(key)}
        answer = client.api("POST", f"/work-items/{item}/messages", body)
        assert answer.status_code == 201, answer.text
    return title, keys


def talk_as_visitor(world: World) -> Sent:
    """A visitor opens the widget's page, begins a chat and goes on writing."""
    visitor = Client(world.address)
    try:
        found = TOKEN.search(visitor.get("/chat/help/").text)
        assert found is not None
        token = found[1] or found[2]
        keys = [uuid4() for _ in range(MESSAGES)]
        for number, key in enumerate(keys):
            path = "/chat/help/message/" if number else "/chat/help/"
            fields = {"v": token, "name": "Vera", "text": f"says {key}", "client_key": str(key)}
            answer = visitor.form(path, fields)
            assert answer.status_code == 303, answer.text[:500]
    finally:
        visitor.close()
    return token, keys


def all_at_once(killed: Event, talk: Callable[[], Sent]) -> list[Sent]:
    """Several senders talk until the killing is over."""

    def go_on(_: int) -> list[Sent]:
        said = [talk()]
        while not killed.is_set():
            said.append(talk())
        return said

    with ThreadPoolExecutor(SENDERS) as pool:
        return [each for said in pool.map(go_on, range(SENDERS)) for each in said]


@contextmanager
def while_web_is_killed(world: World) -> Iterator[Event]:
    """Kill -9 again and again, each time it serves; the event says when it is over."""
    over = Event()

    def kill() -> None:
        try:
            for _ in range(KILLS):
                world.client().get("/livez")
                time.sleep(SECONDS_BETWEEN)
                world.kill("web")
        finally:
            over.set()

    killer = Thread(target=kill)
    killer.start()
    try:
        yield over
    finally:
        killer.join()
