"""A worker trains versions of a model, and one of them is published."""

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from routing.actions import train_model
from routing.actions.delete_model import delete_model
from routing.actions.publish_model import publish_model
from routing.actions.train_model import (
    FAILED,
    ask_for_training,
    cancel_training,
    run_training,
)
from routing.exceptions import (
    AlreadyTraining,
    NotTrained,
    NotTraining,
    TooFewRecords,
)
from routing.learning.teach import teach_skills
from routing.models import LearnedModel, ModelContent, ModelVersion, TrainingRecord
from routing.terms import TrainingState
from tests.factories.learning import NOW, add_version, make_model, make_record, make_trained
from tests.routing.actions.failing_inserts import inserts_fail
from tests.routing.learning.lessons import lessons


def approved(model, skills, count=60, seed=1):
    """As many records as lessons, all approved."""
    TrainingRecord.objects.bulk_create(
        TrainingRecord(
            model=model,
            name=f"{seed}-{number}",
            text=lesson.text,
            skill_ids=[skills[name].pk for name in lesson.skills] if skills else [],
            minutes=lesson.number,
            is_approved=True,
            loaded_at=NOW,
        )
        for number, lesson in enumerate(lessons(count, seed=seed))
    )


def trained(model, by, now):
    version = ask_for_training(model=model, by=by, now=now)
    run_training(version_id=version.pk, clock=lambda: now)
    version.refresh_from_db()
    return version


def test_fifty_approved_records_are_needed(administrator, skills, now):
    model = make_model()
    approved(model, skills, 49)
    make_record(model, "not approved")

    with pytest.raises(TooFewRecords, match="There are 49"):
        ask_for_training(model=model, by=administrator, now=now)

    assert not ModelVersion.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_a_worker_trains_and_the_version_has_figures(administrator, skills, now):
    model = make_model()
    approved(model, skills)

    version = trained(model, administrator, now)

    assert (version.state, version.number, version.record_count) == ("trained", 1, 60)
    assert version.quality["precision"] > 0.8
    assert version.content.content
    assert ProcrastinateJob.objects.get().args == {"version_id": version.pk}
    model.refresh_from_db()
    assert model.published is None


def test_equal_records_are_the_same_content(administrator, skills, now):
    model = make_model()
    approved(model, skills)

    first, second = (trained(model, administrator, now) for _ in range(2))

    assert first.content_id == second.content_id
    assert (second.number, ModelContent.objects.count()) == (2, 1)


def test_a_model_is_trained_once_at_a_time(administrator, skills, now):
    model = make_model()
    approved(model, skills)
    ask_for_training(model=model, by=administrator, now=now)

    with pytest.raises(AlreadyTraining):
        ask_for_training(model=model, by=administrator, now=now)


def test_what_cannot_be_learned_fails_with_its_reason(administrator, skills, now):
    model = make_model()
    approved(model, dict.fromkeys(skills, skills["Orders"]))

    version = trained(model, administrator, now)

    assert version.state == "failed"
    assert "the same skills" in version.failure


def test_an_error_fails_the_training_and_another_can_be_asked_for(
    administrator, skills, now, monkeypatch
):
    model = make_model()
    approved(model, skills)
    monkeypatch.setattr("routing.actions.train_model.teach_skills", lambda *_: 1 / 0)

    version = trained(model, administrator, now)

    assert (version.state, version.content) == ("failed", None)
    assert ask_for_training(model=model, by=administrator, now=now).number == 2


def test_a_training_that_cannot_be_kept_on_a_full_disk_fails(administrator, skills, now):
    model = make_model()
    approved(model, skills)
    version = ask_for_training(model=model, by=administrator, now=now)

    with connection.execute_wrapper(inserts_fail("disk_full")):
        run_training(version_id=version.pk, clock=lambda: now)

    version.refresh_from_db()
    assert (version.state, version.failure) == ("failed", FAILED)


def test_a_training_begun_again_after_a_crash_ends(administrator, skills, now):
    model = make_model()
    approved(model, skills)
    version = ask_for_training(model=model, by=administrator, now=now)
    ModelVersion.objects.update(state=TrainingState.RUNNING, progress=40)

    run_training(version_id=version.pk, clock=lambda: now)
    run_training(version_id=version.pk, clock=lambda: now)

    assert model.versions.get().state == "trained"


def test_a_cancelled_training_keeps_nothing(administrator, skills, now, monkeypatch):
    model = make_model()
    approved(model, skills)
    version = ask_for_training(model=model, by=administrator, now=now)
    teach = teach_skills

    def cancelled_meanwhile(*args):
        cancel_training(model=model, now=now)
        return teach(*args)

    monkeypatch.setattr(train_model, "teach_skills", cancelled_meanwhile)
    run_training(version_id=version.pk, clock=lambda: now)

    version.refresh_from_db()
    assert (version.state, version.failure, version.content) == ("failed", "Cancelled.", None)
    with pytest.raises(NotTraining):
        cancel_training(model=model, now=now)


def test_a_model_deleted_while_it_is_trained_is_no_error(administrator, skills, now, monkeypatch):
    model = make_model()
    approved(model, skills)
    version = ask_for_training(model=model, by=administrator, now=now)
    teach = teach_skills

    def deleted_meanwhile(*args):
        learned = teach(*args)
        delete_model(model=model, by=administrator, now=now)
        return learned

    monkeypatch.setattr(train_model, "teach_skills", deleted_meanwhile)
    run_training(version_id=version.pk, clock=lambda: now)

    assert not LearnedModel.objects.exists()
    assert not ModelVersion.objects.exists()


def test_publishing_an_older_version_is_the_way_back(administrator, skills, now):
    model = make_trained(lessons(60))
    first = model.versions.get()
    second = add_version(model, lessons(60, seed=5))

    publish_model(version=second, by=administrator, now=now)
    publish_model(version=first, by=administrator, now=now)

    model.refresh_from_db()
    first.refresh_from_db()
    assert model.published == first
    assert (first.published_by, first.published_at) == (administrator.username, now)


def test_only_what_was_trained_is_published(administrator, skills, now):
    model = make_model()
    approved(model, skills)
    version = ask_for_training(model=model, by=administrator, now=now)

    with pytest.raises(NotTrained):
        publish_model(version=version, by=administrator, now=now)
