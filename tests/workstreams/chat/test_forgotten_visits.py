"""Visits that are forgotten: their customer is there after all."""

from datetime import datetime, timedelta

import pytest

from config.models import Event
from routing.sweeps import disconnect_customers, tell_departures
from tests.workstreams.chat.conftest import VisitorClient
from workstreams.actions.note_visit import note_departure, note_visit
from workstreams.models import ChatVisit, WorkItem

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


def test_words_are_no_sign_of_a_page(visitor: VisitorClient) -> None:
    visitor.start()

    visitor.post("message/", {"text": "Still here"})

    assert not ChatVisit.objects.exists()
