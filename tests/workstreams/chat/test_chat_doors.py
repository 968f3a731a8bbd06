"""Who reaches which conversation, from which site, and when the chat is closed."""

import json
import re
import time
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.utils.http import urlencode

from config.live.tickets import topics_of_ticket
from config.send_again import FORM
from tests.factories import make_chat_widget
from tests.workstreams.chat.conftest import VisitorClient, text_of
from workstreams.models import Message, WorkItem

pytestmark = pytest.mark.django_db
DAY_SECONDS = 24 * 60 * 60


def test_a_visitor_reaches_only_his_own_conversation(visitor, second_visitor):
    visitor.start("My secret")
    second_visitor.open_page()

    assert "My secret" not in text_of(second_visitor.get())
    assert second_visitor.get("messages/").status_code == 204


def test_a_conversation_never_begins_with_a_token_that_somebody_sent(visitor, second_visitor):
    visitor.open_page()

    second_visitor.open_page(v=visitor.token)
    second_visitor.post(data={"name": "Eve", "text": "My secret"})

    assert second_visitor.token != visitor.token
    assert "My secret" not in text_of(visitor.get())
    assert "My secret" in text_of(second_visitor.get())


def test_a_token_of_another_widget_is_worth_nothing(visitor, workstream):
    make_chat_widget(workstream, "other")
    visitor.start("My secret")
    stranger = VisitorClient("other")
    stranger.token = visitor.token

    assert "My secret" not in text_of(stranger.get())
    assert stranger.post("message/", {"text": "x"}).status_code == 403


def test_a_cookie_alone_changes_nothing(visitor, client):
    item = visitor.start()
    client.get(f"/chat/shop/?v={visitor.token}")

    assert client.post("/chat/shop/end/").status_code == 403
    item.refresh_from_db()
    assert item.state == "open"


def test_a_returning_browser_finds_its_conversation_by_cookie(client, visitor):
    begin(client, visitor, "It is me")

    assert "It is me" in text_of(client.get("/chat/shop/"))


@pytest.mark.parametrize(
    ("is_persistent", "days", "is_known"),
    [(False, 2, False), (True, 2, True), (True, 29, True), (True, 31, False)],
)
def test_a_persistent_chat_knows_its_visitor_for_a_month(
    client, visitor, workstream, monkeypatch, is_persistent, days, is_known
):
    type(workstream).objects.update(persistent_chat=is_persistent)
    with monkeypatch.context() as patch:
        earlier = time.time() - days * DAY_SECONDS
        patch.setattr("django.core.signing.time.time", lambda: earlier)
        begin(client, visitor, "It is me")

    assert ("It is me" in text_of(client.get("/chat/shop/"))) == is_known


def test_each_visit_of_a_persistent_chat_keeps_it_for_a_month_from_then(
    client, visitor, workstream, widget
):
    type(workstream).objects.update(persistent_chat=True)
    begin(client, visitor, "It is me")
    sent = VisitorClient("shop")
    sent.token = visitor.token

    again, by_address = client.get("/chat/shop/"), sent.get()

    assert again.cookies[f"chat-{widget.pk}"]["max-age"] == 30 * DAY_SECONDS
    assert "It is me" in text_of(by_address)
    assert not by_address.cookies


@pytest.mark.parametrize(
    ("is_secure", "kept"),
    [(True, "SameSite=None; Partitioned; Secure"), (False, "SameSite=Lax")],
    ids=["secure", "not secure"],
)
def test_frames_of_other_sites_keep_who_the_visitor_is(client, visitor, widget, is_secure, kept):
    visitor.open_page()
    said = {"v": visitor.token, "name": "Ann", "text": "It is me", "client_key": uuid4()}

    cookies = client.post("/chat/shop/", said, secure=is_secure).cookies

    assert kept in cookies[f"chat-{widget.pk}"].OutputString()


def begin(client, visitor, text):
    """In a browser that keeps cookies."""
    visitor.open_page()
    said = {"v": visitor.token, "name": "Ann", "text": text, "client_key": uuid4()}
    client.post("/chat/shop/", said)


def test_the_ticket_is_for_the_visitors_own_conversation(visitor):
    item = visitor.start()

    own = visitor.get("ticket/", topics=f"item-{item.pk}")
    other = visitor.get("ticket/", topics=f"item-{item.pk},floor")

    assert topics_of_ticket(json.loads(own.content)["ticket"]) == {f"item-{item.pk}"}
    assert other.status_code == 403


def test_only_named_sites_may_frame_the_chat(visitor, widget):
    widget.allowed_origins = ["https://shop.example", "https://evil.example; script-src *"]
    widget.save()

    response = visitor.get()

    policy = response["Content-Security-Policy"]
    assert "frame-ancestors 'self' https://shop.example;" in f"{policy};"
    assert "evil" not in policy
    assert "X-Frame-Options" not in response


def test_a_channel_that_is_switched_off_says_so(visitor, widget):
    visitor.open_page()
    widget.is_enabled = False
    widget.save()

    page = text_of(visitor.http.get("/chat/shop/"))
    response = visitor.post(data={"name": "Ann", "text": "Hello"})

    assert "We are not here at the moment." in page
    assert "We are not here at the moment." in text_of(response)
    assert not WorkItem.objects.exists()


def test_a_chat_that_does_not_exist_is_not_found(client, db):
    assert client.get("/chat/nowhere/").status_code == 404


def test_a_first_message_that_found_the_database_busy_is_kept_in_its_frame(visitor):
    visitor.open_page()
    said = {"v": visitor.token, "name": "Ann", "text": "Hello?", "client_key": uuid4()}
    here = {"Origin": "http://testserver"}

    with connection.execute_wrapper(inserts_fail):
        busy = visitor.http.post(visitor.address, urlencode(said), content_type=FORM, headers=here)
    fields = dict(re.findall('type="hidden" name="([^"]+)" value="([^"]*)"', text_of(busy)))
    visitor.post(data=fields)

    assert busy.status_code == 503
    assert may_be_framed(busy)
    assert "<h1>Shop chat</h1>" in text_of(busy)
    assert "Switchyard" not in text_of(busy)
    assert [message.text for message in Message.objects.all()] == ["Hello?"]


def test_what_is_not_found_says_so_in_its_frame(client, db):
    assert may_be_framed(client.get("/chat/nowhere/"))


def test_errors_of_other_pages_stay_out_of_frames(client, supervisor):
    client.force_login(supervisor)

    assert not may_be_framed(client.get("/work-items/987654/"))


def may_be_framed(response):
    """By anybody."""
    policy = response["Content-Security-Policy"]
    return "frame-ancestors *;" in f"{policy};" and "X-Frame-Options" not in response


def inserts_fail(execute, sql, params, many, context):
    if "INSERT" in sql.upper():
        raise OperationalError("the database is restarted")
    return execute(sql, params, many, context)
