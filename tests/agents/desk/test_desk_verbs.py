"""What an agent does on the desk, through the routing service."""

import json
import re
from typing import Any, Final
from uuid import uuid4

import pytest
from django.urls import reverse

from agents.models import Agent
from routing import configuration, service
from routing.models import Assignment
from tests.factories import (
    make_agent,
    make_item,
    make_overflow,
    make_queue,
    make_route,
    make_workstream,
)
from tests.scenarios import in_conversation, offered
from workstreams.models import Message
from workstreams.terms import Author, OverflowAction, OverflowCondition, Reason

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
TALKING: Final[dict[str, Any]] = {"state": "active", "reason": Reason.IN_CONVERSATION}


@pytest.fixture
def desk(client, agent):
    client.force_login(agent.user)
    return client


@pytest.fixture
def pick_item(queue):
    return make_item(make_workstream("Pick", mode="pick", queue=queue))


@pytest.fixture
def held(pick_item, agent):
    """A conversation that the agent has picked."""
    service.pick(item_id=pick_item.pk, by=agent)
    pick_item.refresh_from_db()
    return pick_item


def post(client, verb, item, data=None, **kwargs):
    return client.post(reverse(f"agents:desk-{verb}", args=[item.pk]), data or {}, **kwargs)


def said(text, key=None):
    return {"text": text, "client_key": key or uuid4()}


def test_picking_opens_the_conversation(desk, pick_item, agent):
    response = post(desk, "pick", pick_item)

    pick_item.refresh_from_db()
    assert (response.status_code, response.url) == (303, f"/desk/{pick_item.pk}/")
    assert (pick_item.state, pick_item.agent) == ("active", agent)


def test_a_pick_beyond_the_limit_warns_by_how_much(desk, pick_item, agent):
    Agent.objects.filter(pk=agent.pk).update(capacity_units=0)

    page = desk.post(reverse("agents:desk-pick", args=[pick_item.pk]), follow=True)

    assert "toast-note--warning" in page.content.decode()
    assert "Units: none allowed, 0 before, 1 with it." in page.content.decode()


def test_taking_up_again_beyond_the_limit_warns_like_a_pick(desk, queue, agent, now):
    resting = in_conversation(make_workstream(queue=queue, channel="sms"), agent, now)
    service.close(item_id=resting.pk, by=agent)
    Agent.objects.filter(pk=agent.pk).update(capacity_units=0)

    page = desk.post(reverse("agents:desk-reopen", args=[resting.pk]), follow=True)

    assert "toast-note--warning" in page.content.decode()
    assert "Units: none allowed, 0 before, 1 with it." in page.content.decode()


def test_a_pick_that_lost_is_refused_with_a_sentence(desk, pick_item, second_agent):
    service.pick(item_id=pick_item.pk, by=second_agent)

    response = post(desk, "pick", pick_item, headers=HTMX)

    assert response.status_code == 409
    assert "Somebody else was faster" in response["HX-Trigger"]


def test_accepting_an_offer_opens_it(desk, agent, workstream, supervisor):
    item = make_item(workstream)
    service.assign(item_id=item.pk, agent=agent, by=supervisor)

    response = post(desk, "accept", item, headers=HTMX)

    assert response["HX-Redirect"] == f"/desk/{item.pk}/"
    assert Assignment.objects.get(item=item).outcome == "accepted"


def test_declining_an_offer_stays_on_the_desk(desk, agent, workstream, supervisor):
    item = make_item(workstream)
    service.assign(item_id=item.pk, agent=agent, by=supervisor)

    response = post(desk, "decline", item, headers=HTMX)

    assert response.status_code == 204
    assert "desk-changed" in json.loads(response["HX-Trigger"])
    assert "Declined. It is back in its queue." in response["HX-Trigger"]
    assert Assignment.objects.get(item=item).outcome == "declined"


@pytest.mark.parametrize("action", [OverflowAction.TRANSFER, OverflowAction.END])
def test_declining_what_has_waited_too_long_says_that_it_has_left_its_queue(
    desk, workstream, queue, now, action
):
    spare = make_queue("Spare") if action == OverflowAction.TRANSFER else None
    make_overflow(queue, OverflowCondition.WAITING_TIME, action, threshold=300, to=spare)
    make_route(workstream)
    configuration.publish(by=None, now=now)
    item = offered(workstream, now)

    response = post(desk, "decline", item, headers=HTMX)

    item.refresh_from_db()
    assert (item.queue, item.state) == ((spare, "open") if spare else (queue, "closed"))
    assert "It had waited too long, so it has left its queue." in response["HX-Trigger"]


def test_ending_leads_to_wrap_up_and_closing_to_the_desk(desk, held):
    ended = post(desk, "end", held)
    held.refresh_from_db()
    state_after_end = held.state

    closed = post(desk, "close", held)

    held.refresh_from_db()
    assert (ended.status_code, ended.url) == (303, f"/desk/{held.pk}/")
    assert (closed.status_code, closed.url) == (303, "/desk/")
    assert (state_after_end, held.state) == ("wrap_up", "closed")


@pytest.mark.parametrize("kind", ["messaging", "voice"])
def test_closing_the_session_of_a_live_conversation_says_that_it_is_back_in_its_queue(
    desk, agent, now, kind
):
    queue = make_queue(type=kind)
    queue.members.add(agent)
    held = in_conversation(make_workstream("Live", queue=queue, type=kind), agent, now)
    page = desk.get(reverse("agents:desk-item", args=[held.pk])).content.decode()

    left = desk.post(reverse("agents:desk-close", args=[held.pk]), follow=True)

    held.refresh_from_db()
    assert question_of(page, "Close session").endswith("its queue, and others are asked first.")
    assert "Back in its queue." in left.content.decode()
    assert (held.state, held.agent) == ("open", None)


@pytest.mark.parametrize(
    ("more", "end"),
    [
        ({"keep_same_agent": True}, "its queue, and you are asked first."),
        ({"keep_same_agent": True, "mode": "pick"}, "it goes back into its queue."),
    ],
    ids=["affinity", "pick"],
)
def test_who_is_asked_first_after_the_session_is_said_before_it_is_closed(desk, agent, more, end):
    held = make_item(make_workstream("Live", **more), **TALKING, agent=agent)

    page = desk.get(reverse("agents:desk-item", args=[held.pk])).content.decode()

    assert question_of(page, "Close session").endswith(end)


@pytest.mark.parametrize("keeps", [True, False])
def test_of_a_basic_queue_nobody_is_said_to_be_asked_after_the_session(desk, agent, keeps):
    queue = make_queue(distributes=False)
    held = make_item(
        make_workstream("Live", queue=queue, keep_same_agent=keeps), **TALKING, agent=agent
    )

    page = desk.get(reverse("agents:desk-item", args=[held.pk])).content.decode()

    assert question_of(page, "Close session").endswith("it goes back into its queue.")


@pytest.mark.parametrize(
    "more", [{"channel": "sms"}, {"persistent_chat": True}, {"type": "record"}]
)
def test_what_may_wait_and_records_have_no_session_to_close(desk, agent, more):
    held = make_item(make_workstream("Other", **more), **TALKING, agent=agent)

    page = desk.get(reverse("agents:desk-item", args=[held.pk])).content.decode()

    assert 'data-confirm-label="Close session"' not in page


def test_ending_work_on_a_record_is_said_to_leave_the_record_active(desk, agent):
    held = make_item(make_workstream("Cases", type="record"), **TALKING, agent=agent)

    page = desk.get(reverse("agents:desk-item", args=[held.pk])).content.decode()

    assert question_of(page, "End").endswith("The record itself stays active.")


def question_of(page, label):
    [question] = re.findall(f'data-confirm="([^"]*)" data-confirm-label="{label}"', page)
    return question


@pytest.mark.parametrize(("verb", "state"), [("end", "wrap_up"), ("rest", "waiting")])
def test_what_the_page_does_not_show_yet_is_read_before_the_agent_turns_away(
    desk, agent, queue, now, verb, state
):
    held = in_conversation(make_workstream("Text", queue=queue, channel="sms"), agent, now)
    held.messages.create(author=Author.CUSTOMER, text="Thank you", created_at=now)
    form = shown_form(desk, held, verb)
    held.messages.create(author=Author.CUSTOMER, text="One more thing", created_at=now)

    refused = post(desk, verb, held, form, headers=HTMX)
    accepted = post(desk, verb, held, shown_form(desk, held, verb))

    held.refresh_from_db()
    assert refused.status_code == 409
    assert "The customer has written since. Read it first." in refused["HX-Trigger"]
    assert (accepted.status_code, held.state) == (303, state)


def test_what_was_added_to_an_open_page_is_shown_by_it(desk, agent, queue, now):
    held = in_conversation(make_workstream("Text", queue=queue, channel="sms"), agent, now)
    form = shown_form(desk, held, "rest")
    added = held.messages.create(author=Author.CUSTOMER, text="Bye", created_at=now)

    post(desk, "rest", held, {**form, "after": added.pk})

    held.refresh_from_db()
    assert held.state == "waiting"


def shown_form(desk, item, verb):
    """What the button's form on the page sends."""
    page = desk.get(reverse("agents:desk-item", args=[item.pk])).content.decode()
    [_, form] = page.split(f'action="{reverse(f"agents:desk-{verb}", args=[item.pk])}"')
    return dict(re.findall(r'name="(until)" value="(\d+)"', form.split("</form>")[0]))


def test_a_released_item_waits_again(desk, held):
    post(desk, "release", held)

    held.refresh_from_db()
    assert (held.state, held.agent) == ("open", None)


@pytest.mark.parametrize("verb", ["accept", "decline", "pick", "end", "close", "release", "reply"])
def test_verbs_are_posts(desk, held, verb):
    assert desk.get(reverse(f"agents:desk-{verb}", args=[held.pk])).status_code == 405


@pytest.mark.parametrize("verb", ["accept", "pick", "end", "reply", "transfer"])
def test_verbs_are_for_agents(client, supervisor, held, verb):
    client.force_login(supervisor)

    assert post(client, verb, held).status_code == 403


def test_a_reply_is_stored_and_the_form_comes_back_empty(desk, held):
    response = post(desk, "reply", held, said("Good morning"), headers=HTMX)

    assert response.status_code == 200
    assert f"item-{held.pk}-changed" in response["HX-Trigger"]
    assert "Good morning" not in response.content.decode()
    assert Message.objects.get(item=held, author=Author.AGENT).text == "Good morning"


def test_a_reply_sent_twice_is_stored_once(desk, held):
    twice = said("Good morning")

    first, second = post(desk, "reply", held, twice), post(desk, "reply", held, twice)

    assert (first.status_code, second.status_code) == (303, 303)
    assert Message.objects.filter(item=held, author=Author.AGENT).count() == 1


def test_words_changed_after_a_lost_answer_stay_in_a_form_with_a_new_key(desk, held):
    sent = said("Good morning")
    post(desk, "reply", held, sent)

    response = post(desk, "reply", held, {**sent, "text": "Good evening"}, headers=HTMX)

    html = response.content.decode()
    assert response.status_code == 422
    assert "Good evening" in html
    assert str(sent["client_key"]) not in html


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "An empty message cannot be sent."), ("ä" * 14337, "A message may have at most 28 KB.")],
    ids=["empty", "too long"],
)
def test_what_cannot_be_sent_stays_in_the_form(desk, held, text, sentence):
    response = post(desk, "reply", held, said(text), headers=HTMX)

    html = response.content.decode()
    assert response.status_code == 422
    assert sentence in html
    assert text in html
    assert not Message.objects.filter(item=held, author=Author.AGENT).exists()


def test_nobody_writes_into_an_item_he_has_not_accepted(desk, pick_item):
    assert post(desk, "reply", pick_item, said("Hi"), headers=HTMX).status_code == 409


def test_a_transfer_names_where_it_went(desk, held, now):
    other = make_queue("Billing")
    make_agent("dora", queues=[other])
    configuration.publish(by=None, now=now)

    response = post(desk, "transfer", held, {"to": "queue", "queue": other.pk})

    held.refresh_from_db()
    assert (response.status_code, response.url) == (303, "/desk/")
    assert (held.state, held.queue) == ("open", other)


def test_queues_that_nobody_serves_are_not_offered_for_transfer(desk, held):
    empty = make_queue("Nobody home")

    page = desk.get(reverse("agents:desk-transfer", args=[held.pk]))
    response = post(desk, "transfer", held, {"to": "queue", "queue": empty.pk}, headers=HTMX)

    assert "Nobody home" not in page.content.decode()
    assert response.status_code == 422


def test_a_refused_transfer_says_why_once(desk, held, queue):
    full = make_agent("dora", units=0, queues=[queue])

    response = post(desk, "transfer", held, {"to": "agent", "agent": full.pk}, headers=HTMX)

    assert response.status_code == 422
    assert response.content.decode().count("has no room for this work item") == 1


def test_whoever_left_meanwhile_is_not_to_be_chosen_any_more(desk, held, queue):
    gone = make_agent("dora", presence="offline", queues=[queue])

    response = post(desk, "transfer", held, {"to": "agent", "agent": gone.pk}, headers=HTMX)

    assert response.status_code == 422
    assert "Not to be chosen any more." in response.content.decode()


def test_the_transfer_form_is_a_dialog_or_a_page(desk, held):
    address = reverse("agents:desk-transfer", args=[held.pk])

    assert "<html" in desk.get(address).content.decode()
    assert 'id="dialog-content"' in desk.get(address, headers=HTMX).content.decode()
