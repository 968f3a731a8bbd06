"""What commits leaves every table as it was, and every sequence where that is asked for."""

import pytest
from django.db import ProgrammingError, transaction

from agents.models import Presence
from config.clock import database_now
from config.models import Event
from tests.factories import make_agent, make_queue, make_workstream
from tests.rows import KnownNumbers, KnownRows, content
from tests.scenarios import in_conversation
from workstreams.models import NotificationTemplate

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_what_was_changed_and_deleted_is_as_it_was() -> None:
    rows, before = KnownRows(), content()

    Presence.objects.update(text="Changed")
    NotificationTemplate.objects.all().delete()
    rows.put_back()

    assert content() == before


def test_work_is_gone_with_its_past_and_triggers_go_on_keeping_that_of_others() -> None:
    rows, before = KnownRows(), content()
    queue, now = make_queue("Support"), database_now()

    in_conversation(make_workstream("Chat", queue=queue), make_agent("alice", queues=[queue]), now)
    rows.put_back()

    assert content() == before
    Event.objects.create(kind="work-item-arrived")
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Event.objects.update(kind="other")


def test_who_comes_later_has_the_number_that_was_next() -> None:
    rows, numbers = KnownRows(), KnownNumbers()
    queue = make_queue("Support")

    rows.put_back()
    numbers.put_back()

    assert make_queue("Support").pk == queue.pk
