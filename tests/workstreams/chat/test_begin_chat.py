"""How many chats may be begun."""

from datetime import timedelta
from uuid import uuid4

import pytest

from config.clock import database_now
from routing.sweeps import purge_chat_starts
from tests.factories import make_chat_widget, make_item
from workstreams.channels.contract import InboundMessage
from workstreams.channels.exceptions import TooManyChats
from workstreams.channels.live_chat import begin_chat as limits
from workstreams.channels.live_chat.begin_chat import begin_chat
from workstreams.models import ChatStart, WorkItem

pytestmark = pytest.mark.django_db
ADDRESS = "203.0.113.7"


def begin(widget, now, *, address=ADDRESS, key=None):
    said = InboundMessage(conversation_key=key or uuid4(), client_key=uuid4(), text="Hello")
    return begin_chat(instance=widget, message=said, address=address, now=now)


def test_one_address_begins_ten_chats_in_ten_minutes(widget, now):
    for _ in range(10):
        begin(widget, now)

    with pytest.raises(TooManyChats):
        begin(widget, now + timedelta(minutes=9))

    assert WorkItem.objects.count() == 10
    begin(widget, now + timedelta(minutes=10))


def test_others_and_other_widgets_are_not_counted(widget, workstream, now):
    for _ in range(10):
        begin(widget, now)

    begin(widget, now, address="203.0.113.8")
    begin(make_chat_widget(workstream), now)


def test_a_whole_ipv6_network_is_one_address(widget, now):
    for number in range(10):
        begin(widget, now, address=f"2001:db8:0:1::{number + 1}")

    with pytest.raises(TooManyChats):
        begin(widget, now, address="2001:db8:0:1:ffff::1")
    begin(widget, now, address="2001:db8:0:2::1")


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_a_proxy_that_names_no_addresses_is_not_one_visitor(widget, now, address):
    for _ in range(11):
        begin(widget, now, address=address)

    assert WorkItem.objects.count() == 11


def test_a_chat_that_runs_goes_on_beyond_the_limit(widget, now):
    key = uuid4()
    item = begin(widget, now, key=key)
    for _ in range(9):
        begin(widget, now)

    assert begin(widget, now, key=key) == item


def test_no_chat_begins_while_too_many_wait(widget, workstream, agent, now, monkeypatch):
    monkeypatch.setattr(limits, "UNANSWERED_CHATS", 2)
    make_item(workstream, channel_instance=widget)
    offered = {"state": "active", "reason": "awaiting_agent_acceptance", "agent": agent}
    answered = make_item(workstream, channel_instance=widget, **offered)

    with pytest.raises(TooManyChats):
        begin(widget, now)

    type(answered).objects.filter(pk=answered.pk).update(reason="in_conversation")
    begin(widget, now)


def test_the_count_is_one_query(widget, now, django_assert_num_queries):
    with django_assert_num_queries(1):
        limits._check(widget, ADDRESS, now)


def test_the_page_keeps_what_was_typed(visitor, widget):
    for _ in range(10):
        begin(widget, database_now())
    visitor.open_page()

    form = {"name": "Ann", "text": "Please help", "ctx.tier": "gold"}
    response = visitor.post(data=form, REMOTE_ADDR=ADDRESS)

    page = response.content.decode()
    assert response.status_code == 429
    assert "Too many chats were begun just now." in page
    assert "Please help" in page
    assert 'name="ctx.tier" value="gold"' in page
    # What comes after the colon is the second in which the page was made.
    assert visitor.token.split(":")[0] in page


def test_addresses_are_kept_as_digests_and_for_a_day(widget, now):
    begin(widget, now)
    begin(widget, now + timedelta(hours=2))
    assert ADDRESS not in str(ChatStart.objects.values())

    purge_chat_starts.sweep(now=now + timedelta(hours=25), limit=9)

    assert ChatStart.objects.get().at == now + timedelta(hours=2)
