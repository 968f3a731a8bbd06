"""The worker's places: what waits for services elsewhere takes none from other jobs."""

import asyncio
import os
import signal
import threading

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.tasks import Task

from config.management.commands.worker import SLOW, Command, JobThreads
from config.patience import WORKER_IDLE_SECONDS

PATIENCE_SECONDS = 30


def work_with(*tasks: Task[[], None, []]) -> None:
    """A worker does each once, until one of them tells it to stop."""
    try:
        for task in tasks:
            task.defer()
        assert isinstance(app.connector, DjangoConnector)
        with app.replace_connector(app.connector.get_worker_connector()):
            asyncio.run(asyncio.wait_for(Command()._work(), 4 * PATIENCE_SECONDS))
    finally:
        for task in tasks:
            app.tasks.pop(task.name)


@pytest.mark.django_db(transaction=True)
def test_a_hanging_bot_leaves_the_other_jobs_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKER_CONCURRENCY", "1")
    passed, met = threading.Event(), []

    @app.task(queue=SLOW)
    def hang() -> None:
        met.append(passed.wait(PATIENCE_SECONDS))
        os.kill(os.getpid(), signal.SIGTERM)

    @app.task(queue="housekeeping")
    def pass_by() -> None:
        passed.set()

    work_with(hang, pass_by)

    assert met == [True]


@pytest.mark.django_db(transaction=True)
def test_a_job_that_is_stopped_in_a_change_keeps_its_locks_for_a_while_only() -> None:
    kept_for = []

    @app.task(queue="housekeeping")
    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SHOW idle_in_transaction_session_timeout")
            kept_for.extend(cursor.fetchone())
        os.kill(os.getpid(), signal.SIGTERM)

    work_with(ask)

    assert kept_for == [f"{WORKER_IDLE_SECONDS}s"]


@pytest.mark.django_db
def test_no_job_leaves_a_connection_behind() -> None:
    kept = []

    def ask() -> None:
        connection.ensure_connection()
        kept.append(connection.connection)

    with JobThreads(1) as threads:
        threads.submit(ask).result()
        threads.submit(ask).result()

    assert kept[0] is not kept[1]
    assert [each.closed for each in kept] == [True, True]


def test_bots_have_places_of_their_own() -> None:
    queues = {task.name.rpartition(".")[2]: task.queue for task in app.tasks.values()}

    assert (queues["answer_customer"], queues["suggest_to_agent"]) == (SLOW, SLOW)
