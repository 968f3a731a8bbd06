"""Stored decisions, made again."""

import pytest
from django.db.models import Value
from django.db.models.functions import Concat

from routing import configuration
from routing.engine.explain import NOT_PUBLISHED_YET
from routing.engine.replay_decision import decide_again
from routing.models import RoutingDecision, Rule, RuleQueue, Ruleset
from routing.queries.replay import replay, replay_today
from routing.terms import RulesetKind
from tests.factories import make_overflow, make_queue
from workstreams.actions.save_service_configuration import save_service_configuration
from workstreams.actions.take_in import take_in
from workstreams.models import Queue

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(workstream, queue, now):
    """Half of the gold customers to each of two queues."""
    routes = Ruleset.objects.create(
        kind=RulesetKind.ROUTE_TO_QUEUE, workstream=workstream, name="Route to queues"
    )
    when = {"field": "context.tier", "op": "equals", "value": "gold"}
    rule = Rule.objects.create(ruleset=routes, name="Gold", when=when)
    for position, each in enumerate((queue, make_queue("VIP"))):
        RuleQueue.objects.create(rule=rule, queue=each, percent=50, position=position)
    configuration.publish(by=None, now=now)
    return workstream


@pytest.fixture
def limited(workstream, now):
    """Everybody to a queue where one may wait; who comes later goes to another."""
    routes = Ruleset.objects.create(
        kind=RulesetKind.ROUTE_TO_QUEUE, workstream=workstream, name="Route to queues"
    )
    rule, vip = Rule.objects.create(ruleset=routes, name="Everybody", when={}), make_queue("VIP")
    RuleQueue.objects.create(rule=rule, queue=vip, percent=100)
    make_overflow(vip, threshold=1, to=make_queue("Night"))
    configuration.publish(by=None, now=now)
    return workstream


def test_it_comes_out_the_same_after_the_rules_changed(shared, now):
    items = [take_in(workstream=shared, now=now, context={"tier": "gold"}) for _ in range(24)]
    Rule.objects.all().delete()
    configuration.publish(by=None, now=now)

    replays = [replay(each) for each in RoutingDecision.objects.order_by("id")]

    assert all(each.is_same for each in replays)
    assert [each.document["queue"] for each in replays] == [item.queue.name for item in items]
    assert len({item.queue_id for item in items}) == 2


def test_another_configuration_would_have_said_something_else(shared, now):
    take_in(workstream=shared, now=now, context={"tier": "gold"})
    decision = RoutingDecision.objects.get()
    Rule.objects.all().delete()
    configuration.publish(by=None, now=now)
    decision.version += 1

    assert replay(decision).is_same is False


def test_todays_rules_are_asked_too(shared, now):
    take_in(workstream=shared, now=now, context={"tier": "gold"})
    decision = RoutingDecision.objects.get()

    unchanged = replay_today(decision)
    Rule.objects.all().delete()
    configuration.publish(by=None, now=now)
    changed = replay_today(decision)

    assert [(each.rules, each.is_same) for each in unchanged.answers] == [
        ("then", True),
        ("published", True),
    ]
    assert [(each.rules, each.is_same) for each in changed.answers] == [
        ("then", True),
        ("published", shared.fallback_queue.name == decision.document["queue"]),
    ]
    assert changed.answers[1].version == decision.version + 1
    assert changed.answers[1].document["queue"] == shared.fallback_queue.name


def test_queues_that_were_only_renamed_give_the_same_answer(limited, now):
    items = [take_in(workstream=limited, now=now) for _ in range(2)]
    Queue.objects.update(name=Concat(Value("The new "), "name"))
    configuration.publish(by=None, now=now)

    made = [replay_today(RoutingDecision.objects.get(work_item_id=item.pk)) for item in items]

    answers = [each for replayed in made for each in replayed.answers]
    assert [(each.document["queue"], each.is_same, each.sentence) for each in answers] == [
        ("VIP", True, ""),
        ("The new VIP", True, ""),
        ("Night", True, ""),
        ("The new Night", True, ""),
    ]


def test_the_draft_is_asked_while_edits_wait(shared, administrator, now):
    save_service_configuration(reviews_before_publishing=True, by=administrator, now=now)
    item = take_in(workstream=shared, now=now, context={"tier": "gold"})
    Rule.objects.update(when={"field": "context.tier", "op": "equals", "value": "silver"})
    configuration.edited(by=administrator, now=now)

    made = replay_today(RoutingDecision.objects.get())

    assert [each.rules for each in made.answers] == ["then", "published", "draft"]
    assert made.answers[1].is_same
    assert made.answers[2].document["queue"] == shared.fallback_queue.name
    assert made.answers[2].is_same == (item.queue == shared.fallback_queue)


def test_every_rule_has_its_result_however_many_there_are(workstream, now):
    routes = Ruleset.objects.create(
        kind=RulesetKind.ROUTE_TO_QUEUE, workstream=workstream, name="Route to queues"
    )
    names = [f"The rule with the long name and the number {number}" for number in range(200)]
    for position, name in enumerate(names):
        when = {"field": "context.tier", "op": "equals", "value": name}
        rule = Rule.objects.create(ruleset=routes, name=name, when=when, position=position)
        RuleQueue.objects.create(rule=rule, queue=workstream.fallback_queue, percent=100)
    configuration.publish(by=None, now=now)
    take_in(workstream=workstream, now=now, context={"tier": names[7]})
    decision = RoutingDecision.objects.get()

    made = replay_today(decision)

    [stored] = decision.document["stages"][1]["rulesets"]
    [ruleset] = made.answers[0].document["stages"][1]["rulesets"]
    assert len(stored["rules"]) < len(names)
    assert made.is_same
    assert [rule["name"] for rule in ruleset["rules"]] == names
    assert [rule["result"] for rule in ruleset["rules"]].count("applied") == 1


def test_what_new_rules_ask_for_is_read_now(shared, now):
    item = take_in(workstream=shared, now=now, context={"tier": "gold", "city": "Rome"})
    decision = RoutingDecision.objects.get()
    Rule.objects.update(when={"field": "context.city", "op": "equals", "value": "Rome"})
    configuration.publish(by=None, now=now)

    [_, today] = replay_today(decision).answers

    assert today.is_same
    assert today.document["queue"] == item.queue.name


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda document: document.pop("read"), "before decisions kept"),
        (lambda document: document["read"].update(cut=["context.tier"]), "too long"),
        (lambda document: document.update(workstream="Gone"), "is not here"),
        (lambda document: document.update(error="Failed."), "failed with an error"),
        (lambda document: document.update(error=NOT_PUBLISHED_YET), "was not published then"),
    ],
)
def test_what_cannot_be_made_again_says_why(shared, now, change, said):
    take_in(workstream=shared, now=now)
    decision = RoutingDecision.objects.get()
    change(decision.document)

    assert replay(decision).is_same is None
    assert said in replay(decision).sentence


def test_rules_of_today_that_fail_give_no_answer(shared, now, monkeypatch):
    take_in(workstream=shared, now=now, context={"tier": "gold"})
    decision = RoutingDecision.objects.get()
    right, calls = decide_again, []

    def fails_the_second_time(*args, **named):
        calls.append(named)
        if len(calls) > 1 and "fields" in named:
            raise ZeroDivisionError
        return right(*args, **named)

    monkeypatch.setattr("routing.queries.replay.routing.decide_again", fails_the_second_time)

    [then, today] = replay_today(decision).answers

    assert then.is_same
    assert (today.is_same, today.document) == (None, {})
    assert "failed with an error" in today.sentence
