"""What may be said in a conversation, and what becomes of it."""

from datetime import datetime
from uuid import uuid4

import pytest

from agents.models import Agent
from routing import service
from routing.models import Rule, RuleQueue, Ruleset
from routing.terms import RulesetKind
from tests.factories import make_agent, make_queue, make_workstream
from tests.scenarios import arrive, in_conversation, in_wrap_up
from workstreams.actions.send_message import send_message
from workstreams.exceptions import ConversationOver, MessageEmpty, MessageTooLong
from workstreams.models import Message, Queue, WorkItemEvent, Workstream
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

    assert Message.objects.filter(item=item).count() == 1


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
