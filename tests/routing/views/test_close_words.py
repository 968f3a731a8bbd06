"""What a forced close says that it does."""

import re

import pytest
from django.urls import reverse

from routing import service
from routing.queries.closing import closing_of
from tests.factories import make_chat_widget, make_item, make_workstream
from tests.factories.bots import make_bot, with_bot
from tests.scenarios import arrive, in_conversation, in_wrap_up, offered
from workstreams.models import AutomatedMessage
from workstreams.terms import MessageTrigger

pytestmark = pytest.mark.django_db
NEVER_HAD = "It leaves its queue without having reached an agent."
GIVEN_BACK = "loses this work item at once and its capacity is given back."
NOT_GIVEN_BACK = "loses this work item at once."


@pytest.fixture
def said_of(client, supervisor):
    """What the dialog says."""
    client.force_login(supervisor)

    def said_of(item):
        page = client.get(reverse("routing:work-item-close", args=[item.pk])).content.decode()
        return re.sub(r"\s+", " ", page)

    return said_of


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


def test_work_that_waits_for_its_first_agent_has_reached_none(said_of, workstream, now):
    assert NEVER_HAD in said_of(arrive(workstream, now))


def test_an_offer_that_was_declined_has_reached_nobody(said_of, workstream, agent, now):
    item = offered(workstream, now)
    service.decline(item_id=item.pk, by=agent, now=now)

    assert NEVER_HAD in said_of(item)


def test_who_put_the_work_back_had_it_last(said_of, workstream, agent, now):
    item = in_conversation(workstream, agent, now)
    service.release(item_id=item.pk, by=agent, now=now)

    said = said_of(item)

    assert f"It leaves its queue; {agent} had it last." in said
    assert NEVER_HAD not in said


def test_what_a_bot_has_is_lost_by_the_bot(said_of, workstream, now):
    said = said_of(arrive(with_bot(workstream, make_bot()), now))

    assert "The bot loses it at once." in said
    assert "its queue" not in said


def test_work_in_hand_gives_its_capacity_back(said_of, workstream, agent, now):
    assert f"{agent} {GIVEN_BACK}" in said_of(in_conversation(workstream, agent, now))


def test_work_that_waits_for_its_customer_holds_nothing_to_give_back(
    said_of, workstream, agent, now
):
    workstream.persistent_chat = True
    workstream.save()
    item = in_conversation(workstream, agent, now)
    assert service.close(item_id=item.pk, by=agent, now=now) == "waiting"

    assert f"{agent} {NOT_GIVEN_BACK}" in said_of(item)


@pytest.mark.parametrize(
    ("block", "seconds", "words"),
    [
        ("always", None, GIVEN_BACK),
        ("never", None, NOT_GIVEN_BACK),
        ("custom", 60, NOT_GIVEN_BACK),
    ],
)
def test_wrap_up_gives_back_what_it_still_holds_and_keeps_for_no_time_of_its_own(
    said_of, workstream, agent, now, block, seconds, words
):
    workstream.wrap_up_block, workstream.wrap_up_seconds = block, seconds
    workstream.save()

    assert f"{agent} {words}" in said_of(in_wrap_up(workstream, agent, now))


def test_what_it_takes_from_whom_costs_two_queries(
    workstream, agent, now, django_assert_num_queries
):
    item = in_conversation(workstream, agent, now)

    with django_assert_num_queries(2):
        closing_of(item)
