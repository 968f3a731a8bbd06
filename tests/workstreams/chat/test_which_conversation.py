"""An address of a conversation that is over does not hide the one that the browser knows."""

import pytest

from routing import configuration
from tests.factories import make_chat_widget, make_workstream
from tests.scenarios import arrive
from workstreams.channels.live_chat.visitor import Visitor
from workstreams.models import WorkItem

pytestmark = pytest.mark.django_db
PAGE = "/chat/shop/"


@pytest.fixture(params=[False, True], ids=["live", "persistent"])
def arrives(request, queue, agent, now):
    """Another conversation of the same widget."""
    workstream = make_workstream("Shop", queue=queue, persistent_chat=request.param)
    configuration.publish(by=None, now=now)
    widget = make_chat_widget(workstream, "shop")
    return lambda: arrive(workstream, now, channel_instance=widget)


def over(item, now):
    WorkItem.objects.filter(pk=item.pk).update(state="closed", closed_at=now)


def token_of(item):
    instance_id, key = item.channel_instance_id, item.conversation_key
    return Visitor(instance_id=instance_id, conversation_key=key).token


def read(client, *, link, cookie):
    """The page of the link's conversation, in a browser that knows the cookie's."""
    client.cookies[f"chat-{cookie.channel_instance_id}"] = token_of(cookie)
    return client.get(PAGE, {"v": token_of(link)}).content.decode()


def shows(page, item):
    return f'content="item-{item.pk}"' in page


def test_an_ended_conversation_gives_way_to_the_one_that_goes_on(client, arrives, now):
    old, new = arrives(), arrives()
    over(old, now)

    page = read(client, link=old, cookie=new)

    assert shows(page, new)
    assert "has ended" not in page


def test_one_that_goes_on_is_shown_by_its_link(client, arrives):
    old, new = arrives(), arrives()

    assert shows(read(client, link=old, cookie=new), old)


def test_the_new_one_also_ended_changes_nothing(client, arrives, now):
    old, new = arrives(), arrives()
    for item in (old, new):
        over(item, now)

    assert not shows(read(client, link=old, cookie=new), new)


def test_who_begins_a_new_chat_gets_its_form(client, arrives, now):
    old, new = arrives(), arrives()
    over(old, now)
    client.cookies[f"chat-{new.channel_instance_id}"] = token_of(new)

    assert "Your name" in client.get(PAGE, {"v": token_of(old), "new": ""}).content.decode()
