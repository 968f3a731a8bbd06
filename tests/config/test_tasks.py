"""Jobs of workers that died."""

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from config.tasks import retry_stalled_jobs

pytestmark = pytest.mark.django_db(transaction=True)


def stalled(lock: str = "") -> int:
    """A job whose worker is gone."""
    job = app.configure_task("config.tasks.forget_dead_processes", queueing_lock=lock or None)
    job_id = job.defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [job_id])
    return job_id


def states() -> dict[int, str]:
    return dict(ProcrastinateJob.objects.values_list("pk", "status"))


def test_a_stalled_job_is_done_again() -> None:
    job = stalled()

    async_to_sync(retry_stalled_jobs.func)(0)

    assert states() == {job: "todo"}


def test_a_stalled_job_whose_twin_waits_goes_and_holds_up_no_other() -> None:
    stalled("twins")
    twin = app.configure_task("config.tasks.forget_dead_processes", queueing_lock="twins")
    twin_id, other = twin.defer(timestamp=0), stalled()

    async_to_sync(retry_stalled_jobs.func)(0)

    assert states() == {twin_id: "todo", other: "todo"}
