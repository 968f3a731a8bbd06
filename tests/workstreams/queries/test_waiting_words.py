"""What a customer who waits reads of his place."""

import pytest

from tests.factories import make_chat_widget, make_item
from workstreams.models import AutomatedMessage
from workstreams.queries.waiting_words import waiting_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def widget(workstream):
    return make_chat_widget(workstream)


@pytest.fixture
def item(workstream, widget):
    return make_item(workstream, channel_instance=widget)


def test_the_first_is_next_and_others_read_their_place(item, widget):
    assert waiting_words(item, widget, position=0).startswith("You are next.")
    assert waiting_words(item, widget, position=3) == "Customers before you: 3."


def test_what_is_inactive_is_not_told(item, widget):
    AutomatedMessage.objects.create(
        trigger="position_in_queue", channel="live_chat", text="Wait", is_active=False
    )

    assert waiting_words(item, widget, position=3) == ""


@pytest.mark.parametrize("switch", ["tells_wait", "tells_position"])
def test_a_way_in_that_tells_no_place_tells_none(item, widget, switch):
    setattr(widget, switch, False)

    assert waiting_words(item, widget, position=3) == ""


def test_a_persistent_chat_tells_no_place(item, widget):
    item.workstream.persistent_chat = True

    assert waiting_words(item, widget, position=3) == ""


def test_the_words_are_the_instances_own_and_take_one_query(
    item, widget, django_assert_num_queries
):
    AutomatedMessage.objects.create(
        trigger="position_in_queue",
        channel="live_chat",
        channel_instance=widget,
        text="{Position} before you in {QueueName}",
    )

    with django_assert_num_queries(1):
        words = waiting_words(item, widget, position=2)

    assert words == "2 before you in Support"
