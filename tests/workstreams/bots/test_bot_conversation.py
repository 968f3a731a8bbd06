"""A conversation that begins with a bot."""

from datetime import datetime, timedelta

import pytest

from agents.models import Agent, User
from routing import configuration, service
from routing.models import Assignment
from tests.factories import make_queue, make_workstream
from tests.factories.bots import SCRIPT, do_bot_jobs, make_bot, with_bot
from tests.scenarios import arrive
from workstreams.actions.send_message import send_message
from workstreams.models import (
    Bot,
    BotConversation,
    Contact,
    Message,
    WorkItem,
    WorkItemEvent,
    Workstream,
)
from workstreams.terms import Audience, Author, BotOutcome, ItemState, Reason

pytestmark = pytest.mark.django_db


@pytest.fixture
def bot() -> Bot:
    return make_bot("Helper")


@pytest.fixture
def helped(workstream: Workstream, bot: Bot) -> Workstream:
    """The chat workstream with the bot."""
    return with_bot(workstream, bot)


def say(item: WorkItem, text: str, now: datetime) -> Message:
    return send_message(item_id=item.pk, author=Author.CUSTOMER, text=text, now=now)


def texts(item: WorkItem, author: Author = Author.BOT) -> list[str]:
    said = Message.objects.filter(item=item, author=author, audience=Audience.EVERYBODY)
    return list(said.values_list("text", flat=True))


def kinds(item: WorkItem) -> list[str]:
    events = WorkItemEvent.objects.filter(work_item_id=item.pk).exclude(kind="message-added")
    return list(events.order_by("id").values_list("kind", flat=True))


def test_a_conversation_goes_to_the_bot_first(
    helped: Workstream, bot: Bot, agent: Agent, now: datetime
) -> None:
    item = arrive(helped, now, first_message="Hi")

    assert (item.state, item.reason, item.bot, item.agent) == (
        ItemState.ACTIVE,
        Reason.WITH_BOT,
        bot,
        None,
    )
    assert item.queue == helped.fallback_queue
    assert kinds(item) == ["work-item-arrived", "work-item-queued", "bot-started"]


def test_nobody_is_offered_what_a_bot_has(helped: Workstream, agent: Agent, now: datetime) -> None:
    arrive(helped, now)

    assert service.run_cycle(now=now).assigned == 0
    assert not Assignment.objects.exists()


def test_the_bot_greets_and_answers_in_order(helped: Workstream, now: datetime) -> None:
    item = arrive(helped, now, first_message="When are you open?")
    say(item, "Hm", now)

    do_bot_jobs()

    assert texts(item) == ["Hello, I am the helper.", "From 9 to 5.", "What do you mean?"]


def test_the_bot_opens_a_conversation_in_which_nothing_was_said(
    helped: Workstream, now: datetime
) -> None:
    item = arrive(helped, now)

    do_bot_jobs()

    assert texts(item) == ["Hello, I am the helper."]


def test_a_message_is_answered_once_however_often_the_job_runs(
    helped: Workstream, now: datetime
) -> None:
    item = arrive(helped, now, first_message="When are you open?")

    do_bot_jobs()
    do_bot_jobs()

    assert texts(item) == ["Hello, I am the helper.", "From 9 to 5."]


def test_escalation_routes_again_with_the_variables_of_the_bot(
    helped: Workstream, agent: Agent, now: datetime
) -> None:
    item = arrive(helped, now, first_message="I want my money back", context={"tier": "gold"})

    do_bot_jobs()

    item.refresh_from_db()
    assert (item.state, item.bot) == (ItemState.OPEN, None)
    assert item.context == {"tier": "gold", "topic": "refund"}
    assert item.waiting_since > now
    assert kinds(item)[2:] == ["bot-started", "bot-escalated", "work-item-queued"]
    assert service.run_cycle().assigned == 1


@pytest.mark.parametrize("question", ["refund", "bye"])
def test_variables_of_the_bot_identify_the_customer(
    workstream: Workstream, now: datetime, question: str
) -> None:
    ada = Contact.objects.create(name="Ada Lovelace", email="ada@example.org")
    rules = [
        {"words": ["ada"], "reply": "Thanks.", "set": {"Email": "ada@example.org"}},
        *SCRIPT["rules"],
    ]
    with_bot(workstream, make_bot(script={**SCRIPT, "rules": rules}))
    item = arrive(workstream, now, first_message="I am Ada")
    do_bot_jobs()
    say(item, question, now)

    do_bot_jobs()

    item.refresh_from_db()
    assert item.bot is None or item.state == ItemState.CLOSED
    assert item.contact == ada


def test_who_was_passed_on_to_people_meets_no_other_bot(
    helped: Workstream, bot: Bot, now: datetime
) -> None:
    item = arrive(helped, now, first_message="Hi")
    with_bot(helped, make_bot("Another"))

    do_bot_jobs()

    item.refresh_from_db()
    assert (item.state, item.bot) == (ItemState.OPEN, None)
    assert BotConversation.objects.get(item=item).bot == bot


def test_the_summary_is_for_the_agent_alone(helped: Workstream, now: datetime) -> None:
    item = arrive(helped, now, first_message="refund please")

    do_bot_jobs()

    summary = Message.objects.get(item=item, audience=Audience.AGENT)
    assert summary.text.startswith("The customer asked about: refund.")
    assert BotConversation.objects.get(item=item).summary == summary.text


def test_a_bot_that_understands_nothing_passes_the_customer_on(
    helped: Workstream, now: datetime
) -> None:
    item = arrive(helped, now, first_message="qwertz")
    say(item, "asdf", now)

    do_bot_jobs()

    assert texts(item)[-1] == "Let me find somebody."
    assert BotConversation.objects.get(item=item).outcome == BotOutcome.ESCALATED


def test_the_bot_ends_the_conversation(helped: Workstream, bot: Bot, now: datetime) -> None:
    item = arrive(helped, now, first_message="bye")

    do_bot_jobs()

    item.refresh_from_db()
    assert (item.state, item.reason, item.bot) == (ItemState.CLOSED, Reason.ENDED_BY_BOT, bot)
    assert kinds(item)[-1] == "bot-ended"
    assert BotConversation.objects.get(item=item).outcome == BotOutcome.ENDED


def test_the_bot_does_not_end_over_what_the_customer_says_meanwhile(
    helped: Workstream, now: datetime
) -> None:
    item = arrive(helped, now, first_message="bye")
    say(item, "One more thing: when are you open?", now)

    do_bot_jobs()

    item.refresh_from_db()
    assert item.state == ItemState.ACTIVE
    assert texts(item)[-2:] == ["Goodbye.", "From 9 to 5."]


def test_a_customer_who_leaves_closes_the_conversation(helped: Workstream, now: datetime) -> None:
    item = arrive(helped, now)

    service.leave(item_id=item.pk, now=now)

    item.refresh_from_db()
    assert (item.state, item.reason) == (ItemState.CLOSED, Reason.CUSTOMER_LEFT_ACTIVE)
    assert BotConversation.objects.get(item=item).outcome == BotOutcome.LEFT
    do_bot_jobs()
    assert texts(item) == []


def test_a_disabled_bot_gets_no_conversation(helped: Workstream, bot: Bot, now: datetime) -> None:
    Bot.objects.update(is_enabled=False)

    assert arrive(helped, now).state == ItemState.OPEN


def test_a_bot_that_is_switched_off_leaves_its_customer_to_people(
    helped: Workstream, now: datetime
) -> None:
    item = arrive(helped, now)
    Bot.objects.update(is_enabled=False)

    say(item, "Hello?", now)
    do_bot_jobs()

    item.refresh_from_db()
    assert item.state == ItemState.OPEN
    note = Message.objects.get(item=item, audience=Audience.AGENT)
    assert "Helper no longer has this conversation" in note.text


def test_a_supervisor_gives_the_conversation_of_a_bot_to_a_queue(
    helped: Workstream, agent: Agent, supervisor: User, now: datetime
) -> None:
    item = arrive(helped, now)
    later = now + timedelta(minutes=5)

    service.transfer(item_id=item.pk, by=supervisor, queue=item.queue, now=later)

    item.refresh_from_db()
    assert (item.state, item.bot, item.waiting_since) == (ItemState.OPEN, None, later)
    assert BotConversation.objects.get(item=item).outcome == BotOutcome.ESCALATED


@pytest.mark.parametrize("move", ["transfer", "assign"])
def test_a_supervisor_gives_the_conversation_of_a_bot_to_an_agent(
    helped: Workstream, agent: Agent, supervisor: User, now: datetime, move: str
) -> None:
    item = arrive(helped, now)
    later = now + timedelta(minutes=5)

    getattr(service, move)(item_id=item.pk, by=supervisor, agent=agent, now=later)

    item.refresh_from_db()
    assert (item.state, item.agent, item.bot) == (ItemState.ACTIVE, agent, None)
    assert (item.reason, item.waiting_since) == (Reason.AWAITING_AGENT_ACCEPTANCE, later)


def test_an_offer_that_was_missed_does_not_lead_back_to_the_bot(
    helped: Workstream, agent: Agent, now: datetime
) -> None:
    item = arrive(helped, now, first_message="refund")
    do_bot_jobs()
    service.route(item_id=item.pk, now=now)

    item.refresh_from_db()
    assert item.state == ItemState.OPEN
    assert BotConversation.objects.filter(item=item).count() == 1


def test_rules_that_lead_back_to_the_bot_end_with_people(
    helped: Workstream, agent: Agent, now: datetime
) -> None:
    arrive(helped, now, first_message="refund")
    do_bot_jobs()

    assert service.run_cycle().assigned == 1


def test_a_supervisor_closes_the_conversation_of_a_bot(
    helped: Workstream, supervisor: User, now: datetime
) -> None:
    item = arrive(helped, now)

    service.force_close(item_id=item.pk, by=supervisor, now=now)

    assert BotConversation.objects.get(item=item).outcome == BotOutcome.LEFT


def test_a_workstream_without_a_bot_routes_as_before(now: datetime) -> None:
    workstream = make_workstream(queue=make_queue())
    configuration.publish(by=None, now=now)

    assert arrive(workstream, now).state == ItemState.OPEN
