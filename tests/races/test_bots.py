"""Customers, supervisors and bots reach for the same conversation."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from agents.models import Agent, User
from routing import service
from routing.sweeps import leave_bots
from tests.factories.bots import make_bot, with_bot
from tests.races.together import queued_behind
from tests.scenarios import arrive
from workstreams.actions.delete_bot import delete_bot
from workstreams.actions.send_message import send_message
from workstreams.actions.take_bot_answer import take_bot_answer
from workstreams.bots.answer import BotAction, BotAnswer
from workstreams.exceptions import InUse
from workstreams.models import Bot, BotConversation, Message, WorkItem, Workstream
from workstreams.terms import Author, BotOutcome, ItemState


@pytest.fixture
def talk(workstream: Workstream, now: datetime) -> BotConversation:
    """A conversation that a bot has."""
    return talk_begun(workstream, now)


def talk_begun(workstream: Workstream, at: datetime) -> BotConversation:
    item = arrive(with_bot(workstream, make_bot("Helper")), at, first_message="refund")
    return BotConversation.objects.get(item=item)


def row(talk: BotConversation):
    return WorkItem.objects.filter(pk=talk.item_id)


def escalate(talk: BotConversation, now: datetime, key: str = "1") -> bool:
    first = Message.objects.filter(item=talk.item_id).earliest("pk")
    return take_bot_answer(
        conversation_id=talk.pk,
        answer=BotAnswer(messages=("Wait",), action=BotAction.ESCALATE, summary="Short"),
        key=key,
        answered_id=first.pk,
        now=now,
    )


def of_bot(talk: BotConversation) -> int:
    return Message.objects.filter(item=talk.item_id, author=Author.BOT).count()


def test_a_conversation_is_escalated_once(talk: BotConversation, now: datetime) -> None:
    outcomes = queued_behind(
        row(talk), lambda: escalate(talk, now), lambda: escalate(talk, now, key="2")
    )

    assert sorted(outcomes) == [False, True]
    assert of_bot(talk) == 2


def test_what_a_customer_says_while_the_bot_escalates_is_kept(
    talk: BotConversation, now: datetime
) -> None:
    queued_behind(
        row(talk),
        lambda: escalate(talk, now),
        lambda: send_message(item_id=talk.item_id, author=Author.CUSTOMER, text="Hm", now=now),
    )

    assert Message.objects.filter(item=talk.item_id, text="Hm").count() == 1
    assert WorkItem.objects.get(pk=talk.item_id).state == ItemState.OPEN


def test_a_supervisor_and_the_answer_of_a_bot_end_in_one_story(
    talk: BotConversation, agent: Agent, supervisor: User, now: datetime
) -> None:
    answered, taken = queued_behind(
        row(talk),
        lambda: escalate(talk, now),
        lambda: service.transfer(item_id=talk.item_id, by=supervisor, agent=agent),
    )

    item = WorkItem.objects.get(pk=talk.item_id)
    assert taken is None
    assert (item.state, item.agent, item.bot) == (ItemState.ACTIVE, agent, None)
    assert of_bot(talk) == (2 if answered else 0)


def test_a_customer_who_leaves_while_the_bot_answers_is_gone(
    talk: BotConversation, now: datetime
) -> None:
    queued_behind(
        row(talk), lambda: escalate(talk, now), lambda: service.leave(item_id=talk.item_id)
    )

    talk.refresh_from_db()
    assert WorkItem.objects.get(pk=talk.item_id).state == ItemState.CLOSED
    assert talk.outcome in (BotOutcome.LEFT, BotOutcome.ESCALATED)


def test_a_bot_that_talks_is_not_deleted(
    talk: BotConversation, administrator: User, now: datetime
) -> None:
    Workstream.objects.update(bot=None)
    deleted, escalated = queued_behind(
        Bot.objects.filter(pk=talk.bot_id),
        lambda: delete_bot(bot=talk.bot, by=administrator, now=now),
        lambda: escalate(talk, now),
    )

    assert escalated is True
    assert deleted is None or isinstance(deleted, InUse)
    assert Bot.with_deleted.filter(pk=talk.bot_id).exists()


def is_switched_on_again(talk: BotConversation, now: datetime) -> None:
    Bot.objects.update(is_enabled=True)


def answers(talk: BotConversation, now: datetime) -> None:
    first = Message.objects.filter(item=talk.item_id).earliest("pk")
    take_bot_answer(
        conversation_id=talk.pk, answer=BotAnswer(), key="1", answered_id=first.pk, now=now
    )


@pytest.mark.parametrize(("is_enabled", "minutes"), [(True, 3), (False, 1)], ids=["owes", "off"])
@pytest.mark.parametrize("happens", [answers, is_switched_on_again])
def test_a_bot_that_goes_on_while_the_sweep_waits_keeps_its_conversation(
    workstream: Workstream,
    is_enabled: bool,
    minutes: int,
    happens: Callable[[BotConversation, datetime], None],
    now: datetime,
) -> None:
    """But not one that answers and is off, nor one that was on all the time and owes an answer."""
    talk = talk_begun(workstream, now - timedelta(minutes=minutes))
    Bot.objects.update(is_enabled=is_enabled)

    [left] = queued_behind(
        row(talk), lambda: leave_bots.sweep(now=now, limit=9), then=lambda: happens(talk, now)
    )

    goes_on = is_enabled == (happens is answers)
    talk.refresh_from_db()
    assert left == (0 if goes_on else 1)
    assert talk.outcome == (BotOutcome.TALKING if goes_on else BotOutcome.ESCALATED)
