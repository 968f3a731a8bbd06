"""A decision rule by rule, by the rules of then and by those of today."""

from django.urls import reverse

from agents.models import User
from routing import configuration
from routing.dispatcher.cycle import run_cycle
from routing.models import RoutingDecision, Rule, Ruleset
from tests.factories import make_item
from tests.routing.views.explained import get
from workstreams.actions.take_in import take_in
from workstreams.models import Workstream


def arrived(workstream, now, **context):
    configuration.publish(by=None, now=now)
    return take_in(workstream=workstream, now=now, context=context)


def decision_of(item):
    return RoutingDecision.objects.get(work_item_id=item.pk, stage="routing")


def test_a_decision_is_shown_rule_by_rule_then_and_today(client, supervisor, workstream, now):
    item = arrived(workstream, now)
    page = reverse("routing:decision", args=[item.pk, decision_of(item).pk])

    assert page in get(client, supervisor, item).content.decode()
    text = client.get(page).content.decode()

    assert "The rules of then: version 1" in text
    assert "The published rules: version 1" in text
    assert text.count("Same answer") == 2


def test_a_decision_that_read_too_much_says_so(client, supervisor, workstream, now):
    ruleset = Ruleset.objects.create(kind="classification", workstream=workstream, name="One")
    when = {"field": "context.story", "op": "contains", "value": "late"}
    Rule.objects.create(ruleset=ruleset, name="Late", when=when, then={"priority": 1})
    item = arrived(workstream, now, story="x" * 3_000)
    client.force_login(supervisor)

    text = client.get(
        reverse("routing:decision", args=[item.pk, decision_of(item).pk])
    ).content.decode()

    assert "what it read was too long to be kept with it (context.story)" in text
    assert "answer-then" not in text


def test_to_whom_it_would_not_go_back_is_told_by_the_name_that_people_know(
    client, supervisor, agent, workstream, now
):
    User.objects.filter(pk=agent.user_id).update(first_name="Alice", last_name="Stone")
    Workstream.objects.filter(pk=workstream.pk).update(keep_same_agent=True)
    configuration.publish(by=None, now=now)
    item = make_item(workstream, at=now, last_agent=agent)
    run_cycle(now=now)
    Workstream.objects.filter(pk=workstream.pk).update(keep_same_agent=False)
    configuration.publish(by=None, now=now)
    decision = RoutingDecision.objects.get(work_item_id=item.pk)
    client.force_login(supervisor)

    page = client.get(reverse("routing:decision", args=[item.pk, decision.pk]))

    assert "it does not go to Alice Stone without regard to others" in page.content.decode()


def test_agents_are_not_shown_rules_of_today(client, agent, workstream, now):
    item = arrived(workstream, now)
    page = reverse("routing:decision", args=[item.pk, decision_of(item).pk])

    assert page not in get(client, agent.user, item).content.decode()
    assert client.get(page).status_code == 403
