"""Who changed which configuration when."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection
from django.test import Client

from agents.models import User
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
