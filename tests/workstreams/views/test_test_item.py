"""A test item shows where work would go, and creates none."""

from typing import Any

import pytest
from django.apps import apps

from routing import configuration
from routing.models import Rule, RuleQueue, Ruleset
from tests.factories import (
    make_agent,
    make_chat_widget,
    make_intake,
    make_item,
    make_overflow,
    make_queue,
    make_route,
    make_workstream,
)
from workstreams.models import ContextVariable, Queue, WorkItem, WorkstreamTest
from workstreams.terms import OverflowAction, OverflowCondition


@pytest.fixture
def gold(db: None) -> Any:
    """Where the rule sends gold customers, with somebody there."""
    queue = make_queue("Gold")
    make_agent("greta", queues=[queue], skills={"Spanish": 5})
    make_agent("away", presence="away", queues=[queue], skills={"Spanish": 5})
    make_agent("novice", queues=[queue])
    return queue


@pytest.fixture
def page(workstream, gold, now):
    """The test page of a workstream with a rule of each kind, published."""
    ContextVariable.objects.create(workstream=workstream, name="tier")
    ContextVariable.objects.create(workstream=workstream, name="amount", type="number")
    rules = Ruleset.objects.create(kind="classification", workstream=workstream, name="Enrich")
    Rule.objects.create(
        ruleset=rules,
        name="Big spenders",
        when={"field": "context.amount", "op": "greater", "value": 100},
        then={"set": {"attributes.vip": True}},
    )
    routes = Ruleset.objects.create(kind="route_to_queue", workstream=workstream, name="Routes")
    rule = Rule.objects.create(
        ruleset=routes,
        name="Gold customers",
        when={"field": "context.tier", "op": "equals", "value": "gold"},
    )
    RuleQueue.objects.create(rule=rule, queue=gold, percent=100)
    configuration.publish(by=None, now=now)
    return f"/workstreams/{workstream.pk}/test-item/"


def variables(workstream, **values):
    ids = dict(workstream.context_variables.values_list("name", "pk"))
    return {f"variable_{ids[name]}": value for name, value in values.items()}


def rows_of_everything():
    models = [each for each in apps.get_models() if each is not WorkstreamTest]
    return {each._meta.label: each._default_manager.count() for each in models}


def test_it_shows_the_queue_the_rules_and_who_would_get_it(as_administrator, workstream, page):
    sent = variables(workstream, tier="gold", amount="250") | {"skills": "Spanish = 3"}

    explained = as_administrator.post(page, sent).context["explained"]

    assert explained["queue"] == "Gold"
    assert explained["would_be_offered_to"] == "greta"
    failed = {each["agent"]: each["failed_test"] for each in explained["agents_considered"]}
    assert failed == {"greta": None, "away": "presence_is_allowed", "novice": "has_every_skill"}
    results = {
        rule["name"]: rule["result"]
        for stage in explained["stages"]
        for ruleset in stage["rulesets"]
        for rule in ruleset["rules"]
    }
    assert results == {"Big spenders": "applied", "Gold customers": "applied"}


def test_what_no_rule_sends_anywhere_goes_to_the_fallback_queue(as_administrator, page):
    response = as_administrator.post(page, {})

    assert response.context["explained"]["queue"] == "Support"
    assert b"The queue has no members." in response.content


def test_nothing_is_written_but_that_it_was_tried(as_administrator, workstream, page):
    as_administrator.get(page)
    before = rows_of_everything()

    as_administrator.post(page, variables(workstream, tier="gold") | {"title": "Hello"})

    assert rows_of_everything() == before
    assert not WorkItem.objects.exists()
    assert WorkstreamTest.objects.get().workstream == workstream


def test_known_variables_are_offered_with_their_types(as_administrator, workstream, page):
    wrong = as_administrator.post(page, variables(workstream, amount="much"))

    form = wrong.context["form"]
    assert wrong.status_code == 422
    assert {form[name].label for name in form.errors} == {"amount"}
    assert {"tier", "amount"} <= {field.label for field in form}
    assert not WorkstreamTest.objects.exists()


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ({"skills": "Juggling"}, "skills"),
        ({"skills": "Spanish = very"}, "skills"),
        ({"attributes": "no value"}, "attributes"),
        ({"further_context": "x = " + "y" * 5000}, "further_context"),
        ({"further_context": "\n".join(f"a{n} = 1" for n in range(101))}, "further_context"),
        ({"channel_instance": "999"}, "channel_instance"),
    ],
)
def test_what_cannot_be_sent_is_told_at_its_field(as_administrator, page, entries, field):
    response = as_administrator.post(page, entries)

    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}


def test_channel_attributes_and_the_instance_are_read_by_rules(
    as_administrator, workstream, page, now
):
    chat = make_chat_widget(workstream, "shop", name="Shop")
    Rule.objects.filter(name="Gold customers").update(
        when={
            "all": [
                {"field": "engagement.language", "op": "equals", "value": "de"},
                {"field": "engagement.instance", "op": "equals", "value": "Shop"},
            ]
        }
    )
    configuration.publish(by=None, now=now)

    response = as_administrator.post(
        page, {"engagement": "language = de", "channel_instance": chat.pk}
    )

    assert response.context["explained"]["queue"] == "Gold"


def test_a_record_says_which_intake_rule_takes_it(as_administrator, now):
    cases, others = (make_workstream(name, type="record") for name in ("Cases", "Other cases"))
    intake = make_intake("Intake")
    for name, colour, workstream in (("Red", "red", cases), ("Blue", "blue", others)):
        when = {"field": "record.colour", "op": "equals", "value": colour}
        Rule.objects.create(ruleset=intake, name=name, when=when, workstream=workstream)
    configuration.publish(by=None, now=now)
    page = f"/workstreams/{cases.pk}/test-item/"

    shown = [
        as_administrator.post(page, {"record": f"colour = {colour}"})
        for colour in ("red", "blue", "green")
    ]

    chosen = [each.context["explained"]["intake_workstream"] for each in shown]
    assert chosen == ["Cases", "Other cases", None]
    assert b"would stay unrouted" in shown[2].content


def test_pick_work_waits_for_somebody_to_pick_it(as_administrator, agent, queue, now):
    picked = make_workstream("Picked", mode="pick", queue=queue)
    configuration.publish(by=None, now=now)

    response = as_administrator.post(f"/workstreams/{picked.pk}/test-item/", {})

    assert response.context["explained"]["would_be_offered_to"] is None
    assert b"Agents pick the items" in response.content


def test_work_of_a_basic_queue_is_offered_to_nobody(
    as_administrator, workstream, queue, agent, now
):
    Queue.objects.filter(pk=queue.pk).update(distributes=False)
    configuration.publish(by=None, now=now)

    response = as_administrator.post(f"/workstreams/{workstream.pk}/test-item/", {})

    assert response.context["explained"]["would_be_offered_to"] is None
    assert b"The queue is basic" in response.content


def test_a_conversation_that_would_be_ended_is_offered_to_nobody(
    as_administrator, workstream, queue, agent, now
):
    make_route(workstream, queue)
    make_overflow(queue, OverflowCondition.ITEM_LIMIT, OverflowAction.END, threshold=1)
    configuration.publish(by=None, now=now)
    make_item(workstream, at=now)

    response = as_administrator.post(f"/workstreams/{workstream.pk}/test-item/", {})

    explained = response.context["explained"]
    assert (explained["would_be_offered_to"], explained["waiting_because"]) == (None, [])


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "fragment"])
def test_page_and_fragment_answer(as_administrator, page, headers):
    response = as_administrator.post(page, {}, headers=headers)

    assert response.content.count(b'id="test-item"') == 1
    assert (b"<html" in response.content) == (not headers)


def test_the_page_costs_the_same_with_many_rules(
    as_administrator, workstream, page, now, django_assert_max_num_queries
):
    rules = Ruleset.objects.get(name="Enrich")
    for number in range(20):
        Rule.objects.create(ruleset=rules, name=f"Rule {number}")
    configuration.publish(by=None, now=now)
    as_administrator.post(page, {})

    with django_assert_max_num_queries(26):
        as_administrator.post(page, {"skills": "Spanish"})


def test_supervisors_may_try_it_and_agents_not(as_supervisor, as_agent, page):
    assert as_supervisor.post(page, {}).status_code == 200
    assert as_agent.get(page).status_code == 403
