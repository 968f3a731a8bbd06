"""What the router does about conversations of bots by the clock."""

from datetime import datetime, timedelta

import pytest

from routing.sweeps import close_silent_bots, leave_bots
from tests.factories.bots import make_bot, with_bot
from tests.scenarios import arrive
from workstreams.actions.choose_bots import choose_bot
from workstreams.actions.send_message import send_message
from workstreams.actions.take_bot_answer import take_bot_answer
from workstreams.bots.answer import BotAnswer
from workstreams.models import Bot, BotConversation, Message, WorkItem, Workstream
from workstreams.terms import Audience, Author, BotOutcome, ItemState, Reason

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(workstream: Workstream, now: datetime) -> WorkItem:
    """A conversation that a bot has, in which the customer said nothing yet."""
    return arrive(with_bot(workstream, make_bot("Helper")), now)


def test_half_an_hour_of_silence_closes(item: WorkItem, now: datetime) -> None:
    assert close_silent_bots.sweep(now=now + timedelta(minutes=29), limit=10) == 0
    assert close_silent_bots.sweep(now=now + timedelta(minutes=30), limit=10) == 1

    item.refresh_from_db()
    assert (item.state, item.reason) == (ItemState.CLOSED, Reason.AUTO_CLOSED)
    assert BotConversation.objects.get().outcome == BotOutcome.LEFT


def test_a_word_of_the_customer_ends_the_silence(item: WorkItem, now: datetime) -> None:
    later = now + timedelta(minutes=20)
    send_message(item_id=item.pk, author=Author.CUSTOMER, text="Still here", now=later)

    assert close_silent_bots.sweep(now=now + timedelta(minutes=31), limit=10) == 0


def test_a_bot_that_was_taken_from_the_workstream_leaves_its_customers_to_people(
    item: WorkItem, administrator, now: datetime
) -> None:
    choose_bot(workstream=item.workstream, bot=None, by=administrator, now=now)

    assert leave_bots.sweep(now=now, limit=10) == 1

    item.refresh_from_db()
    assert item.state == ItemState.OPEN
    assert leave_bots.sweep(now=now, limit=10) == 0


def test_so_does_one_that_was_switched_off(item: WorkItem, now: datetime) -> None:
    Bot.objects.update(is_enabled=False)

    assert leave_bots.sweep(now=now, limit=10) == 1


def test_a_message_that_nobody_answers_goes_to_people(item: WorkItem, now: datetime) -> None:
    send_message(item_id=item.pk, author=Author.CUSTOMER, text="Hello?", now=now)

    assert leave_bots.sweep(now=now + timedelta(seconds=119), limit=10) == 0
    assert leave_bots.sweep(now=now + timedelta(seconds=120), limit=10) == 1

    note = Message.objects.get(item=item, audience=Audience.AGENT)
    assert "did not answer for two minutes" in note.text


def test_a_bot_that_works_keeps_its_conversation(item: WorkItem, now: datetime) -> None:
    assert leave_bots.sweep(now=now + timedelta(minutes=29), limit=10) == 0


def test_one_that_answers_many_lines_one_by_one_is_at_work(item: WorkItem, now: datetime) -> None:
    lines = [
        send_message(item_id=item.pk, author=Author.CUSTOMER, text=text, now=now)
        for text in ("Hello?", "My parcel", "is late")
    ]
    second = timedelta(seconds=1)
    conversation = BotConversation.objects.get(item=item)
    for number, line in enumerate(lines[:2]):
        take_bot_answer(
            conversation_id=conversation.pk,
            answer=BotAnswer(messages=("I see",)),
            key=str(number),
            answered_id=line.pk,
            now=now + (number + 1) * 50 * second,
        )

    counts = [leave_bots.sweep(now=now + after * second, limit=10) for after in (120, 219, 220)]

    assert counts == [0, 0, 1]
