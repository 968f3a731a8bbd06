"""Who comes too late is led elsewhere, once; who ended his chat himself is not (B 4.10)."""

from datetime import timedelta

import pytest

from routing import service
from routing.sweeps import disconnect_customers
from tests.factories import make_chat_widget
from tests.scenarios import arrive, in_conversation
from workstreams.actions.note_visit import note_departure, note_visit
from workstreams.channels.live_chat.visitor import Visitor

pytestmark = pytest.mark.django_db
LATE = "https://shop.example/late"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def widget(workstream):
    widget = make_chat_widget(workstream, "shop")
    type(widget).objects.update(redirect_url=LATE)
    return widget


@pytest.fixture
def item(workstream, widget, agent, now):
    return in_conversation(workstream, agent, now, channel_instance=widget)


def token_of(item):
    instance_id, key = item.channel_instance_id, item.conversation_key
    return Visitor(instance_id=instance_id, conversation_key=key).token


def remembered(client, item):
    """The browser knows the chat by its cookie."""
    client.cookies[f"chat-{item.channel_instance_id}"] = token_of(item)
    return client


def gives_up(item, now):
    note_visit(item_id=item.pk, now=now)
    note_departure(item_id=item.pk, now=now)
    assert disconnect_customers.sweep(now=now + 3 * MINUTE, limit=10) == 1


def test_who_comes_too_late_is_led_elsewhere(client, item, now):
    before = client.get("/chat/shop/", {"v": token_of(item)})

    gives_up(item, now)
    after = client.get("/chat/shop/", {"v": token_of(item)})

    assert (before.status_code, after.status_code) == (200, 302)
    assert after.url == LATE


def test_also_after_the_agent_closed_it(client, item, agent, now):
    gives_up(item, now)
    service.close(item_id=item.pk, by=agent, now=now + 4 * MINUTE)

    assert client.get("/chat/shop/", {"v": token_of(item)}).status_code == 302


def test_also_who_was_gone_before_anybody_came(client, workstream, widget, now):
    item = arrive(workstream, now, channel_instance=widget)
    gives_up(item, now)

    assert client.get("/chat/shop/", {"v": token_of(item)}).status_code == 302


def test_the_next_visit_begins_a_new_chat(client, item, now):
    gives_up(item, now)

    answers = [remembered(client, item).get("/chat/shop/"), client.get("/chat/shop/")]

    assert [each.status_code for each in answers] == [302, 200]
    assert "Your name" in answers[1].content.decode()


def test_the_link_of_an_old_chat_lets_the_browser_keep_another(
    client, workstream, widget, item, now
):
    gives_up(item, now)
    other = arrive(workstream, now, channel_instance=widget)
    service.leave(item_id=other.pk, now=now)

    answer = remembered(client, other).get("/chat/shop/", {"v": token_of(item)})

    assert (answer.status_code, len(answer.cookies)) == (302, 0)


def test_who_ended_it_himself_while_he_waited_may_begin_again(client, workstream, widget, now):
    item = arrive(workstream, now, channel_instance=widget)
    service.leave(item_id=item.pk, now=now)

    answer = remembered(client, item).get("/chat/shop/")

    assert answer.status_code == 200
    assert "?new" in answer.content.decode()
