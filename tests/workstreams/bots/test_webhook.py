"""A bot that lives elsewhere: asked over HTTP, and never able to lose a customer."""

from datetime import datetime
from typing import Any

import pytest

from config.secret_store import conceal
from tests.factories.bots import do_bot_jobs, make_assist_bot, make_bot, with_bot
from tests.scenarios import arrive
from tests.workstreams.bots.misbehaving import SECRET, remote_bot
from workstreams.actions.let_bot_answer import let_bot_answer
from workstreams.actions.send_message import send_message
from workstreams.bots import webhook
from workstreams.bots.ask import ask_for_suggestions
from workstreams.models import BotConversation, Message, WorkItem, Workstream
from workstreams.terms import Audience, Author, BotKind, BotOutcome, ItemState

pytestmark = pytest.mark.django_db


def talk_to(workstream: Workstream, endpoint: str, now: datetime, **fields: Any) -> WorkItem:
    bot = make_bot("Remote", kind=BotKind.WEBHOOK, endpoint=endpoint, secret=conceal(SECRET))
    fields = {"first_message": "Hello", **fields}
    return arrive(with_bot(workstream, bot), now, **fields)


def said(item: WorkItem) -> list[str]:
    return list(Message.objects.filter(item=item, author="bot").values_list("text", flat=True))


def test_the_bot_is_told_what_it_needs(workstream: Workstream, now: datetime) -> None:
    with remote_bot({"messages": ["Hi", "there"]}) as bot:
        item = talk_to(
            workstream, bot.endpoint, now, customer={"name": "Ada"}, context={"tier": "gold"}
        )
        do_bot_jobs()

    talk = BotConversation.objects.get(item=item)
    document = bot.asked[0]
    assert document["type"] == "message"
    assert document["message"]["text"] == "Hello"
    assert document["history"] == []
    assert document["conversation"]["id"] == str(talk.key)
    assert document["conversation"]["customer"] == {"name": "Ada"}
    assert document["conversation"]["context"]["tier"] == "gold"
    assert document["conversation"]["context"]["customer_name"] == "Ada"
    assert bot.badly_signed == 0
    assert said(item) == ["Hi", "there"]


def test_history_comes_with_the_first_question_alone(workstream: Workstream, now: datetime) -> None:
    with remote_bot({"messages": ["Hi"]}) as bot:
        item = talk_to(workstream, bot.endpoint, now, first_message="")
        do_bot_jobs()
        send_message(item_id=item.pk, author=Author.CUSTOMER, text="More", now=now)
        do_bot_jobs()

    assert [each["type"] for each in bot.asked] == ["conversation_started", "message"]
    assert ["history" in each for each in bot.asked] == [True, False]


@pytest.mark.parametrize(
    "failure",
    [500, 404, b"<html>", b"[1", "hang up", "huge", "redirect", {"messages": "no list"}],
    ids=str,
)
def test_a_bot_that_fails_is_asked_again_with_the_same_key(
    workstream: Workstream, now: datetime, failure: Any
) -> None:
    with remote_bot(failure, failure, {"messages": ["Here I am"]}) as bot:
        item = talk_to(workstream, bot.endpoint, now)
        do_bot_jobs()

    assert said(item) == ["Here I am"]
    assert len(bot.keys) == 3
    assert len(set(bot.keys)) == 1
    assert BotConversation.objects.get(item=item).failures == 0


def test_a_bot_that_fails_three_times_loses_the_conversation_not_the_customer(
    workstream: Workstream, now: datetime
) -> None:
    with remote_bot(500) as bot:
        item = talk_to(workstream, bot.endpoint, now)
        do_bot_jobs()

    item.refresh_from_db()
    assert item.state == ItemState.OPEN
    assert len(bot.asked) == 3
    note = Message.objects.get(item=item, audience=Audience.AGENT).text
    assert note == "The bot Remote could not go on: It answered with the error 500."
    assert BotConversation.objects.get(item=item).outcome == BotOutcome.ESCALATED


def test_a_slow_bot_is_not_waited_for(
    workstream: Workstream, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "TIMEOUT_SECONDS", 0.3)
    with remote_bot("slow") as bot:
        item = talk_to(workstream, bot.endpoint, now)
        do_bot_jobs()

    assert "did not answer in time" in Message.objects.get(item=item, audience=Audience.AGENT).text
    assert said(item) == []


def test_nobody_at_the_address_is_a_failure_like_any_other(
    workstream: Workstream, now: datetime
) -> None:
    item = talk_to(workstream, "http://127.0.0.1:9/", now)
    do_bot_jobs()

    item.refresh_from_db()
    assert item.state == ItemState.OPEN


def test_context_that_cannot_be_kept_is_a_failure(workstream: Workstream, now: datetime) -> None:
    with remote_bot({"context": {"a" * 101: 1}, "messages": ["Hi"]}) as bot:
        item = talk_to(workstream, bot.endpoint, now)
        do_bot_jobs()

    assert said(item) == []
    item.refresh_from_db()
    assert item.state == ItemState.OPEN


def test_a_bot_may_answer_later(workstream: Workstream, now: datetime) -> None:
    with remote_bot(b"") as bot:
        item = talk_to(workstream, bot.endpoint, now)
        do_bot_jobs()

    assert said(item) == []
    assert not let_bot_answer(item_id=item.pk, now=now)
    assert BotConversation.objects.get(item=item).outcome == BotOutcome.TALKING


def test_a_bot_ends_and_escalates(workstream: Workstream, now: datetime) -> None:
    answer = {"messages": ["Wait"], "action": "escalate", "context": {"n": 2}, "summary": "Short"}
    with remote_bot(answer) as bot:
        item = talk_to(workstream, bot.endpoint, now)
        do_bot_jobs()

    item.refresh_from_db()
    assert (item.state, item.context) == (ItemState.OPEN, {"n": 2})
    assert said(item) == ["Wait", "Short"]
    assert Message.objects.get(item=item, audience=Audience.AGENT).text == "Short"


def test_an_assist_bot_elsewhere_is_asked_too() -> None:
    with remote_bot({"suggestions": [{"title": "A"}]}) as remote:
        bot = make_assist_bot(
            kind=BotKind.WEBHOOK, endpoint=remote.endpoint, secret=conceal(SECRET), script={}
        )
        cards = ask_for_suggestions(bot, document={"type": "x"}, key="1", timestamp=1)

    assert [card.title for card in cards] == ["A"]
    assert remote.badly_signed == 0
