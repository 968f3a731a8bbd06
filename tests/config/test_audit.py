"""Who changed which configuration when."""

import pghistory
import pgtrigger
import pytest
from django.apps import apps
from django.db import ProgrammingError, connection
from django.test import Client

from agents.models import User
from config.audit_functions import PLAIN
from tests.factories import make_queue
from workstreams.models import Queue

pytestmark = pytest.mark.django_db


def history_of(queue: Queue) -> list[tuple[str, str]]:
    rows = apps.get_model("workstreams", "QueueEvent").objects.filter(pgh_obj_id=queue.pk)
    return [(row.pgh_label, row.name) for row in rows.order_by("pgh_id")]


def test_a_change_by_hand_is_seen_too() -> None:
    queue = make_queue("Before")

    with connection.cursor() as cursor:
        cursor.execute("UPDATE workstreams_queue SET name = 'After' WHERE id = %s", [queue.pk])

    assert history_of(queue) == [("insert", "Before"), ("update", "After")]


def test_history_outlives_what_it_tells_of() -> None:
    queue = make_queue("Gone")
    copy = Queue(pk=queue.pk)

    queue.delete()

    assert history_of(copy)[-1] == ("delete", "Gone")


@pytest.mark.parametrize("statement", ["UPDATE {} SET name = 'x'", "DELETE FROM {}"])
def test_history_cannot_be_changed(statement: str) -> None:
    make_queue()

    with (
        pytest.raises(ProgrammingError, match="Cannot update or delete"),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format("workstreams_queueevent"))


def test_the_person_who_changed_it_is_known(client: Client, administrator: User) -> None:
    client.force_login(administrator)

    client.post(
        "/queues/new/",
        {
            "name": "Named",
            "type": "messaging",
            "priority": 1,
            "assignment_method": "highest_capacity",
        },
    )

    event = apps.get_model("workstreams", "QueueEvent").objects.get(name="Named")
    assert event.pgh_context.metadata["user"] == administrator.pk


def test_nobody_is_named_before_and_after_somebody_acts_on_the_same_connection() -> None:
    make_queue("Before")
    with pghistory.context(user=7):
        make_queue("Meanwhile")
    with connection.cursor() as cursor:
        # What a setting of a transaction that is over reads as.
        cursor.execute("SET pghistory.context_id = ''; SET pghistory.context_metadata = ''")
    make_queue("After")

    contexts = dict(
        apps.get_model("workstreams", "QueueEvent")
        .objects.filter(name__in=["Before", "Meanwhile", "After"])
        .values_list("name", "pgh_context__metadata__user")
    )
    assert contexts == {"Before": None, "Meanwhile": 7, "After": None}


def test_no_row_begins_a_subtransaction() -> None:
    """One that fails goes through all deferred checks so far: many rows get ever slower."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = ANY(%s)", [list(PLAIN)])
        sources = [source for (source,) in cursor.fetchall()]

    assert len(sources) == len(PLAIN)
    assert not [source for source in sources if "EXCEPTION" in source.upper()]


def test_a_trigger_that_is_to_be_ignored_is() -> None:
    with pgtrigger.ignore("workstreams.Queue:insert_insert"):
        unseen = make_queue("Unseen")
    seen = make_queue("Seen")

    assert (history_of(unseen), history_of(seen)) == ([], [("insert", "Seen")])
