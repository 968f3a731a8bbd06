"""Whose work a model learns from goes with it: forgotten, it would learn from everybody's."""

import json
from datetime import date

import pytest

from routing import configuration
from routing.models import LearnedModel
from tests.factories import make_workstream
from tests.factories.learning import make_model

pytestmark = pytest.mark.django_db


@pytest.fixture
def topics(workstream):
    """A model that learns from the chats of a year."""
    first, last = date(2025, 1, 1), date(2025, 12, 31)
    model = make_model(name="Topics", closed_from=first, closed_until=last)
    model.workstreams.add(workstream)
    return model


def learns_from(model):
    return sorted(model.workstreams.values_list("name", flat=True))


def test_a_model_that_is_imported_learns_from_what_it_learned_from(topics, workstream, now):
    document = json.loads(configuration.export())
    topics.delete()

    configuration.import_document(document, by=None, now=now)

    model = LearnedModel.objects.get(name="Topics")
    assert learns_from(model) == ["Chat"]
    assert (model.closed_from, model.closed_until) == (date(2025, 1, 1), date(2025, 12, 31))


def test_of_one_workstream_it_says_only_that_one(topics, workstream, now):
    topics.workstreams.add(make_workstream("Other"))
    name_in_rules(workstream, topics)
    [entry] = configuration.workstream_document(workstream.pk)["learned_models"]

    topics.workstreams.remove(workstream)
    document = configuration.workstream_document(workstream.pk)
    configuration.import_document(document, by=None, now=now)

    assert entry["workstreams"] == ["Chat"]
    assert learns_from(topics) == ["Chat", "Other"]


def test_one_for_all_stays_for_all(topics, workstream, now):
    name_in_rules(workstream, topics)
    document = configuration.workstream_document(workstream.pk)
    topics.workstreams.clear()

    configuration.import_document(document, by=None, now=now)

    assert learns_from(topics) == []


def test_a_name_that_is_not_published_yet_makes_no_model_missing(topics, workstream, now):
    name_in_rules(workstream, topics)
    configuration.publish(by=None, now=now)
    LearnedModel.objects.update(name="Subjects")

    found = configuration.checks_of(configuration.current().compiled)

    assert "model-missing" not in {each.check for each in found}


def test_the_days_are_in_their_order(topics, now):
    document = json.loads(configuration.export())
    document["learned_models"][0]["closed_until"] = "2024-12-31"

    [finding] = configuration.validate(document)

    assert finding["path"] == "learned_models.0.closed_until"


def name_in_rules(workstream, model):
    workstream.rulesets.create(
        kind="classification", name="Topics", rule_type=model.kind, model=model, inputs=["title"]
    )
