"""A worker loads closed work, and somebody may stop it."""

import pytest
from django.db import DatabaseError, OperationalError, connection
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from routing.actions import load_records as load
from routing.actions.ask_for_records import FAILED, ask_for_records, cancel_loading, run_loading
from routing.actions.delete_model import delete_model
from routing.actions.load_records import load_records
from routing.exceptions import (
    AlreadyLoading,
    NotLoading,
)
from routing.models import (
    LearnedModel,
    ModelLoad,
    TrainingRecord,
)
from routing.queries import closed_work
from routing.tasks import load_records as load_of_worker
from routing.tasks import route_records, train_model
from tests.factories.learning import make_closed, make_model
from tests.routing.actions.failing_inserts import inserts_fail


def test_a_worker_loads_and_says_how_far_it_is(workstream, skills, administrator, now):
    model = make_model()
    for _ in range(3):
        make_closed(workstream, now, "leak")

    load = ask_for_records(model=model, by=administrator, now=now)
    run_loading(load_id=load.pk, clock=lambda: now)

    load.refresh_from_db()
    assert (load.state, load.progress, load.added, load.ended_at) == ("done", 100, 3, now)
    assert ProcrastinateJob.objects.get().args == {"load_id": load.pk}


def test_a_model_is_loaded_once_at_a_time(administrator, skills, now):
    model = make_model()
    ask_for_records(model=model, by=administrator, now=now)

    with pytest.raises(AlreadyLoading):
        ask_for_records(model=model, by=administrator, now=now)


def test_a_cancelled_loading_stops_after_its_batch(
    workstream, skills, administrator, now, monkeypatch
):
    monkeypatch.setattr(load, "BATCH", 1)
    model = make_model()
    for _ in range(3):
        make_closed(workstream, now, "leak")
    asked = ask_for_records(model=model, by=administrator, now=now)
    read = closed_work.lessons_of

    def cancelled_meanwhile(*args):
        if model.records.exists():
            cancel_loading(model=model, now=now)
        return read(*args)

    monkeypatch.setattr(load, "lessons_of", cancelled_meanwhile)
    run_loading(load_id=asked.pk, clock=lambda: now)

    asked.refresh_from_db()
    assert (asked.state, model.records.count()) == ("failed", 2)
    assert asked.failure.startswith("Cancelled.")
    with pytest.raises(NotLoading):
        cancel_loading(model=model, now=now)


def test_an_error_ends_the_loading_and_another_can_be_asked_for(
    workstream, skills, administrator, now, monkeypatch
):
    model = make_model()
    make_closed(workstream, now, "leak")
    asked = ask_for_records(model=model, by=administrator, now=now)
    monkeypatch.setattr(load, "lessons_of", lambda *_: 1 / 0)

    run_loading(load_id=asked.pk, clock=lambda: now)

    asked.refresh_from_db()
    assert asked.state == "failed"
    assert ask_for_records(model=model, by=administrator, now=now).pk != asked.pk


def test_a_loading_begun_again_after_a_crash_adds_nothing_twice(
    workstream, skills, administrator, now
):
    model = make_model()
    make_closed(workstream, now, "leak")
    load_records(model=model, now=now)
    asked = ask_for_records(model=model, by=administrator, now=now)
    ModelLoad.objects.update(state="running", progress=40)

    run_loading(load_id=asked.pk, clock=lambda: now)
    run_loading(load_id=asked.pk, clock=lambda: now)

    asked.refresh_from_db()
    assert (asked.state, asked.added, model.records.count()) == ("done", 0, 1)


@pytest.mark.django_db(transaction=True)
def test_a_loading_whose_connection_is_lost_is_begun_again(workstream, skills, administrator, now):
    model = make_model()
    make_closed(workstream, now, "leak")
    asked = ask_for_records(model=model, by=administrator, now=now)

    with connection.execute_wrapper(lose_the_connection), pytest.raises(DatabaseError):
        run_loading(load_id=asked.pk, clock=lambda: now)
    asked.refresh_from_db()
    state = asked.state
    run_loading(load_id=asked.pk, clock=lambda: now)

    asked.refresh_from_db()
    assert (state, asked.state, model.records.count()) == ("running", "done", 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", ["disk_full", "program_limit_exceeded"])
def test_a_loading_that_would_fail_again_ends_and_another_can_be_asked_for(
    workstream, skills, administrator, now, error
):
    model = make_model()
    make_closed(workstream, now, "leak")
    asked = ask_for_records(model=model, by=administrator, now=now)

    with connection.execute_wrapper(inserts_fail(error)):
        run_loading(load_id=asked.pk, clock=lambda: now)

    asked.refresh_from_db()
    assert (asked.state, asked.failure) == ("failed", FAILED)
    assert ask_for_records(model=model, by=administrator, now=now).pk != asked.pk


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", ["deadlock_detected", "serialization_failure", "admin_shutdown"])
def test_a_loading_that_gave_way_is_begun_again(workstream, skills, administrator, now, error):
    model = make_model()
    make_closed(workstream, now, "leak")
    asked = ask_for_records(model=model, by=administrator, now=now)

    with connection.execute_wrapper(inserts_fail(error)), pytest.raises(OperationalError):
        run_loading(load_id=asked.pk, clock=lambda: now)

    asked.refresh_from_db()
    assert asked.state == "running"


@pytest.mark.parametrize("task", [load_of_worker, train_model, route_records])
def test_a_job_that_may_begin_again_does_so_when_the_database_was_lost(task):
    job = Job(id=1, queue="", lock=None, queueing_lock=None, task_name=task.name, attempts=3)

    assert task.get_retry_exception(OperationalError(), job) is not None


def lose_the_connection(execute, sql, params, many, context):
    """As the first batch is written."""
    if sql.startswith("INSERT INTO"):
        connection.connection.close()
    return execute(sql, params, many, context)


def test_a_model_deleted_while_it_is_loaded_is_no_error(
    workstream, skills, administrator, now, monkeypatch
):
    model = make_model()
    make_closed(workstream, now, "leak")
    asked = ask_for_records(model=model, by=administrator, now=now)
    chosen = load._chosen

    def deleted_meanwhile(found):
        rows = chosen(found)
        delete_model(model=model, by=administrator, now=now)
        return rows

    monkeypatch.setattr(load, "_chosen", deleted_meanwhile)
    run_loading(load_id=asked.pk, clock=lambda: now)

    assert not LearnedModel.objects.exists()
    assert not TrainingRecord.objects.exists()
