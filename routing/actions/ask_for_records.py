"""Have a worker load closed work: asked for on a page, done in batches, shown while it goes on."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import Http404
from procrastinate.contrib.django import app

from agents.models import User
from config.jobs import defer
from config.patience import may_pass
from routing.actions.load_records import Loaded, load_records
from routing.exceptions import AlreadyLoading, NotLoading
from routing.models import LearnedModel, ModelLoad
from routing.models.model_load import GOING_ON
from routing.terms import LoadState

log = logging.getLogger(__name__)

# The job of routing.tasks, by name: tasks lie above actions.
JOB: Final = "routing.tasks.load_records"
# Loading takes a while, so it asks for the time when it ends.
Clock = Callable[[], datetime]
FAILED: Final = "Loading failed with an error. The log of the worker says which."
CANCELLED: Final = "Cancelled. What was loaded until then is kept."


@transaction.atomic
def ask_for_records(*, model: LearnedModel, by: User, now: datetime) -> ModelLoad:
    """A loading for a worker to do. Refuses AlreadyLoading: the database allows one of a model."""
    if not LearnedModel.objects.select_for_update(no_key=True).filter(pk=model.pk).exists():
        raise Http404("There is no such model.")
    try:
        with transaction.atomic():
            load = ModelLoad.objects.create(model=model, queued_by=by.username, queued_at=now)
    except IntegrityError as error:
        raise AlreadyLoading from error

    defer(app.configure_task(JOB, queue="learning"), load_id=load.pk)
    return load


@transaction.atomic
def cancel_loading(*, model: LearnedModel, now: datetime) -> ModelLoad:
    """Stop after the present batch; what is loaded stays. Refuses NotLoading."""
    load = model.loads.select_for_update().filter(state__in=GOING_ON).first()
    if load is None:
        raise NotLoading

    _end(load.pk, LoadState.FAILED, now, CANCELLED)
    load.refresh_from_db()
    return load


def run_loading(*, load_id: int, clock: Clock) -> None:
    """A worker's part. Begun again after a crash it finds what it had loaded, and goes on."""
    is_mine = ModelLoad.objects.filter(pk=load_id, state__in=GOING_ON).update(
        state=LoadState.RUNNING, progress=0
    )
    if not is_mine:
        return
    try:
        model = LearnedModel.objects.get(loads=load_id)
        load_records(model=model, now=clock(), told=lambda loaded: _note(load_id, loaded))
    except LearnedModel.DoesNotExist:
        return
    except Exception as error:
        if may_pass(error):
            # The job begins again.
            raise
        log.exception("loading failed load=%s", load_id)
        _end(load_id, LoadState.FAILED, clock(), FAILED)
    else:
        _end(load_id, LoadState.DONE, clock())


def _note(load_id: int, loaded: Loaded) -> bool:
    """Whether it still goes on: it may have been cancelled."""
    running = ModelLoad.objects.filter(pk=load_id, state=LoadState.RUNNING)
    return bool(
        running.update(
            progress=round(loaded.part * 100),
            added=loaded.added,
            changed=loaded.changed,
            skipped=loaded.skipped,
        )
    )


def _end(load_id: int, state: LoadState, now: datetime, failure: str = "") -> None:
    progress = 100 if state is LoadState.DONE else F("progress")
    ModelLoad.objects.filter(pk=load_id, state__in=GOING_ON).update(
        state=state, ended_at=now, failure=failure, progress=progress
    )
