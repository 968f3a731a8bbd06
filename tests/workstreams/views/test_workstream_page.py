"""The page of a workstream and its commands."""

import pytest
from django.urls import reverse

from routing import configuration
from routing.models import Rule, Ruleset
from tests.factories import make_chat_widget, make_workstream


def test_the_page_costs_the_same_with_many_rules_and_instances(
    as_administrator, workstream, page, now, django_assert_max_num_queries
):
    ruleset = Ruleset.objects.create(kind="classification", workstream=workstream, name="Rules")
    for number in range(10):
        Rule.objects.create(ruleset=ruleset, name=f"Rule {number}")
        make_chat_widget(workstream)
    configuration.publish(by=None, now=now)
    configuration.current()

    with django_assert_max_num_queries(24):
        response = as_administrator.get(page)

    assert response.status_code == 200


def test_both_lists_of_rules_are_called_routing_rules(as_administrator, page):
    assert as_administrator.get(page).content.decode().count("Routing rules:") == 2
    assert "Routing rules:" not in as_administrator.get(reverse("routing:intake")).content.decode()


def test_a_chat_shows_its_page_and_the_snippet(as_administrator, workstream, page):
    make_chat_widget(workstream, "shop")

    content = as_administrator.get(page).content.decode()

    assert 'href="/chat/shop/"' in content
    assert "/static/js/widget.js" in content
    assert "data-chat=&quot;shop&quot;" in content or 'data-chat="shop"' in content


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"channel": "sms"}, "channel_instance"),
        ({"type": "voice"}, "+4930123456"),
    ],
)
def test_other_channels_say_where_work_comes_from(as_administrator, fields, sentence):
    workstream = make_workstream("Other", **fields)
    make_chat_widget(workstream, settings={"phone_number": "+4930123456"})

    assert sentence in as_administrator.get(f"/workstreams/{workstream.pk}/").content.decode()


def test_a_record_workstream_asks_for_an_intake_rule(as_administrator):
    workstream = make_workstream("Cases", type="record")

    content = as_administrator.get(f"/workstreams/{workstream.pk}/").content.decode()

    assert "Add an intake rule" in content


def test_supervisors_read_the_page_without_buttons(as_supervisor, page):
    content = as_supervisor.get(page).content.decode()

    assert "Set up the channel" in content
    assert "rename/" not in content
    assert "New rule" not in content


def test_agents_and_strangers_stay_out(as_agent, client, page):
    assert as_agent.get(page).status_code == 403
    assert client.get(page).status_code == 302


def test_a_missing_workstream_is_not_found(as_administrator):
    assert as_administrator.get("/workstreams/999/").status_code == 404
