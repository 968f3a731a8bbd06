"""The desk as pages: who gets in, what is shown, and each fragment with its one root."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from agents.models import OperatingHours
from config.clock import database_now
from routing import configuration
from routing.queries.end_of_day import start_of_day
from routing.terms import Outcome
from tests.factories import make_agent, make_item, make_queue, make_workstream
from tests.routing.queries.test_desk import make_offer
from workstreams.models import Message, WorkItem
from workstreams.terms import Author, Reason

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
HTMX = {"HX-Request": "true"}
FRAGMENTS = {
    "desk-offers": "desk-offers",
    "desk-my-items": "desk-mine",
    "desk-open-items": "desk-open",
    "desk-closed-items": "desk-closed",
}


@pytest.fixture
def mine(agent, workstream):
    """A conversation in the agent's hands."""
    item = make_item(
        workstream,
        state="active",
        agent=agent,
        reason=Reason.IN_CONVERSATION,
        customer={"name": "Ann", "email": "ann@example.org"},
        context={"tier": "gold"},
    )
    Message.objects.create(
        item=item, author=Author.CUSTOMER, text="<b>Help</b>", created_at=item.created_at
    )
    return item


def end_offer(offer, outcome, now):
    times = dict.fromkeys(("decided_at", "ended_at", "capacity_released_at"), now)
    type(offer).objects.filter(pk=offer.pk).update(outcome=outcome, **times)
    again = {"state": "open", "agent": None, "reason": Reason.AWAITING_AGENT_ASSIGNMENT}
    WorkItem.objects.filter(pk=offer.item_id).update(**again)


def text_of(response):
    return response.content.decode()


def test_the_desk_shows_offers_my_items_and_open_items(desk, agent, workstream, mine, now):
    make_offer(make_item(workstream, title="Offered"), agent, now)
    make_item(workstream, title="Open one")

    page = text_of(desk.get(reverse("agents:desk")))

    assert "Offered" in page
    assert "Ann" in page
    assert "Open one" in page
    assert f"agent-{agent.pk} queue-{workstream.fallback_queue_id}" in page
    assert re.search(r'name="live-after" content="\d+\.0"', page)


def test_strangers_sign_in_first(client):
    assert client.get(reverse("agents:desk")).status_code == 302


def test_people_who_are_no_agents_are_told_so(client, supervisor):
    client.force_login(supervisor)

    response = client.get(reverse("agents:desk"))

    assert response.status_code == 403
    assert "Only agents have a desk" in text_of(response)


@pytest.mark.parametrize(("name", "root"), FRAGMENTS.items())
def test_each_list_is_a_fragment_with_one_root(desk, agent, workstream, now, name, root):
    make_offer(make_item(workstream), agent, now)
    make_item(workstream)

    html = text_of(desk.get(reverse(f"agents:{name}"), headers=HTMX))

    assert html.count(f'id="{root}"') == 1
    assert re.match(r"\s*(<!--.*?-->\s*)?<\w+[^>]*\bid=\"" + root, html)
    assert "<html" not in html


@pytest.mark.parametrize("name", FRAGMENTS)
def test_a_fragment_address_typed_by_hand_leads_to_the_desk(desk, name):
    assert desk.get(reverse(f"agents:{name}")).url == reverse("agents:desk")


def test_closed_today_is_told_by_the_clock_where_the_agent_works(desk, agent, workstream):
    agent.operating_hours = OperatingHours.objects.create(
        name="Christmas Island", time_zone="Pacific/Kiritimati"
    )
    agent.save()
    midnight = start_of_day(agent, database_now())
    for title, at in (("Of today", midnight), ("Of the night", midnight - SECOND)):
        make_item(workstream, title=title, state="closed", agent=agent, at=at, closed_at=at)

    listed = text_of(desk.get(reverse("agents:desk-closed-items"), headers=HTMX))

    assert ("Of today" in listed, "Of the night" in listed) == (True, False)


def test_only_pick_items_have_a_pick_button(desk, queue):
    pushed = make_item(make_workstream("Push", mode="push", queue=queue))
    picked = make_item(make_workstream("Pick", mode="pick", queue=queue))

    page = text_of(desk.get(reverse("agents:desk")))

    assert f'id="pick-{picked.pk}"' in page
    assert f'id="pick-{pushed.pk}"' not in page


def test_an_offer_that_may_not_be_declined_has_no_such_button(desk, agent, workstream, now):
    make_offer(make_item(workstream), agent, now, may_decline=False)

    page = text_of(desk.get(reverse("agents:desk")))

    assert "Accept" in page
    assert "Decline" not in page


def test_a_changed_number_of_open_items_is_announced(desk, workstream):
    make_item(workstream)
    address = reverse("agents:desk-open-items")

    changed = desk.get(f"{address}?shown=3", headers=HTMX)
    same = desk.get(f"{address}?shown=1", headers=HTMX)

    assert "1 open work item" in changed["HX-Trigger"]
    assert "HX-Trigger" not in same


def test_an_offer_that_takes_the_place_of_another_is_announced(desk, agent, workstream, now):
    first = make_offer(make_item(workstream), agent, now)
    address = f"{reverse('agents:desk-offers')}?shown=1&was={first.pk}"
    end_offer(first, "missed", now)
    make_offer(make_item(workstream), agent, now)

    for query in (address, f"{address}&elsewhere=1"):
        events = json.loads(desk.get(query, headers=HTMX)["HX-Trigger"])
        assert events["announce"]["text"] == "New: 1 offer is waiting for your answer"


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.MISSED, "Missed, and back in its queue: Ann."),
        (Outcome.WITHDRAWN, "No longer offered to you: Ann."),
    ],
)
def test_an_offer_that_goes_says_what_became_of_it(desk, agent, workstream, now, outcome, words):
    offer = make_offer(make_item(workstream, customer={"name": "Ann"}), agent, now)
    address = f"{reverse('agents:desk-offers')}?shown=1&was={offer.pk}"
    still_there = desk.get(address, headers=HTMX)

    end_offer(offer, outcome, now)
    gone = desk.get(address, headers=HTMX)

    assert "HX-Trigger" not in still_there
    events = json.loads(gone["HX-Trigger"])
    assert events["announce"]["text"] == "No offers are waiting for your answer"
    assert events["toast"]["text"] == words
    assert events["toast"]["everywhere"]


def test_missed_work_that_is_offered_to_somebody_else_is_not_said_to_be_back(
    desk, agent, workstream, now
):
    item = make_item(workstream, customer={"name": "Ann"})
    offer = make_offer(item, agent, now)
    end_offer(offer, Outcome.MISSED, now)
    make_offer(item, make_agent(), now)

    answer = desk.get(f"{reverse('agents:desk-offers')}?shown=0&was={offer.pk}", headers=HTMX)

    assert json.loads(answer["HX-Trigger"])["toast"]["text"] == "Missed: Ann."


@pytest.mark.parametrize("left", ["queue", "closed"])
def test_missed_work_that_has_left_its_queue_is_not_said_to_be_back(
    desk, agent, workstream, now, left
):
    item = make_item(workstream, customer={"name": "Ann"})
    offer = make_offer(item, agent, now)
    end_offer(offer, Outcome.MISSED, now)
    if left == "queue":
        type(item).objects.filter(pk=item.pk).update(queue=make_queue("Spare"))
    else:
        type(item).objects.filter(pk=item.pk).update(state="closed", closed_at=now)

    answer = desk.get(f"{reverse('agents:desk-offers')}?shown=0&was={offer.pk}", headers=HTMX)

    assert json.loads(answer["HX-Trigger"])["toast"]["text"] == "Missed: Ann."


def test_a_customer_whose_name_is_a_number_is_told_by_it(desk, agent, workstream, now):
    offer = make_offer(make_item(workstream, customer={"name": 4711}), agent, now)
    end_offer(offer, Outcome.MISSED, now)

    answer = desk.get(f"{reverse('agents:desk-offers')}?shown=0&was={offer.pk}", headers=HTMX)

    assert json.loads(answer["HX-Trigger"])["toast"]["text"] == (
        "Missed, and back in its queue: 4711."
    )


def test_what_became_of_offers_to_others_is_told_to_nobody(desk, workstream, now):
    offer = make_offer(make_item(workstream), make_agent(), now)
    end_offer(offer, Outcome.MISSED, now)

    answer = desk.get(f"{reverse('agents:desk-offers')}?shown=0&was={offer.pk}-x", headers=HTMX)

    assert "HX-Trigger" not in answer


def test_the_conversation_is_text_never_markup(desk, mine):
    page = text_of(desk.get(reverse("agents:desk-item", args=[mine.pk])))

    assert "&lt;b&gt;Help&lt;/b&gt;" in page
    assert 'role="log"' in page
    assert "ann@example.org" in page


def test_an_offered_conversation_can_be_read_before_it_is_accepted(desk, agent, workstream, now):
    item = make_item(workstream)
    make_offer(item, agent, now)
    Message.objects.create(item=item, author=Author.CUSTOMER, text="Help", created_at=now)

    page = text_of(desk.get(reverse("agents:desk-item", args=[item.pk])))

    assert '<p class="bubble__text">Help</p>' in page
    assert "Accept the offer to answer." in page


def test_a_conversation_that_cannot_be_read_yet_says_so(desk, workstream):
    item = make_item(workstream, title="Open one")

    page = text_of(desk.get(reverse("agents:desk-item", args=[item.pk])))

    assert "the messages are shown once this work item is with you." in page


def test_keys_are_explained_only_to_those_whose_browser_runs_scripts(desk, mine):
    page = text_of(desk.get(reverse("agents:desk-item", args=[mine.pk])))

    assert '<span class="needs-scripts">Enter sends' in page


def test_a_strangers_item_is_not_found(client, agent_of_another_queue, mine):
    client.force_login(agent_of_another_queue.user)

    assert client.get(reverse("agents:desk-item", args=[mine.pk])).status_code == 404


def test_the_log_fetches_only_what_is_new(desk, mine, agent, now):
    first = mine.messages.get().pk
    Message.objects.create(item=mine, author=Author.AGENT, agent=agent, text="Sure", created_at=now)
    address = reverse("agents:desk-messages", args=[mine.pk])

    html = text_of(desk.get(f"{address}?after={first}", headers=HTMX))

    assert "Sure" in html
    assert "Help" not in html
    assert f'value="{mine.messages.last().pk}"' in html


def test_the_reply_form_comes_anew_only_when_the_state_changed(desk, mine):
    address = reverse("agents:desk-side", args=[mine.pk])

    same = text_of(desk.get(f"{address}?shown=active", headers=HTMX))
    changed = text_of(desk.get(f"{address}?shown=open", headers=HTMX))

    assert "hx-swap-oob" not in same
    assert "hx-swap-oob" in changed


def test_a_supervisor_with_a_desk_has_the_reply_form_only_while_the_conversation_is_his(
    client, mine, second_agent
):
    supervisor = make_agent(role="supervisor")
    client.force_login(supervisor.user)
    address = reverse("agents:desk-side", args=[mine.pk])
    answers: list[str] = []

    for each in (supervisor, second_agent, supervisor):
        WorkItem.objects.filter(pk=mine.pk).update(agent=each)
        shown = re.search(r'name="shown"\s+value="([^"]*)"', answers[-1]) if answers else None
        query = {"shown": shown[1] if shown else ""}
        answers.append(text_of(client.get(address, query, headers=HTMX)))

    assert ["hx-swap-oob" in answer for answer in answers] == [True, True, True]
    assert ["data-composer" in answer for answer in answers] == [True, False, True]


def test_an_item_that_left_the_desk_says_so(client, second_agent, mine):
    client.force_login(second_agent.user)

    response = client.get(reverse("agents:desk-side", args=[mine.pk]), headers=HTMX)

    assert "no longer with you" in text_of(response)


@pytest.mark.parametrize("number_of_items", [1, 8])
def test_the_page_takes_the_same_queries_however_much_there_is(
    desk, agent, workstream, now, number_of_items, django_assert_max_num_queries
):
    for _ in range(number_of_items):
        make_item(workstream)
        make_offer(make_item(workstream), agent, now)
    configuration.publish(by=None, now=now)
    configuration.current()

    with django_assert_max_num_queries(25):
        desk.get(reverse("agents:desk"))


def test_a_conversation_is_read_once_it_is_ones_own(desk, agent, workstream):
    item = make_item(workstream)
    Message.objects.create(
        item=item, author=Author.CUSTOMER, text="My secret", created_at=item.created_at
    )
    address = reverse("agents:desk-item", args=[item.pk])

    before = text_of(desk.get(address))
    type(item).objects.update(state="active", agent=agent, reason=Reason.IN_CONVERSATION)

    assert "My secret" not in before
    assert "My secret" in text_of(desk.get(address))


def test_a_part_that_says_not_what_it_shows_is_asked_with_any_words(desk):
    answer = desk.get(reverse("agents:desk-open-items"), {"": "x"}, headers=HTMX)

    assert answer.status_code == 200
