"""Two administrators, a worker and arriving work reach for the same model."""

import pytest

from routing import configuration, service
from routing.actions.ask_for_records import ask_for_records
from routing.actions.delete_model import delete_model
from routing.actions.load_records import load_records
from routing.actions.publish_model import publish_model
from routing.actions.train_model import ask_for_training, cancel_training, run_training
from routing.models import LearnedModel, ModelVersion, TrainingRecord
from routing.terms import TrainingState
from tests.factories import make_skill
from tests.factories.learning import add_version, make_model, make_record
from tests.races.together import queued_behind, together
from tests.routing.learning.lessons import WORDS, lessons
from tests.scenarios import arrive
from workstreams.models import Workstream


@pytest.fixture
def model(transactional_db: None) -> LearnedModel:
    """A model with records enough to be trained."""
    ids = {name: make_skill(name).pk for name in WORDS}
    model = make_model(name="Topics")
    for lesson in lessons(55):
        skills = [ids[name] for name in lesson.skills]
        make_record(model, lesson.text, skill_ids=skills, is_approved=True)
    return model


def row(model: LearnedModel):
    return LearnedModel.objects.filter(pk=model.pk)


def ask(model, by, now):
    return lambda: ask_for_training(model=model, by=by, now=now)


def test_of_two_who_train_at_once_one_does(model, administrator, now):
    outcomes = queued_behind(row(model), *(ask(model, administrator, now) for _ in range(2)))

    assert sorted(type(each).__name__ for each in outcomes) == ["AlreadyTraining", "ModelVersion"]
    assert model.versions.count() == 1


def test_two_workers_with_the_same_job_keep_one_result(model, administrator, now):
    version = ask_for_training(model=model, by=administrator, now=now)

    def work():
        run_training(version_id=version.pk, clock=lambda: now)

    outcomes = together(work, work)

    assert outcomes == [None, None]
    version.refresh_from_db()
    assert version.state == TrainingState.TRAINED


def test_publishing_while_the_next_version_is_trained(model, administrator, now):
    first = add_version(model, lessons(60))
    second = ask_for_training(model=model, by=administrator, now=now)

    together(
        lambda: publish_model(version=first, by=administrator, now=now),
        lambda: run_training(version_id=second.pk, clock=lambda: now),
    )

    model.refresh_from_db()
    second.refresh_from_db()
    assert model.published == first
    assert second.state == TrainingState.TRAINED


def test_cancelling_and_ending_at_once_leave_one_end(model, administrator, now):
    version = ask_for_training(model=model, by=administrator, now=now)

    together(
        lambda: cancel_training(model=model, now=now),
        lambda: run_training(version_id=version.pk, clock=lambda: now),
    )

    version.refresh_from_db()
    assert (version.content is None) == (version.state == TrainingState.FAILED)
    assert version.ended_at is not None


def test_deleting_while_publishing_leaves_nothing_half(model, administrator, now):
    version = add_version(model, lessons(60))

    queued_behind(
        row(model),
        lambda: delete_model(model=model, by=administrator, now=now),
        lambda: _publish(version, administrator, now),
    )

    assert LearnedModel.objects.count() == 0
    assert ModelVersion.objects.count() == 0
    assert TrainingRecord.objects.count() == 0


def _publish(version, by, now):
    """The model may be gone by then."""
    try:
        publish_model(version=version, by=by, now=now)
    except LearnedModel.DoesNotExist:
        return "gone"
    return "published"


def test_loading_twice_at_once_loads_each_item_once(
    model, workstream: Workstream, administrator, now
):
    configuration.publish(by=None, now=now)
    for _ in range(3):
        service.force_close(item_id=arrive(workstream, now).pk, by=administrator, now=now)

    outcomes = queued_behind(row(model), *(lambda: load_records(model=model, now=now),) * 2)

    assert sorted(each.added for each in outcomes) == [0, 3]
    assert model.records.filter(item_id__isnull=False).count() == 3


def test_of_two_who_ask_for_loading_at_once_one_does(model, administrator, now):
    def ask_to_load():
        return ask_for_records(model=model, by=administrator, now=now)

    outcomes = together(ask_to_load, ask_to_load)

    assert sorted(type(each).__name__ for each in outcomes) == ["AlreadyLoading", "ModelLoad"]
    assert model.loads.count() == 1
