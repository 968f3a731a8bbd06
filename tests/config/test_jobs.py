"""Jobs are stored with what they are about, and fail as that does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from agents.models import User
from tests.factories.bots import make_bot, with_bot
from tests.scenarios import arrive
from workstreams.bots.wake import wake_bot
from workstreams.models import Message, Workstream

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def lost_at(part: str) -> Iterator[None]:
    """The server ends the connection before a statement with this part in it."""

    def end_first(execute: Callable[..., Any], sql: Any, *given: Any) -> Any:
        if part in str(sql):
            info = connection.connection.info
            with psycopg.connect(**connection.get_connection_params()) as other:
                other.execute("SELECT pg_terminate_backend(%s, 5000)", [info.backend_pid])
        return execute(sql, *given)

    with connection.execute_wrapper(end_first):
        yield


def test_a_connection_that_is_lost_while_a_job_is_stored_is_just_that() -> None:
    with (
        pytest.raises(OperationalError, match="terminating connection"),
        lost_at("procrastinate_defer_jobs"),
        transaction.atomic(),
    ):
        wake_bot(1)

    assert not ProcrastinateJob.objects.exists()


def test_who_writes_to_a_bot_in_that_moment_is_told_to_try_again(
    client: Client, supervisor: User, workstream: Workstream, now: Any
) -> None:
    item = arrive(with_bot(workstream, make_bot()), now)
    client.force_login(supervisor)
    address = f"/api/v1/work-items/{item.pk}/messages"
    said = {"from": "customer", "text": "Hello"}

    with lost_at("procrastinate_defer_jobs"):
        answer = client.post(address, said, content_type="application/json")

    assert (answer.status_code, answer.json()["type"]) == (503, "busy")
    assert not Message.objects.filter(text="Hello").exists()
