"""Let the system say something by itself."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from agents.models import Agent
from config.models.event import APPEND
from config.prepared import prepared_cursor
from workstreams.actions.record_event import event_of
from workstreams.agent_names import name_for_customers, style_of
from workstreams.automated_messages import BY_TRIGGER, is_raised
from workstreams.models import WorkItem
from workstreams.queries.automated_texts import automated_texts
from workstreams.queries.slug_values import slug_values
from workstreams.slugs import fill, slugs_in
from workstreams.terms import Author, MessageTrigger

MESSAGES: Final = UUID("5d6f3c1e-8f0b-4c55-9d3a-0b7a4d6f9a11")
# The message and its event, in one statement; nothing where it was said before.
SAY: Final = """
WITH said AS (
    INSERT INTO workstreams_message (item_id, author, audience, text, client_key, created_at)
    VALUES (%(work_item_id)s, %(author)s, %(audience)s, %(text)s, %(client_key)s, %(at)s)
    ON CONFLICT (item_id, client_key) DO NOTHING
    RETURNING id
)
{append} || jsonb_build_object('message_id', said.id) FROM said
""".replace("{append}", APPEND)


def say_automatically(
    item: WorkItem,
    *triggers: MessageTrigger,
    fact: object,
    now: datetime,
    agent: Agent | None = None,
    values: Mapping[str, str] | None = None,
    said_as: str = "",
    reworded: Collection[str] | None = None,
) -> None:
    """Post the message of each trigger, in the transaction of the fact, with its event.

    Call it after the item was moved and while it is locked. ``fact`` tells facts of one
    trigger and item apart: the same fact says nothing twice, and triggers that are ``said_as``
    one are one in that. ``values`` fill further slugs, ``reworded`` are the triggers whose built-in
    words others stand in for here, where that was read already. A trigger that the channel does
    not have, or that is inactive, says nothing.
    """
    raised = [each for each in triggers if is_raised(each, item.channel)]
    if not raised:
        return
    texts = automated_texts(
        raised, channel=item.channel, instance=item.channel_instance, reworded=reworded
    )
    for trigger in raised:
        if texts[trigger].is_active:
            text = _filled(texts[trigger].text, item, agent, values or {})
            _post(item, trigger, text, f"{said_as or trigger} {fact}", now)


def _filled(text: str, item: WorkItem, agent: Agent | None, more: Mapping[str, str]) -> str:
    """What a text does not name is not looked for: each may cost queries."""
    named, values = set(slugs_in(text)), dict(more)
    if "AgentName" in named:
        person = agent or item.agent
        values.setdefault("AgentName", name_for_customers(person, style_of(item.channel_instance)))
    if "QueueName" in named:
        values.setdefault("QueueName", item.queue.name)
    if not named <= values.keys():
        values = slug_values(item, agent) | values
    return fill(text, values).strip()


def _post(item: WorkItem, trigger: MessageTrigger, text: str, fact: str, now: datetime) -> None:
    if not text:
        return
    said = {
        "author": Author.SYSTEM.value,
        "audience": BY_TRIGGER[trigger].audience.value,
        "text": text,
        "client_key": uuid5(MESSAGES, f"{item.pk} {fact}"),
    }
    data = {"author": Author.SYSTEM.value}
    event = event_of(kind="message-added", item=item, now=now, data=data)
    with prepared_cursor() as cursor:
        cursor.execute(SAY, said | event)
