"""Say something in a conversation."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction

from agents.models import Agent
from config.models.event import APPEND
from config.prepared import Prepared, insert_row, prepared_cursor
from workstreams.actions.move_item import move_item
from workstreams.actions.record_event import event_of, record_event
from workstreams.bots.wake import wake_assist_bots, wake_bot
from workstreams.exceptions import (
    ConversationOver,
    MessageEmpty,
    MessageKeyReused,
    MessageTooLong,
    NotYourConversation,
)
from workstreams.models import Bot, BotConversation, Message, WorkItem, Workstream
from workstreams.models.message import MESSAGE_BYTES
from workstreams.queries.consults import is_joined
from workstreams.signals import work_item_arrived
from workstreams.terms import Author, BotOutcome, ItemState, Reason

LOCKED: Final = Prepared(
    lambda item_id: WorkItem.objects.select_for_update().filter(pk=item_id), "item_id"
)
ASSISTING: Final = Prepared(
    lambda workstream_id: Workstream.assist_bots.through.objects.filter(
        workstream_id=workstream_id, bot__is_enabled=True
    ),
    "workstream_id",
)
# The item's activity and the event, in one statement.
SAID: Final = " ".join(
    [
        "WITH active AS (UPDATE workstreams_workitem SET last_activity_at = %(at)s",
        "WHERE id = %(work_item_id)s)",
        APPEND,
    ]
)
WRITABLE_STATES = (ItemState.OPEN, ItemState.ACTIVE, ItemState.WAITING)


def send_message(
    *,
    item_id: int,
    author: Author,
    text: str,
    now: datetime,
    agent: Agent | None = None,
    bot: Bot | None = None,
    client_key: UUID | None = None,
) -> Message:
    """Store a message once by its ``client_key``, with its event.

    A customer who writes into a waiting conversation opens it again and has it
    routed. An agent, or a bot, writes only while the conversation is with him, or he joined it.
    What a customer says is answered by the bot, or commented by assist bots, in a job of its own.
    Refuses empty
    and oversized text, conversations that are over or not the agent's, and a known ``client_key``
    with another text.
    """
    text = text.replace("\x00", "").strip()
    if not text:
        raise MessageEmpty
    if len(text.encode()) > MESSAGE_BYTES:
        raise MessageTooLong
    with transaction.atomic():
        item = _locked(item_id)
        if client_key is not None:
            # The item is locked, so no other message of it can come between.
            known = Message.objects.filter(item=item, client_key=client_key).first()
            if known is not None:
                return _same(known, author, text, agent, bot)
        _check_turn(item, author, agent, bot)
        message = Message(
            item=item,
            author=author,
            text=text,
            agent=agent,
            bot=bot,
            client_key=client_key or uuid4(),
            created_at=now,
        )
        insert_row(message)

        data: dict[str, Any] = {"message_id": message.pk, "author": author.value}
        if author == Author.CUSTOMER and item.state == ItemState.WAITING:
            _return_to_queue(item, now)
            # Routing may have chosen another queue; the event tells of the item as it is now.
            item.refresh_from_db()
            record_event(kind="message-added", item=item, now=now, **data)
        else:
            item.last_activity_at = now
            event = event_of(kind="message-added", item=item, now=now, data=data)
            with prepared_cursor() as cursor:
                cursor.execute(SAID, event)
        if author == Author.CUSTOMER:
            _tell_bots(item, message, now)
    return message


def _locked(item_id: int) -> WorkItem:
    item = LOCKED.first(item_id=item_id)
    if item is None:
        raise WorkItem.DoesNotExist
    return item


def _same(
    known: Message, author: Author, text: str, agent: Agent | None, bot: Bot | None
) -> Message:
    """A repeated message; another one must not be taken for it and vanish."""
    said = (known.author, known.agent_id, known.bot_id, known.text)
    if said != (author, agent.pk if agent else None, bot.pk if bot else None, text):
        raise MessageKeyReused
    return known


def _check_turn(item: WorkItem, author: Author, agent: Agent | None, bot: Bot | None) -> None:
    if item.state not in WRITABLE_STATES and author != Author.SYSTEM:
        raise ConversationOver
    if author == Author.AGENT and not (agent and _is_with(item, agent)):
        raise NotYourConversation
    if author == Author.BOT and not (bot and item.is_with_bot and item.bot_id == bot.pk):
        raise NotYourConversation


def _is_with(item: WorkItem, agent: Agent) -> bool:
    """The reason tells an accepted conversation from an offered one; others may have joined."""
    if not _is_in_conversation(item):
        return False
    return item.agent_id == agent.pk or is_joined(item, agent)


def _return_to_queue(item: WorkItem, now: datetime) -> None:
    """The age of a returning conversation counts from its return (A 9.1)."""
    item.waiting_since = now
    item.save(update_fields=["waiting_since"])
    move_item(
        item=item,
        to=ItemState.OPEN,
        reason=Reason.AWAITING_AGENT_ASSIGNMENT,
        kind="work-item-returned",
        now=now,
    )
    work_item_arrived.send(sender=WorkItem, work_item_id=item.pk, now=now)


def _tell_bots(item: WorkItem, message: Message, now: datetime) -> None:
    if item.is_with_bot:
        talking = BotConversation.objects.filter(item=item, outcome=BotOutcome.TALKING)
        talking.update(last_message_at=now)
        wake_bot(item.pk)
    elif _is_in_conversation(item) and ASSISTING(workstream_id=item.workstream_id):
        wake_assist_bots(item.pk, message.pk)


def _is_in_conversation(item: WorkItem) -> bool:
    return item.state == ItemState.ACTIVE and item.reason == Reason.IN_CONVERSATION
