"""Visits that are forgotten: their customer is there after all, or nobody waits for him."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from agents.models import Agent
from config.clock import database_now
from config.models import Event
from routing import service
from routing.sweeps import disconnect_customers, tell_departures
from tests.factories import make_workstream
from tests.scenarios import in_conversation
from tests.workstreams.chat.conftest import VisitorClient
from workstreams.actions.note_visit import note_departure, note_visit
from workstreams.models import ChatVisit, Queue, WorkItem

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def left(item: WorkItem, now: datetime) -> None:
    """By the only page that told that it was there; the desk knows."""
    note_visit(item_id=item.pk, now=now)
    note_departure(item_id=item.pk, now=now)
    tell_departures.sweep(now=now + MINUTE, limit=10)


@pytest.mark.parametrize("path", ["", "message/"])
def test_who_writes_by_a_page_that_tells_nothing_is_there(
    visitor: VisitorClient, now: datetime, path: str
) -> None:
    item = visitor.start()
    left(item, now)

    visitor.post(path, {"name": "Ann", "text": "Still here"})

    assert disconnect_customers.sweep(now=now + 3 * MINUTE, limit=10) == 0
    assert Event.objects.filter(kind="customer-returned", work_item_id=item.pk).count() == 1


def test_the_last_words_of_a_page_that_come_in_after_it_closed_bring_nobody_back(
    visitor: VisitorClient,
) -> None:
    item = visitor.start()
    closed = database_now()
    note_visit(item_id=item.pk, now=closed)
    note_departure(item_id=item.pk, now=closed)

    visitor.post("message/", {"text": "Thanks, bye"})

    assert disconnect_customers.sweep(now=closed + 4 * MINUTE, limit=10) == 1


def test_what_is_sent_once_more_brings_nobody_back(visitor: VisitorClient, now: datetime) -> None:
    item = visitor.start()
    words = {"text": "Still here", "client_key": uuid4()}
    visitor.post("message/", words)
    left(item, now)

    visitor.post("message/", words)

    assert ChatVisit.objects.filter(item=item, left_at__isnull=False).exists()


def test_words_are_no_sign_of_a_page(visitor: VisitorClient) -> None:
    visitor.start()

    visitor.post("message/", {"text": "Still here"})

    assert not ChatVisit.objects.exists()


@pytest.mark.parametrize(("verb", "state"), [("end", "wrap_up"), ("close", "waiting")])
def test_of_a_persistent_chat_that_no_agent_has_any_more_no_visit_is_kept(
    queue: Queue, agent: Agent, now: datetime, verb: str, state: str
) -> None:
    persistent = make_workstream("Persistent", queue=queue, persistent_chat=True)
    item = in_conversation(persistent, agent, now)
    left(item, now)
    before = disconnect_customers.sweep(now=now + 3 * MINUTE, limit=10)
    getattr(service, verb)(item_id=item.pk, by=agent, now=now + 3 * MINUTE)

    assert (before, disconnect_customers.sweep(now=now + 4 * MINUTE, limit=10)) == (0, 1)
    item.refresh_from_db()
    assert (item.state, ChatVisit.objects.exists()) == (state, False)
