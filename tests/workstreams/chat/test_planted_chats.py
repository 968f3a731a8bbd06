"""Another site sends a chat of its own through a visitor's browser."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from tests.workstreams.chat.conftest import VisitorClient, text_of
from workstreams.channels.live_chat.visitor import read_token

pytestmark = pytest.mark.django_db
OWN = {"Origin": "http://testserver"}
OTHER = {"Origin": "https://evil.example"}


@pytest.fixture
def browser():
    """The visitor's, which keeps cookies."""
    return Client()


def begin(browser: Client, sender: VisitorClient, headers: dict[str, str], text: str = "Hello"):
    """The form of a page that the sender was shown, filled in with his words."""
    sender.open_page()
    said = {"v": sender.token, "name": "Eve", "text": text, "client_key": uuid4()}
    return browser.post("/chat/shop/", said, headers=headers)


@pytest.mark.parametrize(
    "headers",
    [
        OTHER,
        {"Origin": "null"},
        {"Origin": "https://testserver"},
        OTHER | {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://www.testserver", "Sec-Fetch-Site": "same-site"},
    ],
    ids=["another site", "a sandbox or a redirect", "another scheme", "told twice", "a sister"],
)
def test_a_chat_that_another_site_begins_is_not_the_browsers_own(browser, visitor, headers):
    answer = begin(browser, visitor, headers, text="Planted")

    assert answer.status_code == 303
    assert not answer.cookies
    assert "Planted" not in text_of(browser.get("/chat/shop/"))
    assert "Planted" in text_of(visitor.get())


@pytest.mark.parametrize(
    "headers",
    [{}, OWN, OTHER | {"Sec-Fetch-Site": "same-origin"}],
    ids=["a browser that does not tell", "the own site", "behind a proxy that names itself"],
)
def test_a_chat_that_our_own_page_begins_is_kept(browser, visitor, headers):
    begin(browser, visitor, headers, text="It is me")

    assert "It is me" in text_of(browser.get("/chat/shop/"))


@pytest.mark.parametrize(("headers", "is_same"), [(OTHER, False), (OWN, True)])
def test_a_form_that_lacks_a_word_comes_back_as_its_senders_only_if_we_showed_it(
    browser, visitor, widget, headers, is_same
):
    page = text_of(begin(browser, visitor, headers, text=""))
    [shown] = re.findall(r'name="v" value="([^"]+)"', page)
    sent, again = (read_token(each, instance_id=widget.pk) for each in (visitor.token, shown))

    assert again is not None
    assert (again == sent) is is_same
