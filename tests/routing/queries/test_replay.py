"""Stored decisions, made again."""

import pytest

from routing import configuration
from routing.models import RoutingDecision, Rule, RuleQueue, Ruleset
from routing.queries.replay import replay
from routing.terms import RulesetKind
from tests.factories import make_queue
from workstreams.actions.take_in import take_in

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


def test_it_comes_out_the_same_after_the_rules_changed(shared, now):
    items = [take_in(workstream=shared, now=now, context={"tier": "gold"}) for _ in range(8)]
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


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda document: document.pop("read"), "before decisions kept"),
        (lambda document: document["read"].update(cut=["context.tier"]), "too long"),
        (lambda document: document.update(workstream="Gone"), "is not here"),
        (lambda document: document.update(error="Failed."), "failed with an error"),
    ],
)
def test_what_cannot_be_made_again_says_why(shared, now, change, said):
    take_in(workstream=shared, now=now)
    decision = RoutingDecision.objects.get()
    change(decision.document)

    assert replay(decision).is_same is None
    assert said in replay(decision).sentence
