"""Closed work becomes records to learn from."""

from datetime import timedelta

from routing.actions import load_records as load
from routing.actions.load_records import load_records
from routing.actions.review_records import approve_records, edit_record
from routing.models import (
    Assignment,
    TrainingRecord,
)
from routing.terms import RuleType
from tests.factories import make_item, make_workstream
from tests.factories.learning import make_closed, make_model
from workstreams.models import WorkItemEvent


def test_closed_work_becomes_records_with_its_final_skills(workstream, skills, now):
    model = make_model()
    item = make_closed(
        workstream,
        now,
        "My machine leaks",
        title="Help",
        required_skills=[[skills["Machines"].pk, 5]],
    )
    make_closed(workstream, now, title="", required_skills=[])
    make_item(workstream, title="Still open")

    loaded = load_records(model=model, now=now)

    record = TrainingRecord.objects.get()
    assert (loaded.added, loaded.changed, loaded.skipped) == (1, 0, 1)
    assert (record.item_id, record.text) == (item.pk, "Help\nMy machine leaks")
    assert record.skill_ids == [skills["Machines"].pk]
    assert (record.is_approved, record.is_corrected) == (False, False)


def test_loading_again_brings_corrections_and_leaves_what_was_edited(workstream, skills, now):
    model = make_model()
    item, other = (make_closed(workstream, now, "leak", required_skills=[]) for _ in range(2))
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
    wanted = make_closed(workstream, now, "leak")
    make_closed(other, now, "leak")
    make_closed(workstream, now - timedelta(days=1), "leak")
    make_closed(workstream, now + timedelta(days=1), "leak")

    load_records(model=model, now=now)

    assert [record.item_id for record in model.records.all()] == [wanted.pk]


def test_days_begin_by_the_clock_of_the_product(workstream, skills, now, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    model = make_model(closed_from=now.date(), closed_until=now.date())
    midnight = now.replace(hour=0, minute=0) - timedelta(hours=1)
    wanted = [
        make_closed(workstream, midnight + timedelta(hours=hours), "leak") for hours in (0, 23)
    ]
    for hours in (-1, 24):
        make_closed(workstream, midnight + timedelta(hours=hours), "leak")

    load_records(model=model, now=now)

    assert {record.item_id for record in model.records.all()} == {item.pk for item in wanted}


def test_effort_is_the_time_of_the_ledger(workstream, agent, now):
    model = make_model(RuleType.EFFORT, inputs=["title", "channel"])
    item = make_closed(workstream, now, title="Leak")
    make_closed(workstream, now, title="Nobody had it")
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
    make_closed(workstream, now, "This is terrible, I am furious")

    load_records(model=model, now=now)

    assert model.records.get().sentiment == "very_negative"


def test_conditions_choose_the_closed_work(workstream, skills, now):
    model = make_model(when={"field": "context.tier", "op": "equals", "value": "gold"})
    wanted = make_closed(workstream, now, "leak", context={"tier": "gold"})
    make_closed(workstream, now, "leak", context={"tier": "silver"})

    loaded = load_records(model=model, now=now)

    assert [record.item_id for record in model.records.all()] == [wanted.pk]
    assert (loaded.added, loaded.skipped, loaded.part) == (1, 0, 1.0)


def test_a_condition_about_skills_reads_those_of_the_closed_item(workstream, skills, now):
    model = make_model(when={"field": "skills", "op": "contains", "value": "Orders"})
    wanted = make_closed(workstream, now, "parcel", required_skills=[[skills["Orders"].pk, None]])
    make_closed(workstream, now, "leak", required_skills=[[skills["Machines"].pk, None]])

    load_records(model=model, now=now)

    assert [record.item_id for record in model.records.all()] == [wanted.pk]


def test_as_many_are_taken_as_fit_however_far_back(workstream, skills, now, monkeypatch):
    monkeypatch.setattr(load, "BATCH", 2)
    monkeypatch.setattr(load, "MOST_ITEMS", 3)
    model = make_model(when={"field": "context.tier", "op": "equals", "value": "gold"})
    for number in range(10):
        tier = "gold" if number % 2 else "silver"
        make_closed(workstream, now, "leak", title=str(number), context={"tier": tier})

    parts = []

    def told(loaded):
        parts.append(loaded.part)
        return True

    load_records(model=model, now=now, told=told)

    assert [record.name for record in model.records.order_by("-item_id")] == ["9", "7", "5"]
    assert parts == sorted(parts)
    assert parts[-1] == 1.0


def test_what_no_longer_matters_is_not_looked_at(workstream, skills, now, monkeypatch):
    monkeypatch.setattr(load, "BATCH", 2)
    monkeypatch.setattr(load, "MOST_LOOKED_AT", 4)
    model = make_model(when={"field": "context.tier", "op": "equals", "value": "gold"})
    make_closed(workstream, now, "leak", context={"tier": "gold"})
    for _ in range(4):
        make_closed(workstream, now, "leak", context={"tier": "silver"})

    assert load_records(model=model, now=now).added == 0
