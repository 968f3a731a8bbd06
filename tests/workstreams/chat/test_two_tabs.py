"""One chat follows whoever writes, however many tabs of his browser he begins it in."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from config.models import Event
from tests.scenarios import arrive
from workstreams.exceptions import MessageTooLong
from workstreams.models import SurveyQuestion, WorkItem
from workstreams.models.message import MESSAGE_BYTES

pytestmark = pytest.mark.django_db
CHAT = "/chat/shop/"


def opened(browser):
    """A tab of the browser: the token of its form."""
    return token_in(browser.get(CHAT))


def start(browser, token, text, *, headers=None, **answers):
    fields = {"v": token, "client_key": uuid4(), "name": "Ann", "text": text, **answers}
    return browser.post(CHAT, fields, headers=headers)


def said(item):
    return list(item.messages.filter(author="customer").values_list("text", flat=True))


def told(item):
    """What agents alone read."""
    return list(item.messages.filter(audience="agent").values_list("text", flat=True))


def test_a_second_tab_goes_on_with_what_the_first_began(client, widget):
    tabs = [opened(client), opened(client)]

    start(client, tabs[0], "Hello")
    shown = start(client, tabs[1], "Is anybody there?")

    item = WorkItem.objects.get()
    assert said(item) == ["Hello", "Is anybody there?"]
    assert f'content="item-{item.pk}"' in client.get(shown.url).content.decode()


def test_once_it_is_over_the_second_tab_begins_another(client, widget, now):
    tabs = [opened(client), opened(client)]
    start(client, tabs[0], "Hello")
    WorkItem.objects.update(state="closed", closed_at=now)

    start(client, tabs[1], "Once more")

    assert [said(item) for item in WorkItem.objects.order_by("pk")] == [["Hello"], ["Once more"]]


def token_in(page):
    found = re.search(r'name="v" value="([^"]+)"', page.content.decode())
    assert found is not None
    return found[1]


def test_a_form_that_came_back_begins_another_once_that_is_over(client, widget, now):
    tabs = [opened(client), opened(client)]
    start(client, tabs[0], "Hello")
    again = start(client, tabs[1], "")
    assert again.status_code == 422
    WorkItem.objects.update(state="closed", closed_at=now)

    start(client, token_in(again), "Once more")

    assert WorkItem.objects.count() == 2


def test_who_writes_in_a_form_of_what_is_over_begins_another(client, widget, now):
    token = opened(client)
    start(client, token, "Hello")
    WorkItem.objects.update(state="closed", closed_at=now)

    again = start(client, token, "Once more")
    assert "has ended" in again.content.decode()
    start(client, token_in(again), "Once more")

    assert [said(item) for item in WorkItem.objects.order_by("pk")] == [["Hello"], ["Once more"]]


def test_what_is_answered_in_the_second_tab_is_said(client, widget):
    asked = SurveyQuestion.objects.create(
        channel_instance=widget,
        name="about",
        text="What is it about?",
        answer_type="text",
        position=1,
    )
    tabs = [opened(client), opened(client)]
    start(client, tabs[0], "Hello")

    start(client, tabs[1], "Hm", **{f"answer-{asked.pk}": "Order 17"})

    assert said(WorkItem.objects.get()) == ["Hello", "Hm\nWhat is it about? Order 17"]


def test_a_consent_in_the_second_tab_is_not_said(client, widget):
    asked = SurveyQuestion.objects.create(
        channel_instance=widget,
        name="ok",
        text="I agree.",
        answer_type="consent",
        is_required=True,
        position=1,
    )
    tabs = [opened(client), opened(client)]

    for token, text in zip(tabs, ["Hello", "Hm"], strict=True):
        start(client, token, text, **{f"answer-{asked.pk}": "on"})

    assert said(WorkItem.objects.get()) == ["Hello", "Hm"]


def test_who_writes_in_the_second_tab_and_what_its_page_passes_is_told_to_agents_alone(
    client, widget, workstream
):
    workstream.context_variables.create(name="order", type="number")
    tabs = [opened(client), opened(client)]
    start(client, tabs[0], "Hello", **{"ctx.tier": "gold", "ctx.order": "17"})
    key = uuid4()
    given = {"email": "ann@example.com", "ctx.tier": "gold", "ctx.order": "18", "client_key": key}

    start(client, tabs[1], "Please mail me the invoice", **given)
    # A bot, or who links a contact, may learn the same before the form comes again.
    WorkItem.objects.update(context={"order": 18}, customer={"email": "ann@example.com"})
    shown = start(client, tabs[1], "Please mail me the invoice", **given)

    item = WorkItem.objects.get()
    assert said(item) == ["Hello", "Please mail me the invoice"]
    assert told(item) == ["Given in another tab:\nE-mail: ann@example.com\norder: 18"]
    assert "ann@example.com" not in client.get(shown.url).content.decode()


def test_what_is_told_to_agents_tells_where_the_conversation_is_by_then(client, widget, agent):
    tabs = [opened(client), opened(client)]
    start(client, tabs[0], "Hello")
    WorkItem.objects.update(state="waiting", reason="awaiting_customer_response", agent=agent)

    start(client, tabs[1], "Hm", email="ann@example.com")

    event = Event.objects.filter(kind="message-added", data__author="system").get()
    assert event.state == WorkItem.objects.get().state == "open"


def test_who_says_the_same_in_the_second_tab_tells_nothing_more(client, widget, workstream):
    workstream.context_variables.create(name="order", type="number")
    same = {"email": "ann@example.com", "ctx.tier": "gold", "ctx.order": "17"}
    tabs = [opened(client), opened(client)]

    for token, text in zip(tabs, ["Hello", "Hm"], strict=True):
        start(client, token, text, **same)

    assert told(WorkItem.objects.get()) == []


def test_another_name_is_told(client, widget):
    tabs = [opened(client), opened(client)]
    start(client, tabs[0], "Hello")

    start(client, tabs[1], "I am her husband", name="Bob")

    assert told(WorkItem.objects.get()) == ["Given in another tab:\nName: Bob"]


def test_of_what_its_page_passes_only_what_fits_is_told(client, widget):
    tabs = [opened(client), opened(client)]
    start(client, tabs[0], "Hello")
    long = {f"ctx.page{number}": "ü" * 4000 for number in range(4)}

    start(client, tabs[1], "Hm", **long, **{"ctx.order": "17"})

    [text] = told(WorkItem.objects.get())
    names = [line.partition(":")[0] for line in text.splitlines()[1:]]
    assert names == ["page0", "page1", "page2", "order"]
    assert len(text.encode()) <= MESSAGE_BYTES


def test_what_is_too_long_with_its_answers_comes_back(client, widget):
    asked = SurveyQuestion.objects.create(
        channel_instance=widget, name="about", text="About?", answer_type="text", position=1
    )
    tabs = [opened(client), opened(client)]
    start(client, tabs[0], "Hello")
    long = "x" * MESSAGE_BYTES

    page = start(client, tabs[1], long, **{f"answer-{asked.pk}": "Order 17"})

    assert page.status_code == MessageTooLong.status
    assert str(MessageTooLong()) in page.content.decode()
    assert long in page.content.decode()
    assert said(WorkItem.objects.get()) == ["Hello"]


def test_another_browser_begins_its_own(client, widget):
    other = Client()
    tabs = [opened(client), opened(other)]

    start(client, tabs[0], "Hello")
    start(other, tabs[1], "Good day")

    assert WorkItem.objects.count() == 2


def test_a_form_that_another_site_sent_says_nothing_in_the_browsers_own_chat(client, widget):
    tabs = [opened(client), opened(client)]
    start(client, tabs[0], "Hello")
    headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}

    start(client, tabs[1], "Nothing of mine", headers=headers)

    assert said(WorkItem.objects.order_by("pk")[0]) == ["Hello"]


def test_what_a_tab_began_itself_it_goes_on_with(client, widget, workstream, now):
    token = opened(client)
    start(client, token, "Hello")
    mine = WorkItem.objects.get()
    other = arrive(workstream, now, channel_instance=widget)
    client.cookies.clear()
    assert other.pk != mine.pk

    start(client, token, "Again")

    assert said(mine) == ["Hello", "Again"]
