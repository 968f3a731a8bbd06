"""One chat follows whoever writes, however many tabs of his browser he begins it in."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from tests.scenarios import arrive
from workstreams.models import WorkItem

pytestmark = pytest.mark.django_db
CHAT = "/chat/shop/"


def opened(browser):
    """A tab of the browser: the token of its form."""
    found = re.search(r'name="v" value="([^"]+)"', browser.get(CHAT).content.decode())
    assert found is not None
    return found[1]


def start(browser, token, text, **headers):
    fields = {"v": token, "client_key": uuid4(), "name": "Ann", "text": text}
    return browser.post(CHAT, fields, **headers)


def said(item):
    return list(item.messages.filter(author="customer").values_list("text", flat=True))


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


def test_another_browser_begins_its_own(client, widget):
    other = Client()
    tabs = [opened(client), opened(other)]

    start(client, tabs[0], "Hello")
    start(other, tabs[1], "Good day")

    assert WorkItem.objects.count() == 2


def test_a_form_that_another_site_sent_says_nothing_in_the_browsers_own_chat(client, widget):
    tabs = [opened(client), opened(client)]
    start(client, tabs[0], "Hello")
    headers = {"HTTP_ORIGIN": "https://evil.example", "HTTP_SEC_FETCH_SITE": "cross-site"}

    start(client, tabs[1], "Nothing of mine", **headers)

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
