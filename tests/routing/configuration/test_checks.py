"""Checks with the rows of an organisation."""

import pytest

from routing import configuration
from routing.learning.train import Lesson
from routing.models import LearnedModel, Rule, RuleQueue, Ruleset
from routing.queries.finding_lines import url_of
from routing.queries.staff import staff
from routing.terms import RulesetKind, RuleType
from tests.factories import make_agent, make_overflow, make_profile, make_queue
from tests.factories.learning import add_version, make_model
from tests.routing.learning.lessons import lessons
from workstreams.models import ContextVariable
from workstreams.terms import OverflowCondition

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(workstream, queue, now):
    """Publishes a rule that asks for the field, and checks."""

    def ask(field):
        routes = Ruleset.objects.create(
            kind=RulesetKind.ROUTE_TO_QUEUE, workstream=workstream, name="Route to queues"
        )
        when = {"field": field, "op": "equals", "value": "gold"}
        rule = Rule.objects.create(ruleset=routes, name="Gold", when=when)
        RuleQueue.objects.create(rule=rule, queue=queue)
        configuration.publish(by=None, now=now)
        return configuration.checks_of(configuration.current().compiled)

    return ask


def test_a_field_that_no_channel_gives_is_named_with_its_rule(agent, ask):
    [finding] = ask("context.tier")

    assert (finding.check, finding.path) == ("field-nobody-gives", "route_to_queue.0")
    assert "No context variable" in finding.sentence


@pytest.mark.parametrize("field", ["title", "context.tier", "customer.name", "attributes.vip"])
def test_fields_that_come_are_not_named(workstream, agent, ask, field):
    ContextVariable.objects.create(workstream=workstream, name="tier")

    assert ask(field) == []


def test_overflow_that_goes_round_is_an_error_that_leads_to_the_queue(
    workstream, queue, agent, now
):
    night = make_queue("Night")
    make_overflow(queue, OverflowCondition.WAITING_TIME, threshold=60, to=night)
    make_overflow(night, OverflowCondition.WAITING_TIME, threshold=60, to=queue)
    configuration.publish(by=None, now=now)
    compiled = configuration.current().compiled

    [loop] = [each for each in configuration.checks_of(compiled) if each.check == "overflow-loop"]

    assert loop.severity == "error"
    assert "Night" in loop.sentence
    assert url_of(loop) in {f"/queues/{each.pk}/" for each in (queue, night)}
    assert [each["check"] for each in configuration.errors_of(compiled)] == ["overflow-loop"]


def test_who_serves_what_is_summed_up(queue, now, django_assert_num_queries):
    profile = make_profile("Chats")
    make_agent("ann", queues=[queue], profiles=[profile], skills={"Spanish": 4})
    make_agent("ben", queues=[queue], skills={"Spanish": 7})
    dana = make_agent("dana", queues=[queue], skills={"Spanish": 9})
    dana.skills.update(is_active=False)
    off = make_agent("off", queues=[make_queue("Idle")], skills={"Spanish": 9})
    type(off).objects.filter(pk=off.pk).update(is_enabled=False)

    with django_assert_num_queries(4):
        found = staff()

    assert found.queues[queue.pk].members == 3
    assert found.queues[queue.pk].profiles == {"Chats"}
    assert found.skills == {"Spanish": 7}
    assert set(found.queues) == {queue.pk}


def test_checking_costs_the_same_however_much_there_is(ask, agent, django_assert_num_queries):
    ask("context.tier")
    compiled = configuration.current().compiled

    with django_assert_num_queries(6):
        configuration.checks_of(compiled)


@pytest.fixture
def ask_model(workstream, agent, now):
    """Publishes a ruleset that asks the model, and checks."""

    def ask_model(model, rule_type=RuleType.SENTIMENT):
        Ruleset.objects.create(
            kind=RulesetKind.CLASSIFICATION,
            workstream=workstream,
            name="Mood",
            rule_type=rule_type,
            model=model,
            inputs=["messages"],
        )
        configuration.publish(by=None, now=now)
        return configuration.checks_of(configuration.current().compiled)

    return ask_model


def test_a_model_without_a_published_version_is_named_with_its_ruleset(ask_model):
    model = make_model(RuleType.SENTIMENT, name="Feelings")

    [finding] = ask_model(model)

    assert (finding.check, finding.kind, finding.object_id) == (
        "model-unpublished",
        "learned_model",
        model.pk,
    )
    assert "“Mood” of “Chat”" in finding.sentence
    assert url_of(finding) == f"/models/{model.pk}/"


def test_a_published_model_and_built_in_words_are_fine(ask_model):
    model = make_model(RuleType.SENTIMENT)
    add_version(
        model, [Lesson(text=each.text, number=float(n)) for n, each in enumerate(lessons(60))]
    )

    assert ask_model(model) == []
    assert ask_model(None) == []


def test_a_model_that_went_or_does_something_else_is_named(ask_model, workstream):
    model = make_model(RuleType.SENTIMENT, name="Feelings")
    ask_model(model)
    compiled = configuration.current().compiled

    LearnedModel.objects.update(kind=RuleType.EFFORT)
    [other] = configuration.checks_of_one(compiled, workstream.pk)
    workstream.rulesets.all().delete()
    model.delete()
    [gone] = configuration.checks_of_one(compiled, workstream.pk)

    assert (other.check, gone.check, gone.path) == (
        "model-kind",
        "model-missing",
        "classification.0",
    )
