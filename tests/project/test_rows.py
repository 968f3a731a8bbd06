"""A test that commits leaves every table as it was after the migrations."""

import pytest
from django.db import ProgrammingError, connection, transaction

from agents.models import Presence
from config.clock import database_now
from config.models import Event
from tests.factories import make_agent, make_queue, make_workstream
from tests.rows import TABLES, RowsOfMigrations
from tests.scenarios import in_conversation
from workstreams.models import NotificationTemplate

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

Table = list[tuple[str]]


def test_what_was_changed_and_deleted_is_as_it_was() -> None:
    rows, before = RowsOfMigrations(), everything()

    Presence.objects.update(text="Changed")
    NotificationTemplate.objects.all().delete()
    rows.put_back()

    assert everything() == before


def test_work_is_gone_with_its_past_and_triggers_go_on_keeping_that_of_others() -> None:
    rows, before = RowsOfMigrations(), everything()
    queue, now = make_queue("Support"), database_now()

    in_conversation(make_workstream("Chat", queue=queue), make_agent("alice", queues=[queue]), now)
    rows.put_back()

    assert everything() == before
    Event.objects.create(kind="work-item-arrived")
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Event.objects.update(kind="other")


def everything() -> dict[str, Table]:
    """The rows of every table."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        names = [name for (name,) in cursor.fetchall()]
        return {name: rows_of(name) for name in names}


def rows_of(name: str) -> Table:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT each::text FROM "{name}" AS each ORDER BY 1')
        return [*cursor.fetchall()]
