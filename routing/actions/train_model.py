"""Train a model: asked for on a page, done by a worker, kept as a version."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from procrastinate.contrib.django import app

from agents.models import User
from config.jobs import defer
from config.patience import may_pass
from routing.exceptions import AlreadyTraining, NotTraining, TooFewRecords
from routing.learning.sentiment import MIDDLE_OF
from routing.learning.teach import teach_effort, teach_sentiment, teach_skills
from routing.learning.train import CannotLearn, Learned, Lesson, Progress
from routing.learning.weights import FORMAT, packed
from routing.models import LearnedModel, ModelContent, ModelVersion, TrainingRecord
from routing.models.learning import UNFINISHED
from routing.terms import RuleType, Sentiment, TrainingState

log = logging.getLogger(__name__)

# A 5.
FEWEST_RECORDS: Final = 50
# What is learned from at most, the newest: more takes long and teaches little.
MOST_RECORDS: Final = 10_000
# The job of routing.tasks, by name: tasks lie above actions.
JOB: Final = "routing.tasks.train_model"
# Training takes a while, so it asks for the time when it ends.
Clock = Callable[[], datetime]
FAILED: Final = "The training failed with an error. The log of the worker says which."
CANCELLED: Final = "Cancelled."


@transaction.atomic
def ask_for_training(*, model: LearnedModel, by: User, now: datetime) -> ModelVersion:
    """A new version for a worker to train.

    Refuses TooFewRecords, and AlreadyTraining: the database allows one training of a model.
    """
    locked = LearnedModel.objects.select_for_update(no_key=True).get(pk=model.pk)
    approved = approved_records(locked).count()
    if approved < FEWEST_RECORDS:
        raise TooFewRecords(least=FEWEST_RECORDS, approved=approved)

    last = locked.versions.order_by("-number").values_list("number", flat=True).first() or 0
    try:
        with transaction.atomic():
            version = ModelVersion.objects.create(
                model=locked, number=last + 1, queued_by=by.username, queued_at=now
            )
    except IntegrityError as error:
        raise AlreadyTraining from error

    defer(app.configure_task(JOB, queue="learning"), version_id=version.pk)
    return version


@transaction.atomic
def cancel_training(*, model: LearnedModel, now: datetime) -> ModelVersion:
    """Give the training up; what a worker still learns is thrown away. Refuses NotTraining."""
    version = model.versions.select_for_update().filter(state__in=UNFINISHED).first()
    if version is None:
        raise NotTraining

    _end(version, state=TrainingState.FAILED, now=now, failure=CANCELLED)
    return version


def run_training(*, version_id: int, clock: Clock) -> None:
    """A worker's part, between two transactions. Begun again after a crash it starts anew."""
    is_mine = ModelVersion.objects.filter(pk=version_id, state__in=UNFINISHED).update(
        state=TrainingState.RUNNING, progress=0
    )
    if not is_mine:
        return
    version = ModelVersion.objects.select_related("model").get(pk=version_id)
    try:
        learned = learn(version.model, progress=lambda part: _note(version_id, part))
        _keep(version_id, learned, clock())
    except CannotLearn as error:
        _fail(version_id, str(error), clock())
    except Exception as error:
        if may_pass(error):
            # The job begins again.
            raise
        log.exception("training failed version=%s", version_id)
        _fail(version_id, FAILED, clock())


def learn(model: LearnedModel, *, progress: Progress) -> Learned:
    """What the approved records teach; raises CannotLearn."""
    kind = RuleType(model.kind)
    records = approved_records(model).order_by("-pk")[:MOST_RECORDS]
    lessons = [_lesson(record) for record in records]
    if len(lessons) < FEWEST_RECORDS:
        raise CannotLearn(str(TooFewRecords(least=FEWEST_RECORDS, approved=len(lessons))))
    if kind is RuleType.SKILLS:
        return teach_skills(lessons, model.minimum_confidence / 100, progress)
    if kind is RuleType.SENTIMENT:
        return teach_sentiment(lessons, progress)
    return teach_effort(lessons, progress)


def approved_records(model: LearnedModel) -> QuerySet[TrainingRecord]:
    """What is learned from."""
    return TrainingRecord.objects.filter(model=model, is_approved=True)


def _lesson(record: TrainingRecord) -> Lesson:
    number = record.minutes or 0.0
    if record.sentiment:
        number = MIDDLE_OF[Sentiment(record.sentiment)]
    skills = tuple(str(skill) for skill in record.skill_ids)
    return Lesson(text=record.text, skills=skills, number=number)


def _note(version_id: int, part: float) -> None:
    ModelVersion.objects.filter(pk=version_id, state=TrainingState.RUNNING).update(
        progress=round(part * 100)
    )


@transaction.atomic
def _keep(version_id: int, learned: Learned, now: datetime) -> None:
    """Unless it was cancelled, or the model deleted, meanwhile."""
    version = _still_running(version_id)
    if version is None:
        return
    content, content_hash = packed(learned.document)
    ModelContent.objects.bulk_create(
        [ModelContent(hash=content_hash, format=FORMAT, content=content)], ignore_conflicts=True
    )
    version.content_id = content_hash
    version.quality = learned.quality
    version.record_count = learned.quality["records"]
    _end(version, state=TrainingState.TRAINED, now=now)


@transaction.atomic
def _fail(version_id: int, sentence: str, now: datetime) -> None:
    if (version := _still_running(version_id)) is not None:
        _end(version, state=TrainingState.FAILED, now=now, failure=sentence)


def _still_running(version_id: int) -> ModelVersion | None:
    rows = ModelVersion.objects.select_for_update().filter(pk=version_id, state__in=UNFINISHED)
    return rows.first()


def _end(version: ModelVersion, *, state: TrainingState, now: datetime, failure: str = "") -> None:
    version.state, version.ended_at, version.failure = state, now, failure[:500]
    version.progress = 100 if state is TrainingState.TRAINED else version.progress
    version.save()
