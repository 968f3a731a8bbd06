"""From closed work to a published version of a model."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from routing.actions import train_model
from routing.actions.delete_model import delete_model
from routing.actions.import_records import import_records
from routing.actions.load_records import load_records
from routing.actions.publish_model import publish_model
from routing.actions.review_records import approve_records, edit_record
from routing.actions.save_model import save_model
from routing.actions.train_model import (
    ask_for_training,
    cancel_training,
    run_training,
)
from routing.exceptions import (
    AlreadyTraining,
    InvalidFiles,
    NotTrained,
    NotTraining,
    TooFewRecords,
)
from routing.learning.teach import teach_skills
from routing.models import Assignment, LearnedModel, ModelContent, ModelVersion, TrainingRecord
from routing.terms import RuleType, TrainingState
from tests.factories import make_item, make_skill, make_workstream
from tests.factories.learning import NOW, add_version, make_model, make_record, make_trained
from tests.routing.learning.lessons import WORDS, lessons
from workstreams.actions.refusals import InvalidSettings
from workstreams.exceptions import InUse
from workstreams.models import Message, WorkItemEvent
from workstreams.terms import Author, ItemState


@pytest.fixture
def skills(db):
    return {name: make_skill(name) for name in WORDS}


def closed(workstream, now, said="", **fields):
    item = make_item(workstream, state=ItemState.CLOSED, closed_at=now, **fields)
    if said:
        Message.objects.create(item=item, author=Author.CUSTOMER, text=said, created_at=now)
    return item


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


def test_closed_work_becomes_records_with_its_final_skills(workstream, skills, now):
    model = make_model()
    item = closed(
        workstream,
        now,
        "My machine leaks",
        title="Help",
        required_skills=[[skills["Machines"].pk, 5]],
    )
    closed(workstream, now, title="", required_skills=[])
    make_item(workstream, title="Still open")

    loaded = load_records(model=model, now=now)

    record = TrainingRecord.objects.get()
    assert (loaded.added, loaded.changed, loaded.skipped) == (1, 0, 1)
    assert (record.item_id, record.text) == (item.pk, "Help\nMy machine leaks")
    assert record.skill_ids == [skills["Machines"].pk]
    assert (record.is_approved, record.is_corrected) == (False, False)


def test_loading_again_brings_corrections_and_leaves_what_was_edited(workstream, skills, now):
    model = make_model()
    item, other = (closed(workstream, now, "leak", required_skills=[]) for _ in range(2))
    load_records(model=model, now=now)
    approve_records(records=model.records.all())
    edit_record(record=model.records.get(item_id=other.pk), skills=[skills["Orders"]])
    for each in (item, other):
        each.required_skills = [[skills["Machines"].pk, None]]
        each.save()
        WorkItemEvent.objects.create(
            work_item_id=each.pk, kind="skills_changed", at=now, workstream_id=workstream.pk
        )

    loaded = load_records(model=model, now=now)

    assert (loaded.added, loaded.changed) == (0, 1)
    record = model.records.get(item_id=item.pk)
    assert record.skill_ids == [skills["Machines"].pk]
    assert (record.is_corrected, record.is_approved) == (True, True)
    assert model.records.get(item_id=other.pk).skill_ids == [skills["Orders"].pk]


def test_filters_choose_the_closed_work(workstream, skills, now):
    other = make_workstream("Other")
    model = make_model(closed_from=now.date(), closed_until=now.date())
    model.workstreams.add(workstream)
    wanted = closed(workstream, now, "leak")
    closed(other, now, "leak")
    closed(workstream, now - timedelta(days=1), "leak")
    closed(workstream, now + timedelta(days=1), "leak")

    load_records(model=model, now=now)

    assert [record.item_id for record in model.records.all()] == [wanted.pk]


def test_effort_is_the_time_of_the_ledger(workstream, agent, now):
    model = make_model(RuleType.EFFORT, inputs=["title", "channel"])
    item = closed(workstream, now, title="Leak")
    closed(workstream, now, title="Nobody had it")
    for minutes in (10, 5):
        Assignment.objects.create(
            item=item,
            agent=agent,
            queue=item.queue,
            how="push",
            outcome="accepted",
            offered_at=now,
            decided_at=now,
            ended_at=now + timedelta(minutes=minutes),
            capacity_released_at=now + timedelta(minutes=minutes),
        )

    loaded = load_records(model=model, now=now)

    assert (loaded.added, loaded.skipped) == (1, 1)
    assert model.records.get().minutes == 15


def test_sentiment_is_proposed_by_the_built_in_words(workstream, now):
    model = make_model(RuleType.SENTIMENT)
    closed(workstream, now, "This is terrible, I am furious")

    load_records(model=model, now=now)

    assert model.records.get().sentiment == "very_negative"


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


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"inputs": []}, "inputs"),
        ({"inputs": ["nothing.at.all"]}, "inputs"),
        ({"inputs": ["title", "title"]}, "inputs"),
        ({"inputs": [f"context.{n}" for n in range(11)]}, "inputs"),
        ({"kind": RuleType.EFFORT, "inputs": ["title", "messages"]}, "kind"),
        ({"name": "taken"}, "name"),
    ],
)
def test_a_model_that_cannot_be_is_refused(administrator, now, change, field):
    make_model(name="Taken")
    model = make_model(name="Topics")
    for name, value in change.items():
        setattr(model, name, value)

    with pytest.raises(InvalidSettings) as refused:
        save_model(row=model, by=administrator, now=now)

    assert set(refused.value.errors) == {field}


def test_a_model_that_a_ruleset_names_is_not_deleted(administrator, workstream, skills, now):
    model = make_trained(lessons(60))
    workstream.rulesets.create(
        kind="classification", name="Topics", rule_type=model.kind, model=model, inputs=["title"]
    )

    with pytest.raises(InUse):
        delete_model(model=model, by=administrator, now=now)


RECORDS = (
    'Model,Record name,Input data\nTopics,Case 1,"My machine, it leaks"\nTopics,Case 2,refund\n'
)
MAPPINGS = (
    "Record,Characteristic mapping,Characteristic\nCase 1,M1,machines\nCase 1,M2,Orders\n"
    "Case 2,M3,Billing\n"
)


def test_two_files_become_records(skills, now):
    model = make_model(name="Topics")

    count = import_records(records=RECORDS, mappings=MAPPINGS, now=now)
    again = import_records(records=RECORDS, mappings=MAPPINGS, now=now)

    assert (count, again, model.records.count()) == (2, 2, 2)
    first = model.records.get(name="Case 1")
    assert first.text == "My machine, it leaks"
    assert first.skill_ids == sorted([skills["Machines"].pk, skills["Orders"].pk])
    assert not first.is_approved


@pytest.mark.parametrize(
    ("records", "mappings", "fault"),
    [
        ("", "", "the first line has to name the columns"),
        ("a,b\n1,2\n", MAPPINGS, "the first line has to name the columns"),
        (
            RECORDS.replace("Topics,Case 2", "Other,Case 2"),
            MAPPINGS,
            "line 3: there is no skill model",
        ),
        (RECORDS.replace("Case 2", "Case 1"), MAPPINGS.replace("Case 2", "Case 1"), "twice"),
        (RECORDS.replace(",refund", ","), MAPPINGS, "line 3: the input data is empty"),
        (RECORDS, MAPPINGS.replace("Orders", "Cooking"), "line 3: there is no skill Cooking"),
        (RECORDS, MAPPINGS.replace("Case 2", "Case 9"), "line 4: there is no record Case 9"),
        (RECORDS + "Topics,Case 3," + "x" * 200_000, MAPPINGS, "field larger than"),
        (RECORDS.split("\n")[0], MAPPINGS.split("\n")[0], "there is no record in the file"),
    ],
    ids=["empty", "heads", "model", "twice", "text", "skill", "record", "large", "nothing"],
)
def test_files_with_faults_import_nothing(skills, now, records, mappings, fault):
    make_model(name="Topics")

    with pytest.raises(InvalidFiles) as refused:
        import_records(records=records, mappings=mappings, now=now)

    assert any(fault in each for each in refused.value.faults), refused.value.faults
    assert not TrainingRecord.objects.exists()
