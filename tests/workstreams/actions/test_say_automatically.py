"""What the system says by itself, each time through the action that makes it."""

import pytest

from config.models import Event
from routing import configuration, service
from routing.models import Rule
from tests.factories import (
    make_chat_widget,
    make_item,
    make_overflow,
    make_queue,
    make_route,
    make_workstream,
)
from tests.factories.bots import make_bot, with_bot
from tests.scenarios import arrive, in_conversation, in_wrap_up, offered
from workstreams.actions.say_automatically import say_automatically
from workstreams.models import AutomatedMessage, Queue
from workstreams.terms import (
    Audience,
    Author,
    MessageTrigger,
    OverflowAction,
    OverflowCondition,
)

pytestmark = pytest.mark.django_db


def said(item):
    """What the system said, in order."""
    return list(
        item.messages.filter(author=Author.SYSTEM).order_by("pk").values_list("text", flat=True)
    )


def test_an_agent_who_accepts_has_joined(workstream, agent, now):
    agent.user.first_name, agent.user.last_name = "Alice", "Jones"
    agent.user.save()

    item = in_conversation(workstream, agent, now)

    assert said(item) == ["Alice has joined the conversation."]


def test_an_agent_who_picks_has_joined(queue, agent, now):
    picked = make_workstream("Pick", queue=queue, mode="pick")
    item = arrive(picked, now)

    service.pick(item_id=item.pk, by=agent, now=now)

    assert said(item) == ["alice has joined the conversation."]


def test_assigned_is_said_before_joined_where_it_is_switched_on(workstream, agent, now):
    AutomatedMessage.objects.create(
        trigger=MessageTrigger.AGENT_ASSIGNED, channel="live_chat", text="{AgentName} has it."
    )

    item = in_conversation(workstream, agent, now)

    assert said(item) == ["alice has it.", "alice has joined the conversation."]


def test_accepting_twice_says_it_once(workstream, agent, now):
    item = in_conversation(workstream, agent, now)

    service.accept(item_id=item.pk, by=agent, now=now)

    assert len(said(item)) == 1


def test_the_same_fact_says_nothing_twice(workstream, agent, now):
    item = arrive(workstream, now)

    for fact in (1, 1, 2):
        say_automatically(item, MessageTrigger.AGENT_JOINED, fact=fact, agent=agent, now=now)

    assert len(said(item)) == 2
    assert Event.objects.filter(kind="message-added", work_item_id=item.pk).count() == 2


def test_an_offer_says_nothing(workstream, agent, now):
    assert said(offered(workstream, now)) == []


def test_a_transfer_that_is_accepted_says_so(workstream, agent, second_agent, now):
    item = offered(workstream, now)
    first, other = (agent, second_agent) if item.agent == agent else (second_agent, agent)
    service.accept(item_id=item.pk, by=first, now=now)

    service.transfer(item_id=item.pk, by=first.user, agent=other, now=now)
    service.accept(item_id=item.pk, by=other, now=now)

    assert said(item)[1:] == [f"{other.username} has taken over the conversation."]


def test_the_end_and_the_close_are_said(workstream, agent, now):
    item = in_wrap_up(workstream, agent, now)

    service.end(item_id=item.pk, by=agent, now=now)
    service.close(item_id=item.pk, by=agent, now=now)
    service.close(item_id=item.pk, by=agent, now=now)

    assert said(item)[1:] == [
        "alice has ended the conversation.",
        "This conversation is closed. Thank you for contacting us.",
    ]


def test_a_customer_who_left_is_told_to_the_agent_only(workstream, agent, now):
    item = in_conversation(workstream, agent, now)

    service.leave(item_id=item.pk, now=now)
    service.leave(item_id=item.pk, now=now)
    service.close(item_id=item.pk, by=agent, now=now)

    assert said(item)[1:] == ["The customer has left the conversation."]
    assert item.messages.latest("pk").audience == Audience.AGENT


def test_a_supervisor_who_closes_informs_the_customer(workstream, agent, supervisor, now):
    item = in_conversation(workstream, agent, now)

    service.force_close(item_id=item.pk, by=supervisor, now=now)

    assert said(item)[1:] == ["This conversation is closed. Thank you for contacting us."]


def test_a_queue_without_agents_is_told(workstream, now):
    assert said(arrive(workstream, now)) == [
        "Nobody is there for your request at the moment. We will answer as soon as we can."
    ]


def test_busy_agents_are_no_reason_to_say_that_nobody_is_there(workstream, agent, now):
    agent.presence.delete()

    assert said(arrive(workstream, now)) == []


def test_asynchronous_channels_greet(queue, agent, now):
    sms = make_workstream("SMS", queue=queue, channel="sms")

    assert said(arrive(sms, now)) == ["Hello! How can we help you?"]


@pytest.fixture
def sms(queue):
    """Greets with the name of the queue, which a rule chooses."""
    AutomatedMessage.objects.create(
        trigger=MessageTrigger.GREETING, channel="sms", text="Welcome to {QueueName}."
    )
    sms = make_workstream("SMS", queue=queue, channel="sms")
    make_route(sms, make_queue("Parcels"))
    return sms


def test_the_greeting_names_the_queue_of_the_rules_and_comes_first(sms, agent, now):
    greeting, obstacle = said(arrive(sms, now))

    assert greeting == "Welcome to Parcels."
    assert obstacle.startswith("Nobody is there for your request")


def test_a_conversation_that_ends_as_its_queue_overflows_is_greeted_first(sms, agent, now):
    parcels = Queue.objects.get(name="Parcels")
    make_overflow(parcels, OverflowCondition.ITEM_LIMIT, OverflowAction.END, threshold=1)
    make_item(sms, queue=parcels)

    greeting, ended = said(arrive(sms, now))

    assert greeting == "Welcome to Parcels."
    assert ended.startswith("We cannot take your request")


def test_a_conversation_with_a_bot_is_greeted_by_the_queue_it_goes_on_from(sms, agent, now):
    with_bot(sms, make_bot())

    assert said(arrive(sms, now)) == ["Welcome to Parcels."]


def test_a_conversation_is_greeted_once(sms, agent, now):
    item = arrive(sms, now)
    Rule.objects.all().delete()
    configuration.publish(by=None, now=now)

    service.route(item_id=item.pk, now=now)

    item.refresh_from_db()
    assert item.queue.name == "Support"
    assert [text for text in said(item) if "Welcome" in text] == ["Welcome to Parcels."]


@pytest.mark.parametrize("kind", ["record", "voice"])
def test_what_has_no_conversation_says_nothing(kind, agent, now):
    quiet = make_workstream(type=kind, queue=make_queue(type=kind))

    assert said(arrive(quiet, now)) == []


def test_an_inactive_message_is_not_said(workstream, agent, now):
    AutomatedMessage.objects.create(
        trigger=MessageTrigger.AGENT_JOINED, channel="live_chat", text="Hi", is_active=False
    )

    assert said(in_conversation(workstream, agent, now)) == []


def test_context_variables_and_the_customer_fill_slugs(workstream, agent, now):
    AutomatedMessage.objects.create(
        trigger=MessageTrigger.AGENT_JOINED,
        channel="live_chat",
        text="{FirstName{Customer}}, you are {OCContext.tier}; {QueueName}; {AgentName}",
    )

    item = in_conversation(
        workstream, agent, now, customer={"name": "Ann Lee"}, context={"tier": "gold"}
    )

    assert said(item) == ["Ann, you are gold; Support; alice"]


@pytest.mark.parametrize(
    ("style", "name"),
    [
        ("first_name", "Alice"),
        ("last_name", "Jones"),
        ("full_name", "Alice Jones"),
        ("nickname", "Ally"),
    ],
)
def test_agents_are_called_as_the_chat_says(workstream, agent, now, style, name):
    agent.user.first_name, agent.user.last_name, agent.nickname = "Alice", "Jones", "Ally"
    agent.user.save()
    agent.save()
    widget = make_chat_widget(workstream, agent_name=style)

    item = in_conversation(workstream, agent, now, channel_instance=widget)

    assert said(item) == [f"{name} has joined the conversation."]


def test_a_message_is_rolled_back_with_its_fact(workstream, agent, now, monkeypatch):
    item = offered(workstream, now)

    def fail(**_):
        raise RuntimeError

    monkeypatch.setattr("workstreams.actions.say_automatically.event_of", fail)
    with pytest.raises(RuntimeError):
        service.accept(item_id=item.pk, by=agent, now=now)

    item.refresh_from_db()
    assert said(item) == []
    assert item.reason == "awaiting_agent_acceptance"
