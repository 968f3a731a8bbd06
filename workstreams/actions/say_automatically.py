"""Let the system say something by itself."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid5

from agents.models import Agent
from workstreams.actions.record_event import record_event
from workstreams.agent_names import name_for_customers, style_of
from workstreams.automated_messages import BY_TRIGGER, is_raised
from workstreams.models import Message, WorkItem
from workstreams.queries.automated_texts import automated_texts
from workstreams.queries.slug_values import slug_values
from workstreams.slugs import fill, slugs_in
from workstreams.terms import Author, MessageTrigger

MESSAGES = UUID("5d6f3c1e-8f0b-4c55-9d3a-0b7a4d6f9a11")


def say_automatically(
    item: WorkItem,
    *triggers: MessageTrigger,
    fact: object,
    now: datetime,
    agent: Agent | None = None,
    values: Mapping[str, str] | None = None,
    said_as: str = "",
) -> None:
    """Post the message of each trigger, in the transaction of the fact, with its event.

    Call it after the item was moved and while it is locked. ``fact`` tells facts of one
    trigger and item apart: the same fact says nothing twice, and triggers that are ``said_as``
    one are one in that. ``values`` fill further slugs. A trigger that the channel does
    not have, or that is inactive, says nothing.
    """
    raised = [each for each in triggers if is_raised(each, item.channel)]
    if not raised:
        return
    texts = automated_texts(raised, channel=item.channel, instance=item.channel_instance)
    for trigger in raised:
        if texts[trigger].is_active:
            text = _filled(texts[trigger].text, item, agent or item.agent, values or {})
            _post(item, trigger, text, f"{said_as or trigger} {fact}", now)


def _filled(text: str, item: WorkItem, agent: Agent | None, more: Mapping[str, str]) -> str:
    """Everything else than these two may cost queries, and is seldom there."""
    values = {
        "AgentName": name_for_customers(agent, style_of(item.channel_instance)),
        "QueueName": item.queue.name,
        **more,
    }
    if not set(slugs_in(text)) <= values.keys():
        values = slug_values(item, agent) | values
    return fill(text, values).strip()


def _post(item: WorkItem, trigger: MessageTrigger, text: str, fact: str, now: datetime) -> None:
    if not text:
        return
    message, is_new = Message.objects.get_or_create(
        item=item,
        client_key=uuid5(MESSAGES, f"{item.pk} {fact}"),
        defaults={
            "author": Author.SYSTEM,
            "audience": BY_TRIGGER[trigger].audience,
            "text": text,
            "created_at": now,
        },
    )
    if is_new:
        record_event(
            kind="message-added",
            item=item,
            now=now,
            message_id=message.pk,
            author=Author.SYSTEM.value,
        )
