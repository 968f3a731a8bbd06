"""After the end of a persistent chat its history is not shown any more (B 5)."""

import pytest

from routing import configuration, service
from tests.factories import make_chat_widget, make_workstream
from tests.scenarios import arrive, in_conversation
from workstreams.channels.live_chat.visitor import Visitor
from workstreams.models import WorkItem
from workstreams.terms import Reason

pytestmark = pytest.mark.django_db
PAGE = "/chat/shop/"


@pytest.fixture
def persistent(queue, now):
    workstream = make_workstream("Persistent", queue=queue, persistent_chat=True)
    configuration.publish(by=None, now=now)
    return workstream


@pytest.fixture
def item(persistent, agent, now):
    widget = make_chat_widget(persistent, "shop", greeting="Good day.")
    return in_conversation(persistent, agent, now, channel_instance=widget)


def token_of(item):
    instance_id, key = item.channel_instance_id, item.conversation_key
    return Visitor(instance_id=instance_id, conversation_key=key).token


@pytest.fixture
def customer(client, item):
    """His browser knows the chat by its cookie."""
    client.cookies[f"chat-{item.channel_instance_id}"] = token_of(item)
    return client


def read(answer):
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("closes", [False, True], ids=["wrap-up", "closed"])
def test_who_comes_back_after_the_end_begins_anew(customer, item, agent, now, closes):
    before = read(customer.get(PAGE))
    service.end(item_id=item.pk, by=agent, now=now)
    if closes:
        service.close(item_id=item.pk, by=agent, now=now)

    after = [read(customer.get(PAGE)) for _ in range(2)]

    assert 'id="chat-log"' in before
    for page in after:
        assert 'id="chat-log"' not in page
        assert "Your name" in page
    assert not customer.cookies[f"chat-{item.channel_instance_id}"].value


def test_also_by_the_link_of_the_old_one(client, item, agent, now):
    service.end(item_id=item.pk, by=agent, now=now)

    page = read(client.get(PAGE, {"v": token_of(item)}))

    assert "Your name" in page
    assert token_of(item) not in page


def test_the_page_that_is_open_as_it_ends_keeps_its_last_line_and_button(
    customer, item, agent, now
):
    service.end(item_id=item.pk, by=agent, now=now)

    state = read(customer.get(f"{PAGE}state/", {"v": token_of(item), "shown": "talking"}))
    lines = read(customer.get(f"{PAGE}messages/", {"v": token_of(item), "after": 0}))

    assert "This chat has ended." in state
    assert "Start a new chat" in state
    assert "alice has ended the conversation." in lines


def test_what_waits_for_its_customer_goes_on(customer, item, agent, now):
    service.close(item_id=item.pk, by=agent, now=now)

    item.refresh_from_db()
    assert item.state == "waiting"
    assert 'id="chat-log"' in read(customer.get(PAGE))


def test_who_was_sent_away_by_overflow_reads_why(client, persistent, now):
    widget = make_chat_widget(persistent, "shop")
    item = arrive(persistent, now, channel_instance=widget)
    WorkItem.objects.filter(pk=item.pk).update(
        state="closed", closed_at=now, reason=Reason.CLOSED_DUE_TO_OVERFLOW
    )

    assert 'id="chat-log"' in read(client.get(PAGE, {"v": token_of(item)}))


def test_an_ended_live_chat_is_still_to_be_read(client, workstream, agent, now):
    widget = make_chat_widget(workstream, "shop")
    item = in_conversation(workstream, agent, now, channel_instance=widget)
    service.end(item_id=item.pk, by=agent, now=now)

    assert 'id="chat-log"' in read(client.get(PAGE, {"v": token_of(item)}))
