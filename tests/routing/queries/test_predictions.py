"""What published models say of arriving work."""

import pytest

from routing import configuration
from routing.models import LearnedModel, ModelContent, ModelVersion, RoutingDecision, Ruleset
from routing.queries.item_fields import item_fields
from routing.queries.predictions import Predictor, said_by_customer
from routing.queries.would_route import TestItem, would_route
from routing.terms import RulesetKind, RuleType
from tests.factories import make_skill
from tests.factories.learning import add_version, make_model, make_trained
from tests.routing.learning.lessons import WORDS, lessons
from tests.scenarios import arrive
from workstreams.actions.take_in import take_in


@pytest.fixture
def skills(db):
    return [make_skill(name) for name in WORDS]


@pytest.fixture
def topics(skills):
    """A published model that tells three skills apart."""
    return make_trained(lessons(80), name="Topics")


def add_ruleset(workstream, kind, model=None, inputs=("title", "messages"), position=1):
    return Ruleset.objects.create(
        kind=RulesetKind.CLASSIFICATION,
        workstream=workstream,
        name=f"{kind} {position}",
        rule_type=kind,
        model=model,
        inputs=list(inputs),
        position=position,
    )


def classified(item):
    document = RoutingDecision.objects.filter(work_item_id=item.pk).latest("pk").document
    return next(one for one in document["stages"] if one["stage"] == "classification")


def test_an_arriving_chat_gets_its_skill(workstream, topics, now):
    add_ruleset(workstream, RuleType.SKILLS, topics)

    item = arrive(workstream, now, title="Hello", first_message="My machine has a leak of water")

    stage = classified(item)
    assert [each["skill"] for each in stage["skills"]] == ["Machines"]
    [ruleset] = stage["rulesets"]
    assert ruleset["prediction"]["model"] == "Topics"
    assert ruleset["prediction"]["version"] == 1
    assert ruleset["prediction"]["skills"][0]["confidence"] > 0.5
    assert ruleset["rules"][0]["result"] == "applied"
    assert "% Machines" in ruleset["rules"][0]["name"]


def test_less_than_the_minimum_confidence_adds_nothing(workstream, topics, now):
    topics.minimum_confidence = 99
    topics.save()
    add_ruleset(workstream, RuleType.SKILLS, topics)

    stage = classified(arrive(workstream, now, first_message="My machine has a question"))

    assert stage["skills"] == []
    assert stage["rulesets"][0]["prediction"]["less_sure"]


def test_sentiment_needs_no_training_and_stays_with_the_item(workstream, now):
    add_ruleset(workstream, RuleType.SENTIMENT, inputs=["messages"])

    item = arrive(workstream, now, first_message="This is terrible, I am furious!")

    assert item.attributes["sentiment"] == "very_negative"
    assert item.attributes["sentiment_score"] < 15
    [ruleset] = classified(item)["rulesets"]
    assert ruleset["prediction"]["keywords"] == ["terrible", "furious"]


def test_effort_writes_minutes_and_confidence(workstream, now, db):
    effort = make_trained(lessons(120), RuleType.EFFORT, "Effort")
    add_ruleset(workstream, RuleType.EFFORT, effort)

    item = arrive(workstream, now, first_message="grinder leak pump water")

    assert item.attributes["effort_minutes"] > 10
    assert 0 < item.attributes["effort_confidence"] <= 100


def test_publishing_another_version_acts_at_once(workstream, topics, now):
    add_ruleset(workstream, RuleType.SKILLS, topics)
    arrive(workstream, now, first_message="My machine leaks")
    add_version(topics, lessons(80, seed=7))

    item = arrive(workstream, now, first_message="My machine leaks")

    assert classified(item)["rulesets"][0]["prediction"]["version"] == 2


@pytest.mark.parametrize("what", ["unpublished", "broken", "deleted", "empty"])
def test_a_model_that_cannot_be_asked_is_noted_and_routing_goes_on(workstream, topics, now, what):
    if what == "unpublished":
        topics.published = None
        topics.save()
    add_ruleset(workstream, RuleType.SKILLS, topics)
    if what == "broken":
        broken = ModelContent.objects.create(hash="b" * 64, format=1, content=b"broken")
        ModelVersion.objects.filter(pk=topics.published_id).update(content=broken)
    if what == "empty":
        Ruleset.objects.update(inputs=["messages"])
    configuration.publish(by=None, now=now)
    if what == "deleted":
        # Published rules still name it.
        Ruleset.objects.all().delete()
        topics.published = None
        topics.save()
        topics.delete()

    text = "" if what == "empty" else "My machine leaks"
    item = take_in(workstream=workstream, title="Hello", first_message=text, now=now)

    document = RoutingDecision.objects.get(work_item_id=item.pk).document
    assert "error" not in document
    rule = document["stages"][0]["rulesets"][0]["rules"][0]
    assert (rule["name"], rule["result"]) == ("Nothing predicted", "processed")
    assert rule["note"]


def test_a_name_that_is_not_published_yet_hides_no_model(workstream, topics, now):
    add_ruleset(workstream, RuleType.SKILLS, topics)
    configuration.publish(by=None, now=now)
    LearnedModel.objects.update(name="Subjects")

    item = take_in(workstream=workstream, first_message="My machine has a leak of water", now=now)

    assert [each["skill"] for each in classified(item)["skills"]] == ["Machines"]


def test_trying_a_test_item_asks_the_models_too(workstream, topics, now):
    add_ruleset(workstream, RuleType.SKILLS, topics)
    configuration.publish(by=None, now=now)

    said = would_route(TestItem(workstream=workstream, title="refund of an invoice"), now=now)

    stage = next(each for each in said["stages"] if each["stage"] == "classification")
    assert [each["skill"] for each in stage["skills"]] == ["Billing"]


def test_a_prediction_costs_two_queries_once_its_model_was_read(
    workstream, topics, now, django_assert_num_queries
):
    add_ruleset(workstream, RuleType.SKILLS, topics)
    item = arrive(workstream, now, first_message="My machine leaks")
    published = configuration.current()
    ruleset = published.compiled.workstreams[workstream.pk].classification[0]

    def predict():
        asked = Predictor(published=published, messages=lambda: said_by_customer(item))
        return asked(ruleset, item_fields(item))

    predict()
    with django_assert_num_queries(2):
        assert predict().skills


def test_a_workstream_without_such_rulesets_asks_nothing_more(workstream, now):
    make_model()
    item = arrive(workstream, now, first_message="My machine leaks")

    assert classified(item)["rulesets"] == []
    assert item.attributes == {}
