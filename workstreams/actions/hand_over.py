"""Let people go on with a conversation that a bot had."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from workstreams.actions.identify_customer import identify_customer
from workstreams.actions.move_item import move_item
from workstreams.actions.tell_agent import tell_agent
from workstreams.models import BotConversation, WorkItem
from workstreams.signals import work_item_arrived
from workstreams.terms import Author, ItemState, Reason

NOTES = UUID("4c1b8f0e-52a7-4a58-8f0c-2f6f1f3f9f10")


def hand_over(
    *,
    item: WorkItem,
    conversation: BotConversation,
    now: datetime,
    summary: str = "",
    note: str = "",
    context: Mapping[str, Any] | None = None,
) -> None:
    """Open a locked item and have it classified and routed again, with the bot's variables, and
    with the customer whom they name.

    Its wait begins now, and belongs to nobody. ``summary`` is the bot's, ``note`` the
    system's word to the agent; the customer reads neither.
    """
    if summary:
        conversation.summary = summary
        conversation.save(update_fields=["summary"])
        _tell_agent(item, conversation, summary, Author.BOT, now)
    if note:
        _tell_agent(item, conversation, note, Author.SYSTEM, now)
    item.context = {**item.context, **(context or {})}
    item.waiting_since = now
    item.last_agent = None
    item.save(update_fields=["context"])
    identify_customer(item, now)
    move_item(
        item=item,
        to=ItemState.OPEN,
        reason=Reason.AWAITING_AGENT_ASSIGNMENT,
        kind="bot-escalated",
        now=now,
        bot_name=conversation.bot.name,
    )
    work_item_arrived.send(sender=WorkItem, work_item_id=item.pk, now=now)


def _tell_agent(
    item: WorkItem, conversation: BotConversation, text: str, author: Author, now: datetime
) -> None:
    tell_agent(
        item=item,
        text=text,
        author=author,
        key=uuid5(NOTES, f"{conversation.pk} {author}"),
        now=now,
        bot=conversation.bot if author == Author.BOT else None,
    )
