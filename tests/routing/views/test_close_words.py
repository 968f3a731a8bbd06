"""What a forced close says that it does."""

import pytest
from django.urls import reverse

from tests.factories import make_chat_widget, make_item, make_workstream
from workstreams.models import AutomatedMessage
from workstreams.terms import MessageTrigger

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("more", "is_told", "record_stays"),
    [({}, True, False), ({"type": "record"}, False, True), ({"type": "voice"}, False, False)],
    ids=["chat", "record", "call"],
)
def test_it_says_who_is_told_and_what_stays(client, supervisor, more, is_told, record_stays):
    item = make_item(make_workstream("Other", **more))
    client.force_login(supervisor)

    page = client.get(reverse("routing:work-item-close", args=[item.pk])).content.decode()

    said = [words in page for words in ("The customer is told", "The record itself stays")]
    assert said == [is_told, record_stays]
    assert "This cannot be undone." in page


@pytest.mark.parametrize("of_channel", [True, False])
@pytest.mark.parametrize("is_active", [True, False])
def test_the_customer_is_told_only_where_that_message_is_on(
    client, supervisor, of_channel, is_active
):
    stream = make_workstream("Other")
    widget = make_chat_widget(stream)
    item = make_item(stream, channel_instance=widget)
    AutomatedMessage.objects.create(
        trigger=MessageTrigger.SESSION_ENDED,
        channel="live_chat",
        channel_instance=None if of_channel else widget,
        text="Closed.",
        is_active=is_active,
    )
    client.force_login(supervisor)

    page = client.get(reverse("routing:work-item-close", args=[item.pk])).content.decode()

    assert ("The customer is told" in page) is is_active
