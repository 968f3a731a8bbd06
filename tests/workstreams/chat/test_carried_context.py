"""What a web site said of its visitor is known to his next chat, too."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db.models import Max

from tests.workstreams.chat.conftest import text_of
from workstreams.channels.live_chat.context import CARRIED_LENGTH, carried_context
from workstreams.models import WorkItem

HTMX = {"HX-Request": "true"}
GOLD = {"ctx.tier": "gold & more"}


@pytest.fixture
def begun(visitor):
    """A chat begun by the form that the site's variables are hidden in; where it leads."""
    visitor.open_page(**GOLD)
    return visitor.post(data={"name": "Ann", "text": "Help", **GOLD})["Location"]


def query_of(address):
    return {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}


def new_chat_in(html):
    """The address of *Start a new chat*."""
    [address] = re.findall(r'href="([^"]*[?&]new=[^"]*)"', html)
    return unescape(address)


def test_the_page_of_the_chat_keeps_it_in_its_address(visitor, begun):
    assert GOLD.items() <= query_of(begun).items()

    answer = visitor.post("message/", {"text": "Still there?", **GOLD})

    assert GOLD.items() <= query_of(answer["Location"]).items()


def test_a_chat_that_ends_while_it_is_open_links_to_a_new_one_with_it(visitor, begun):
    page = visitor.http.get(begun).content.decode()
    [state] = re.findall(r'hx-get="([^"]*state/[^"]*)"', page)
    visitor.post("end/", headers=HTMX)

    ended = visitor.http.get(unescape(state), {"shown": "waiting"} | query_of(unescape(state)))

    html = text_of(visitor.http.get(new_chat_in(text_of(ended))))
    assert 'name="ctx.tier" value="gold &amp; more"' in html


def test_both_forms_of_the_page_send_it_along(visitor, begun):
    page = visitor.http.get(begun).content.decode()

    assert page.count('name="ctx.tier" value="gold &amp; more"') == 2


def test_also_the_link_of_a_chat_that_is_too_old(visitor, begun):
    visitor.token = "old"

    answer = visitor.post("message/", {"text": "Still there?", **GOLD})

    assert GOLD.items() <= query_of(new_chat_in(text_of(answer))).items()


def test_the_next_chat_has_it(visitor, begun):
    visitor.post("end/", headers=HTMX)
    first = WorkItem.objects.get().pk
    visitor.token = ""

    html = text_of(visitor.http.get(new_chat_in(visitor.http.get(begun).content.decode())))
    [visitor.token] = re.findall(r'name="v" value="([^"]+)"', html)
    [tier] = re.findall(r'name="ctx.tier" value="([^"]+)"', html)
    visitor.post(data={"name": "Ann", "text": "Again", "ctx.tier": unescape(tier)})

    newest = WorkItem.objects.aggregate(Max("pk"))["pk__max"]
    assert newest > first
    assert WorkItem.objects.get(pk=newest).context == {"tier": "gold & more"}


def test_an_address_carries_no_more_than_there_is_room_for():
    given = {"ctx.long": "ä" * CARRIED_LENGTH, "ctx.tier": "gold", "v": "token"}

    assert carried_context(given) == {"ctx.tier": "gold"}
