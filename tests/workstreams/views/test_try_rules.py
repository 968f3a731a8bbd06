"""Try it: rules as they are published and as they are edited, and nothing written."""

import pytest
from django.apps import apps
from django.db import connection

from routing import configuration
from routing.actions.route_record import route_record
from routing.models import Rule, Ruleset
from routing.terms import RulesetKind
from tests.factories import (
    make_intake,
    make_intake_rule,
    make_queue,
    make_record,
    make_workstream,
)
from workstreams.actions.save_service_configuration import save_service_configuration
from workstreams.actions.take_in import take_in
from workstreams.models import Contact

VIP = {"field": "context.tier", "op": "equals", "value": "gold"}


@pytest.fixture
def chat(workstream, agent, administrator, now):
    """Gold goes to Support in what is published, and to VIP in the draft."""
    configuration.publish(by=administrator, now=now)
    save_service_configuration(by=administrator, now=now, reviews_before_publishing=True)
    return workstream


@pytest.fixture
def drafted(chat, administrator, now):
    """The draft."""
    from routing.actions.save_ruleset import save_rulesets

    make_queue("VIP")
    save_rulesets(
        workstream=chat,
        kind=RulesetKind.ROUTE_TO_QUEUE,
        rulesets=[
            {
                "name": "Gold",
                "when": VIP,
                "queues": [{"queue": "VIP", "percent": 60}, {"queue": "Support", "percent": 40}],
            }
        ],
        by=administrator,
        now=now,
    )
    return chat


def text_of(response):
    return " ".join(response.content.decode().split())


def counts():
    """Rows of every table."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy:
                cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
                found[model._meta.db_table] = cursor.fetchone()[0]
    return found


def test_nothing_is_chosen_first(as_supervisor, chat):
    text = text_of(as_supervisor.get("/try/"))

    assert "Or find a past work item" in text
    assert "Published rules" not in text


def test_both_sides_are_shown_where_they_differ(as_administrator, drafted):
    form = {"further_context": "tier = gold"}

    text = text_of(as_administrator.post(f"/try/?workstream={drafted.pk}", form))

    assert "Published rules" in text
    assert "With unpublished changes" in text
    assert "VIP from 0 to 60, Support from 60 to 100" in text


def test_one_side_is_enough_where_the_draft_makes_no_difference(as_administrator, drafted):
    form = {"further_context": "tier = silver"}

    text = text_of(as_administrator.post(f"/try/?workstream={drafted.pk}", form))

    # The rule is another, so even the same queue is another decision.
    assert "make a difference" in text or "make no difference" in text


def test_a_past_item_is_tried_as_it_arrived(as_administrator, chat, now):
    item = take_in(workstream=chat, now=now, title="Late parcel", context={"tier": "gold"})

    found = text_of(as_administrator.get("/try/?q=parcel"))
    shown = text_of(as_administrator.get(f"/try/?item={item.pk}"))

    assert f"#{item.pk} Late parcel" in found
    assert "as it arrived" in shown
    assert "Support" in shown


def test_an_unpublished_workstream_is_tried_in_the_draft(as_administrator, drafted):
    later = make_workstream("Later", queue=make_queue("Later"))
    configuration.draft()

    text = text_of(as_administrator.post(f"/try/?workstream={later.pk}", {}))

    assert "Later is not published" in text
    assert "With unpublished changes" in text


def test_a_record_is_tried_from_the_intake_rules_on(as_administrator, chat, now):
    cases = make_workstream("Cases", type="record")
    Rule.objects.create(
        ruleset=make_intake(),
        name="Urgent",
        workstream=cases,
        when={"field": "record.urgent", "op": "equals", "value": True},
    )
    configuration.publish(by=None, now=now)

    routed = as_administrator.post("/try/?record_type=case", {"record": "urgent = true"})
    unrouted = as_administrator.post("/try/?record_type=case", {"record": "urgent = false"})

    assert "Cases" in text_of(routed)
    assert "the record would stay unrouted" in text_of(unrouted)


def test_nothing_is_written(as_administrator, drafted, now):
    item = take_in(workstream=drafted, now=now, context={"tier": "gold"})
    as_administrator.get("/try/")
    before = counts()

    as_administrator.post(f"/try/?workstream={drafted.pk}", {"further_context": "tier = gold"})
    as_administrator.post("/try/?record_type=case", {})
    as_administrator.get(f"/try/?item={item.pk}")

    assert counts() == before


@pytest.mark.parametrize(
    "query", ["workstream=0", "workstream=x", "item=99999", "record_type=nothing", "item=x"]
)
def test_what_is_not_there_is_not_tried(as_supervisor, chat, query):
    assert as_supervisor.get(f"/try/?{query}").status_code == 404


def test_strange_values_are_refused_at_the_field(as_supervisor, chat):
    response = as_supervisor.post(f"/try/?workstream={chat.pk}", {"attributes": "no value"})

    assert response.status_code == 422
    assert "is not written as name = value" in response.content.decode()


def test_agents_do_not_try(as_agent, chat):
    assert as_agent.get("/try/").status_code == 403


def test_a_rules_page_leads_here(as_supervisor, chat):
    Ruleset.objects.create(kind=RulesetKind.ROUTE_TO_QUEUE, workstream=chat, name="Route to queues")
    link = f'href="/try/?workstream={chat.pk}"'.encode()

    assert link in as_supervisor.get(f"/rules/workstreams/{chat.pk}/route-to-queue/").content
    assert link in as_supervisor.get(f"/workstreams/{chat.pk}/").content
    assert b'href="/try/?record_type=case"' in as_supervisor.get("/rules/intake/case/").content


def test_a_past_record_is_tried_with_the_customer_it_came_with(
    as_administrator, chat, record_routing, now
):
    contact = Contact.objects.create(name="Ada", data={"tier": "gold"})
    vip, cases = (make_workstream(name, type="record") for name in ("VIP cases", "Cases"))
    gold = {"field": "record.contact.tier", "op": "equals", "value": "gold"}
    make_intake_rule(vip, when={"all": [gold]})
    make_intake_rule(cases)
    configuration.publish(by=None, now=now)
    item = route_record(record_id=make_record(contact=contact).pk, now=now).item
    assert item is not None
    assert item.workstream == vip

    text = text_of(as_administrator.get(f"/try/?item={item.pk}"))

    assert "choose Cases" not in text
