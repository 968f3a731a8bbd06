"""What an inbox lists, in which order, and what is unread in it."""

from datetime import timedelta

import pytest

from routing import service
from routing.models import Assignment
from routing.queries.inbox import inbox_items
from routing.queries.inbox_order import Narrowing, narrowed
from tests.factories import make_item, make_queue, make_workstream
from tests.scenarios import in_conversation, offered
from workstreams.actions.send_message import send_message
from workstreams.terms import Author, InboxKind, InboxList, InboxOrder, InboxRead, InboxSort

MINE, OPEN, CLOSED = InboxList
CONVERSATION, RECORD, CALL = InboxKind
pytestmark = pytest.mark.django_db


def titles(agent, view, now, **asked):
    return [item.title for item in inbox_items(agent, view, now=now, **asked)]


def customer_says(item, now, text="Hello?"):
    return send_message(item_id=item.pk, author=Author.CUSTOMER, text=text, now=now)


def agent_says(item, agent, now):
    return send_message(item_id=item.pk, author=Author.AGENT, agent=agent, text="Hi", now=now)


def unread(agent, now):
    return [item.title for item in inbox_items(agent, MINE, now=now) if item.is_unread]


def test_each_view_lists_its_own_the_latest_first(workstream, agent, second_agent, now):
    in_conversation(workstream, agent, now, title="Mine")
    in_conversation(workstream, second_agent, now, title="Bob's")
    make_item(workstream, at=now - timedelta(hours=1), title="Earlier")
    make_item(workstream, at=now, title="Later")
    make_item(workstream, state="closed", agent=agent, closed_at=now, title="Over")
    make_item(workstream, state="closed", agent=second_agent, closed_at=now, title="Bob's over")
    stranger = make_workstream("Others", queue=make_queue("Others"))
    make_item(stranger, title="Elsewhere")

    assert titles(agent, MINE, now) == ["Mine"]
    assert titles(agent, OPEN, now) == ["Later", "Earlier"]
    assert titles(agent, CLOSED, now) == ["Over"]


def test_an_offer_is_not_yet_in_the_inbox(workstream, agent, now):
    offered(workstream, now)

    assert titles(agent, MINE, now) == []


def test_what_did_not_change_for_ninety_days_is_left_out(workstream, agent, now):
    make_item(workstream, at=now - timedelta(days=91), title="Long ago")
    make_item(workstream, at=now - timedelta(days=89), title="In time")

    assert titles(agent, OPEN, now) == ["In time"]


@pytest.mark.parametrize("view", [OPEN, CLOSED])
def test_kinds_are_told_apart_before_the_list_is_cut(workstream, agent, now, view, monkeypatch):
    monkeypatch.setattr("routing.queries.inbox.ITEMS_LISTED", 2)
    earlier = now - timedelta(hours=1)
    over = {"state": "closed", "agent": agent} if view == CLOSED else {}
    records = make_queue("Cases", type="record")
    records.members.add(agent)
    cases = make_workstream("Cases", type="record", channel="record", queue=records)
    make_item(cases, at=earlier, title="Case", **over, closed_at=earlier if over else None)
    for number in range(3):
        title = f"Chat {number}"
        make_item(workstream, at=now, title=title, **over, closed_at=now if over else None)

    assert titles(agent, view, now) == ["Chat 2", "Chat 1"]
    assert titles(agent, view, now, kinds=(RECORD,)) == ["Case"]
    assert titles(agent, view, now, kinds=(CONVERSATION,)) == ["Chat 2", "Chat 1"]
    assert titles(agent, view, now, kinds=(CALL,)) == []
    assert titles(agent, view, now, kinds=(RECORD, CALL)) == ["Case"]


def test_unread_is_what_the_customer_wrote_after_the_agent_looked(workstream, agent, now):
    item = in_conversation(workstream, agent, now, title="Chat")
    assert unread(agent, now) == []

    first = customer_says(item, now)
    assert unread(agent, now) == ["Chat"]
    second = customer_says(item, now)
    service.mark_read(item_id=item.pk, by=agent, message_id=first.pk)
    assert unread(agent, now) == ["Chat"]
    service.mark_read(item_id=item.pk, by=agent, message_id=second.pk)
    assert unread(agent, now) == []
    service.mark_read(item_id=item.pk, by=agent, message_id=first.pk)
    assert unread(agent, now) == []
    customer_says(item, now)
    assert unread(agent, now) == ["Chat"]
    agent_says(item, agent, now)
    assert unread(agent, now) == []


def test_nobody_reads_for_another_nor_what_was_not_said(workstream, agent, second_agent, now):
    item = in_conversation(workstream, agent, now, title="Chat")
    other = in_conversation(workstream, second_agent, now)
    said, elsewhere = customer_says(item, now), customer_says(other, now)

    service.mark_read(item_id=item.pk, by=second_agent, message_id=said.pk)
    service.mark_read(item_id=item.pk, by=agent, message_id=elsewhere.pk)
    service.mark_read(item_id=item.pk, by=agent, message_id=2**62)

    assert unread(agent, now) == ["Chat"]
    assert set(Assignment.objects.values_list("read_until", flat=True)) == {0}


def test_who_gets_a_conversation_anew_has_it_unread(workstream, agent, second_agent, now):
    item = in_conversation(workstream, agent, now, title="Chat")
    service.mark_read(item_id=item.pk, by=agent, message_id=customer_says(item, now).pk)

    service.release(item_id=item.pk, by=agent)
    service.run_cycle()
    item.refresh_from_db()
    assert item.agent is not None
    service.accept(item_id=item.pk, by=item.agent)

    assert unread(item.agent, now) == ["Chat"]


def test_live_items_are_marked_while_somebody_waits_there(workstream, agent, now):
    in_conversation(workstream, agent, now, title="Chat")
    make_item(workstream, state="wrap_up", agent=agent, title="After-work")
    sms = make_workstream("SMS", channel="sms", queue=workstream.fallback_queue)
    make_item(sms, state="active", agent=agent, reason="Text", channel="sms", title="SMS")

    assert {item.title: item.is_live for item in inbox_items(agent, MINE, now=now)} == {
        "Chat": True,
        "After-work": False,
        "SMS": False,
    }


def test_a_list_is_searched_and_ordered(workstream, agent, now):
    for number, name in enumerate(["zoe", "Ann", "ann"]):
        at = now - timedelta(hours=number)
        make_item(workstream, at=at, title=f"Boiler {number}", customer={"name": name})
    items = inbox_items(agent, OPEN, now=now)

    def shown(**asked):
        return [item.title[-1] for item in narrowed(items, Narrowing(**asked))]

    assert shown() == ["0", "1", "2"]
    assert shown(order=InboxOrder.OLDEST) == ["2", "1", "0"]
    assert shown(sort=InboxSort.CUSTOMER) == ["1", "2", "0"]
    assert shown(sort=InboxSort.CUSTOMER, order=InboxOrder.OLDEST) == ["2", "1", "0"]
    assert shown(search="ANN boiler") == ["1", "2"]
    assert shown(search="nobody") == []
    assert (shown(read=InboxRead.UNREAD), shown(read=InboxRead.READ)) == ([], ["0", "1", "2"])


@pytest.mark.parametrize("view", [MINE, OPEN, CLOSED])
def test_a_view_is_one_statement(workstream, agent, now, view, django_assert_num_queries):
    in_conversation(workstream, agent, now)
    for _ in range(3):
        make_item(workstream, state="wrap_up", agent=agent)
        make_item(workstream)

    with django_assert_num_queries(1):
        inbox_items(agent, view, now=now, kinds=(CONVERSATION,))
