"""What looks after a run, too, sees what is broken: what was acknowledged and is lost or there
twice (I1), and a past that was rewritten (I7)."""

from datetime import datetime
from typing import Final
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, transaction

from agents.models import Agent
from config.clock import database_now
from routing import service
from tests.promises.exactly_once import (
    conversations_not_once,
    items_not_once,
    messages_not_once,
    misplaced,
    twice,
    words_not_once,
)
from tests.promises.watch import Watch
from tests.scenarios import arrive, in_conversation
from workstreams.actions.send_message import send_message
from workstreams.models import Message, WorkItem, Workstream
from workstreams.terms import Author

EVENTS: Final = "I7: events of the transactions"


@pytest.fixture
def now(db: None) -> datetime:
    """The database's own."""
    return database_now()


@pytest.fixture
def item(workstream: Workstream, now: datetime) -> WorkItem:
    return arrive(workstream, now, title="Help", first_message="Hello")


@pytest.fixture
def held(workstream: Workstream, agent: Agent, now: datetime) -> WorkItem:
    """An agent had it, and gave it back."""
    item = in_conversation(workstream, agent, now, first_message="Hello")
    service.release(item_id=item.pk, by=agent, now=now)
    return item


def test_what_was_acknowledged_and_is_not_there_is_found(item: WorkItem) -> None:
    said = Message.objects.get(author=Author.CUSTOMER).client_key
    lost = uuid4()

    assert messages_not_once(connection.connection, [said]) == []
    assert messages_not_once(connection.connection, [said, lost]) == [f"{lost} exists 0 times"]
    assert conversations_not_once(connection.connection, [item.conversation_key]) == []
    assert conversations_not_once(connection.connection, [lost]) == [f"{lost} exists 0 times"]


def test_what_was_acknowledged_and_is_there_twice_is_found(
    item: WorkItem, workstream: Workstream, now: datetime
) -> None:
    assert items_not_once(connection.connection, ["Help"]) == []
    arrive(workstream, now, title="Help")

    assert items_not_once(connection.connection, ["Help"]) == ["Help exists 2 times"]


def test_what_was_said_once_and_is_there_twice_is_found_acknowledged_or_not(
    item: WorkItem, workstream: Workstream, now: datetime
) -> None:
    said = f"Help {uuid4()}"
    send_message(item_id=item.pk, author=Author.CUSTOMER, text=said, now=now)
    assert words_not_once(connection.connection, ["Hello", said]) == []
    assert twice(connection.connection) == []

    # Another key, so that the database does not know it again.
    send_message(item_id=item.pk, author=Author.CUSTOMER, text=said, now=now)

    assert words_not_once(connection.connection, [said]) == [f"{said} exists 2 times"]
    assert twice(connection.connection) == [f"{said} exists 2 times"]


def test_what_was_said_elsewhere_is_found(
    item: WorkItem, workstream: Workstream, now: datetime
) -> None:
    key = uuid4()
    other = arrive(workstream, now, title=f"Help {key}", first_message=f"Hello {key}")
    words = f"Still there? {other.pk} {key}"
    said = send_message(item_id=other.pk, author=Author.CUSTOMER, text=words, now=now)
    assert misplaced(connection.connection) == []

    Message.objects.filter(text__endswith=str(key)).update(item=item)

    assert sorted(misplaced(connection.connection)) == [
        f"Hello {key} stands in {item.pk}, Help",
        f"{said.text} stands in {item.pk}, Help",
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE config_event SET kind = 'other' WHERE kind = 'work-item-arrived'", EVENTS),
        ("DELETE FROM config_event WHERE kind = 'work-item-arrived'", EVENTS),
        ("INSERT INTO config_event (kind, xid) SELECT 'late', min(xid) FROM config_event", EVENTS),
        ("DELETE FROM routing_configurationchange", "I7: version"),
        ("UPDATE routing_configurationpiece SET document = '{}'", "I7: version"),
        ("UPDATE routing_configurationversion SET note = 'other'", "I7: version"),
        ("UPDATE routing_routingdecision SET document = '{}'", "I7: decisions"),
        ("DELETE FROM routing_routingdecision", "I7: decisions"),
        ("UPDATE workstreams_message SET text = 'other'", "I7: words"),
        ("UPDATE routing_assignment SET how = 'pick'", "I7: receipts"),
    ],
)
def test_a_past_that_was_rewritten_is_found(
    held: WorkItem, statement: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whoever else uses the server, this is the past.
    monkeypatch.setattr(Watch, "_xmin", lambda self: 2**62)
    watch = Watch(connection=connection.connection)
    assert (watch.look(), watch.rewritten()) == ([], [])

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)

    found = watch.rewritten()
    assert found
    assert all(each.startswith(sentence) for each in found)


@pytest.mark.django_db(transaction=True)
def test_a_look_that_failed_is_looked_at_again(
    item: WorkItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(connection=connection.connection)
    with monkeypatch.context() as broken:
        broken.setattr("tests.promises.watch.PIECES", "SELECT 1, 1 / 0")
        with pytest.raises(psycopg.errors.DivisionByZero):
            watch.look()

    assert watch.look() == []
    assert watch.items_looked_at == 1
