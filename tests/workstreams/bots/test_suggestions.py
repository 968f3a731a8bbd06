"""Smart assist bots suggest something to the agent."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from agents.models import Agent, User
from tests.factories.bots import do_bot_jobs, make_assist_bot
from tests.scenarios import in_conversation
from workstreams.actions.delete_bot import delete_bot
from workstreams.actions.send_message import send_message
from workstreams.actions.suggest_to_agent import suggest_to_agent
from workstreams.models import Bot, Message, Suggestion, WorkItem, Workstream
from workstreams.terms import Author

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(workstream: Workstream, agent: Agent, now: datetime) -> WorkItem:
    """A conversation in a workstream with an assist bot."""
    workstream.assist_bots.add(make_assist_bot("Whisperer"))
    return in_conversation(workstream, agent, now)


def say(item: WorkItem, text: str, now: datetime) -> Message:
    return send_message(item_id=item.pk, author=Author.CUSTOMER, text=text, now=now)


def test_a_customers_message_brings_cards(item: WorkItem, now: datetime) -> None:
    say(item, "I want a refund", now)

    do_bot_jobs()

    assert Suggestion.objects.get().title == "Refunds"


def test_they_stay_when_the_bot_goes(item: WorkItem, administrator: User, now: datetime) -> None:
    say(item, "I want a refund", now)
    do_bot_jobs()
    bot = Bot.objects.get(name="Whisperer")
    item.workstream.assist_bots.clear()

    delete_bot(bot=bot, by=administrator, now=now)

    assert Suggestion.objects.get().title == "Refunds"
    assert not Bot.objects.exists()


def test_a_link_that_leads_nowhere_on_the_web_is_left_out(item: WorkItem, now: datetime) -> None:
    rule = {"words": ["refund"], "title": "Refunds", "text": "", "url": "javascript:alert(1)"}
    item.workstream.assist_bots.update(script={"rules": [rule]})
    say(item, "I want a refund", now)

    do_bot_jobs()

    suggestion = Suggestion.objects.get()
    assert (suggestion.title, suggestion.url) == ("Refunds", "")


def test_the_same_message_brings_them_once(item: WorkItem, now: datetime) -> None:
    message = say(item, "I want a refund", now)

    for _ in range(2):
        suggest_to_agent(message_id=message.pk, now=now)

    assert Suggestion.objects.count() == 1


def test_what_the_agent_says_is_nobodys_business(
    item: WorkItem, agent: Agent, now: datetime
) -> None:
    send_message(item_id=item.pk, author=Author.AGENT, agent=agent, text="A refund?", now=now)

    assert do_bot_jobs() == 0


def test_a_bot_that_is_switched_off_is_not_asked(item: WorkItem, now: datetime) -> None:
    item.workstream.assist_bots.update(is_enabled=False)

    say(item, "refund", now)

    assert do_bot_jobs() == 0


@pytest.fixture
def card(item: WorkItem, now: datetime) -> Suggestion:
    say(item, "I want a refund", now)
    do_bot_jobs()
    return Suggestion.objects.get()


@pytest.fixture
def desk(client: Client, agent: Agent) -> Client:
    client.force_login(agent.user)
    return client


def test_the_desk_shows_the_card(desk: Client, item: WorkItem, card: Suggestion) -> None:
    shown = desk.get(reverse("agents:desk-item", args=[item.pk])).content.decode()

    assert "Refunds" in shown
    assert 'data-insert="Within 14 days."' in shown
    assert 'href="https://kb.example/refunds"' in shown


def test_a_card_goes_into_the_reply(desk: Client, item: WorkItem, card: Suggestion) -> None:
    address = reverse("agents:desk-suggestion", args=[item.pk, card.pk])

    answer = desk.post(address, {"do": "use"})

    card.refresh_from_db()
    assert card.used_at is not None
    page = desk.get(answer["Location"]).content.decode()
    assert "Within 14 days.</textarea>" in page


def test_a_card_is_dismissed(desk: Client, item: WorkItem, card: Suggestion) -> None:
    address = reverse("agents:desk-suggestion", args=[item.pk, card.pk])

    answer = desk.post(address, {"do": "dismiss"}, headers={"HX-Request": "true"})

    assert "Refunds" not in answer.content.decode()
    assert f'id="suggestions-{item.pk}"' in answer.content.decode()


def test_another_agent_has_no_say(
    client: Client, item: WorkItem, card: Suggestion, second_agent: Agent
) -> None:
    client.force_login(second_agent.user)
    address = reverse("agents:desk-suggestion", args=[item.pk, card.pk])

    assert client.post(address, {"do": "use"}).status_code in (404, 409)
