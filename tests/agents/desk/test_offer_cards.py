"""Offers on the desk say what their templates say."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from routing.models import Assignment
from routing.queries.desk_offers import my_offers
from tests.agents.desk.test_desk_pages import HTMX, text_of
from tests.factories import make_item, make_notification_template
from tests.routing.queries.test_desk import make_offer
from workstreams.models import Contact, WorkItem

pytestmark = pytest.mark.django_db


def test_an_offer_shows_title_fields_and_labels_of_its_template(desk, agent, workstream, now):
    template = make_notification_template(
        title="Call from {customerName}",
        fields=[{"header": "Tier", "value": "{OCContext.tier}"}],
        accept_label="Answer",
        decline_label="Not now",
    )
    item = make_item(workstream, customer={"name": "Ann"}, context={"tier": "gold"})
    make_offer(item, agent, now, template=template)

    page = text_of(desk.get(reverse("agents:desk-offers"), headers=HTMX))

    for words in ("Call from Ann", "Tier", "gold", "Answer", "Not now"):
        assert words in page


def test_lines_that_say_nothing_are_left_out(agent, workstream, now):
    fields = [
        {"header": "Case", "value": "{caseTitle}"},
        {"header": "Queue", "value": "{queueName}"},
    ]
    template = make_notification_template(fields=fields)
    make_offer(make_item(workstream), agent, now, template=template)

    assert [field.header for field in my_offers(agent)[0].card.fields] == ["Queue"]


def test_a_title_that_comes_out_empty_is_the_customers_name(agent, workstream, now):
    template = make_notification_template(title="{caseTitle}")
    item = make_item(workstream, customer={"name": "Ann"})
    make_offer(item, agent, now, template=template)

    assert my_offers(agent)[0].card.title == "Ann"


def test_what_customers_write_is_text_and_no_slug(agent, workstream, now):
    template = make_notification_template(title="{customerName}")
    item = make_item(workstream, customer={"name": "{AgentName}<b>"})
    make_offer(item, agent, now, template=template)

    assert my_offers(agent)[0].card.title == "{AgentName}<b>"


def test_the_countdown_can_be_hidden_and_still_runs(desk, agent, workstream, now):
    template = make_notification_template(shows_countdown=False)
    make_offer(make_item(workstream), agent, now, template=template)

    page = text_of(desk.get(reverse("agents:desk-offers"), headers=HTMX))

    assert "offer__left" not in page
    assert "data-deadline" in page


@pytest.mark.parametrize("when", ["never", "background", "always"])
def test_the_template_says_when_it_shows_outside_the_browser(desk, agent, workstream, now, when):
    template = make_notification_template(desktop_notification=when)
    make_offer(make_item(workstream), agent, now, template=template)

    page = text_of(desk.get(reverse("agents:desk-offers"), headers=HTMX))

    assert f'data-notify-when="{when}"' in page


@pytest.mark.parametrize("asks", [False, True])
def test_what_is_assigned_without_asking_is_opened_and_not_declined(
    desk, agent, workstream, now, asks
):
    """Also where the template asks: records are assigned whatever it says."""
    template = make_notification_template(auto_assign=not asks)
    offer_automatically(make_item(workstream), agent, now, template=template)

    page = text_of(desk.get(reverse("agents:desk")))
    opened = text_of(desk.get(reverse("agents:desk-item", args=[WorkItem.objects.get().pk])))

    assert re.search(r'id="side-accept-\d+".{,600}?Open', opened, re.DOTALL)
    assert re.search(r'id="accept-\d+"\s+type="submit">\s+<svg.*?</svg>\s+Open\s', page, re.DOTALL)
    assert "Decline" not in page


def test_an_offer_without_template_reads_like_incoming_work(agent, workstream, now):
    make_offer(make_item(workstream, title="Help"), agent, now)

    (line,) = my_offers(agent)[0].card.fields

    assert (line.header, line.value) == ("Title", "Help")


def test_one_that_opens_by_itself_is_accepted_as_its_countdown_ends(desk, agent, workstream, now):
    template = make_notification_template(auto_assign=True, auto_accept=True)
    item = make_item(workstream)
    offer_automatically(item, agent, now, template=template, auto_accept=True)

    page = text_of(desk.get(reverse("agents:desk-offers"), headers=HTMX))

    assert f'hx-trigger="submit, deadline-passed from:#offer-{item.pk}"' in page
    assert f"opening={item.pk}" in page


def test_the_desk_opens_what_the_countdown_gave_to_the_agent(desk, agent, workstream, now):
    item = given_by_countdown(workstream, agent, now)

    answer = desk.get(f"{reverse('agents:desk-offers')}?opening={item.pk}", headers=HTMX)

    assert answer["HX-Redirect"] == reverse("agents:desk-item", args=[item.pk])


def test_it_is_not_opened_twice(desk, agent, workstream, now):
    item = given_by_countdown(workstream, agent, now)

    query = f"opening={item.pk}&selected={item.pk}"
    answer = desk.get(f"{reverse('agents:desk-offers')}?{query}", headers=HTMX)

    assert "HX-Redirect" not in answer


def test_what_was_accepted_elsewhere_opens_there_only(desk, agent, workstream, now):
    item = given_by_countdown(workstream, agent, now)
    Assignment.objects.filter(item=item).update(decided_at=now)

    answer = desk.get(f"{reverse('agents:desk-offers')}?opening={item.pk}", headers=HTMX)

    assert "HX-Redirect" not in answer


def test_what_the_countdown_gave_is_told_where_it_does_not_open(desk, agent, workstream, now):
    item = given_by_countdown(workstream, agent, now)
    was = Assignment.objects.get(item=item).pk

    answer = desk.get(f"{reverse('agents:desk-offers')}?was={was}", headers=HTMX)
    Assignment.objects.update(decided_at=now)
    elsewhere = desk.get(f"{reverse('agents:desk-offers')}?was={was}", headers=HTMX)

    assert "Yours now, as the countdown has ended: " in answer["HX-Trigger"]
    assert "Yours now" not in elsewhere.get("HX-Trigger", "")


@pytest.mark.parametrize("opening", ["", "x", "-", "9" * 30, "1-2-3-" * 50, "²"])
def test_strange_numbers_open_nothing(desk, opening):
    answer = desk.get(f"{reverse('agents:desk-offers')}?opening={opening}", headers=HTMX)

    assert answer.status_code == 200
    assert "HX-Redirect" not in answer


@pytest.mark.parametrize("count", [1, 5])
def test_offers_cost_the_same_however_many(
    agent, workstream, now, count, django_assert_num_queries
):
    template = make_notification_template(title="{caseTitle} {AgentName} {queueName}")
    contact = Contact.objects.create(name="Ann")
    for _ in range(count):
        make_offer(make_item(workstream, contact=contact), agent, now, template=template)

    with django_assert_num_queries(1):
        assert len(my_offers(agent)) == count


def offer_automatically(item: Any, agent: Any, now: Any, **rules: Any) -> Any:
    return make_offer(item, agent, now, may_decline=False, auto_assign=True, **rules)


def given_by_countdown(workstream: Any, agent: Any, now: Any) -> Any:
    """An item whose offer ended as the agent's."""
    item = make_item(workstream)
    offer = offer_automatically(item, agent, now, auto_accept=True)
    offer.outcome, offer.decided_at = "accepted", now + timedelta(seconds=60)
    offer.save()
    return item
