"""What may be said in a conversation, and what becomes of it."""

from datetime import datetime
from uuid import uuid4

import pytest

from agents.models import Agent
from routing import service
from routing.models import Rule, RuleQueue, Ruleset
from routing.terms import RulesetKind
from tests.factories import make_agent, make_queue, make_workstream
from tests.scenarios import arrive, in_conversation, in_wrap_up, offered
from workstreams.actions.send_message import send_message
from workstreams.exceptions import (
    ConversationOver,
    MessageEmpty,
    MessageKeyReused,
    MessageTooLong,
    NotYourConversation,
)
from workstreams.models import Message, Queue, WorkItem, WorkItemEvent, Workstream
from workstreams.models.message import MESSAGE_BYTES
from workstreams.terms import Author, Channel, ItemState

pytestmark = pytest.mark.django_db


def test_a_message_is_stored_with_its_event(workstream: Workstream, now: datetime) -> None:
    item = arrive(workstream, now)

    message = send_message(item_id=item.pk, author=Author.CUSTOMER, text="Hello", now=now)

    event = WorkItemEvent.objects.filter(work_item_id=item.pk).latest("id")
    assert (event.kind, event.data["message_id"]) == ("message-added", message.pk)


def test_the_same_message_twice_is_stored_once(workstream: Workstream, now: datetime) -> None:
    item, key = arrive(workstream, now), uuid4()

    for _ in range(2):
        send_message(item_id=item.pk, author=Author.CUSTOMER, text="Hello", client_key=key, now=now)

    assert Message.objects.filter(item=item, author=Author.CUSTOMER).count() == 1


def test_the_largest_message_fits_and_one_byte_more_does_not(
    workstream: Workstream, now: datetime
) -> None:
    item = arrive(workstream, now)

    send_message(item_id=item.pk, author=Author.CUSTOMER, text="x" * MESSAGE_BYTES, now=now)
    with pytest.raises(MessageTooLong):
        send_message(item_id=item.pk, author=Author.CUSTOMER, text="é" * MESSAGE_BYTES, now=now)


@pytest.mark.parametrize("text", ["", "  \n ", "\x00"])
def test_an_empty_message_is_refused(workstream: Workstream, now: datetime, text: str) -> None:
    with pytest.raises(MessageEmpty):
        send_message(item_id=arrive(workstream, now).pk, author=Author.CUSTOMER, text=text, now=now)


def test_nothing_can_be_said_after_the_end(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = in_wrap_up(workstream, agent, now)

    with pytest.raises(ConversationOver):
        send_message(item_id=item.pk, author=Author.CUSTOMER, text="Wait!", now=now)


def test_the_last_event_names_the_queue_that_a_returning_customer_was_routed_to(
    queue: Queue, agent: Agent, now: datetime
) -> None:
    workstream = make_workstream(queue=queue, channel=Channel.SMS)
    item = in_conversation(workstream, agent, now)
    service.close(item_id=item.pk, by=agent, now=now)
    elsewhere = make_queue("Returns")
    make_agent(queues=[elsewhere])
    rules = Ruleset.objects.create(
        kind=RulesetKind.ROUTE_TO_QUEUE, workstream=workstream, name="Route to queues"
    )
    RuleQueue.objects.create(
        rule=Rule.objects.create(ruleset=rules, name="Everything"), queue=elsewhere
    )
    service.publish(by=None, now=now)

    send_message(item_id=item.pk, author=Author.CUSTOMER, text="Me again", now=now)

    item.refresh_from_db()
    last = WorkItemEvent.objects.filter(work_item_id=item.pk).latest("id")
    assert (item.state, item.queue) == (ItemState.OPEN, elsewhere)
    assert (last.state, last.queue_id) == (item.state, elsewhere.pk)


def say(item: WorkItem, agent: Agent, now: datetime) -> Message:
    return send_message(item_id=item.pk, author=Author.AGENT, agent=agent, text="Hi", now=now)


def test_an_agent_writes_into_the_conversation_he_accepted(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)

    assert say(item, agent, now).agent == agent


def test_nobody_else_writes_as_an_agent(
    workstream: Workstream, agent: Agent, agent_of_another_queue: Agent, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)

    with pytest.raises(NotYourConversation):
        say(item, agent_of_another_queue, now)
    with pytest.raises(NotYourConversation):
        send_message(item_id=item.pk, author=Author.AGENT, text="Hi", now=now)
    assert not Message.objects.filter(author=Author.AGENT).exists()


def test_an_offer_is_accepted_before_it_is_answered(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = offered(workstream, now)

    with pytest.raises(NotYourConversation):
        say(item, agent, now)


def test_no_agent_writes_into_a_conversation_that_rests(
    queue: Queue, agent: Agent, now: datetime
) -> None:
    item = in_conversation(make_workstream(queue=queue, channel=Channel.SMS), agent, now)
    service.close(item_id=item.pk, by=agent, now=now)

    with pytest.raises(NotYourConversation):
        say(item, agent, now)


@pytest.mark.parametrize(
    ("author", "text"), [(Author.CUSTOMER, "Another"), (Author.AGENT, "Hello")]
)
def test_a_key_stands_for_one_text_of_one_author(
    workstream: Workstream, agent: Agent, now: datetime, author: Author, text: str
) -> None:
    item, key = in_conversation(workstream, agent, now), uuid4()
    send_message(item_id=item.pk, author=Author.CUSTOMER, text="Hello", client_key=key, now=now)

    with pytest.raises(MessageKeyReused):
        send_message(
            item_id=item.pk,
            author=author,
            agent=agent if author == Author.AGENT else None,
            text=text,
            client_key=key,
            now=now,
        )
