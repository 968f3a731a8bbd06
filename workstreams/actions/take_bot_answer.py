"""Let a bot's answer act on its conversation."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from workstreams.actions.check_context import checked_context
from workstreams.actions.hand_over import hand_over
from workstreams.actions.identify_customer import identify_customer
from workstreams.actions.lock_bot_conversation import lock_bot_conversation
from workstreams.actions.move_item import move_item
from workstreams.actions.say_automatically import say_automatically
from workstreams.actions.send_message import send_message
from workstreams.bots.answer import BotAction, BotAnswer
from workstreams.models import BotConversation, WorkItem
from workstreams.queries.bot_turn import unanswered
from workstreams.terms import Author, ItemState, MessageTrigger, Reason

ANSWERS = UUID("b0f6d1c5-6d8e-4c07-9a54-3f2f5f0b7c3e")


def take_bot_answer(
    *,
    conversation_id: int,
    answer: BotAnswer,
    key: str,
    now: datetime,
    answered_id: int | None = None,
) -> bool:
    """Say what the bot says, keep its variables, then escalate or end. False when it came too
    late: the bot has the conversation no more, or answered this already.

    ``key`` tells answers apart: the same again says nothing twice. ``answered_id`` is the
    customer's message it answers, None when the bot speaks by itself. It does not end while
    the customer has said more: that is asked first. Refuses context that cannot be kept
    (InvalidSettings), and another text under a known key (MessageKeyReused).
    """
    with transaction.atomic():
        conversation = lock_bot_conversation(conversation_id)
        if conversation is None:
            return False
        if answered_id is not None and _is_answered(conversation, answered_id):
            return False
        item = conversation.item
        context, _ = checked_context(workstream=item.workstream, context=answer.context)

        _say(conversation, answer, key, now)
        _remember(conversation, answer, answered_id, now)
        if answer.action == BotAction.ESCALATE:
            hand_over(
                item=_fresh(item),
                conversation=conversation,
                summary=answer.summary,
                context=context,
                now=now,
            )
        else:
            _keep(item, context)
        if answer.action == BotAction.END and not unanswered(conversation).exists():
            _end(_fresh(item), conversation, now)
    return True


def _is_answered(conversation: BotConversation, answered_id: int) -> bool:
    """The opening is answered by whatever was answered; messages in their order."""
    if answered_id < 0:
        return conversation.answered_id != 0
    return conversation.answered_id >= answered_id


def _say(conversation: BotConversation, answer: BotAnswer, key: str, now: datetime) -> None:
    for number, text in enumerate(answer.messages):
        send_message(
            item_id=conversation.item_id,
            author=Author.BOT,
            bot=conversation.bot,
            text=text,
            client_key=uuid5(ANSWERS, f"{conversation.pk} {key} {number}"),
            now=now,
        )


def _remember(
    conversation: BotConversation, answer: BotAnswer, answered_id: int | None, now: datetime
) -> None:
    conversation.last_message_at = now
    conversation.failures = 0
    if answered_id is not None:
        conversation.answered_id = answered_id
        conversation.state = dict(answer.state)
    conversation.save(update_fields=["last_message_at", "failures", "answered_id", "state"])


def _keep(item: WorkItem, context: dict[str, Any]) -> None:
    if context:
        item.context = {**item.context, **context}
        item.save(update_fields=["context"])


def _fresh(item: WorkItem) -> WorkItem:
    """The messages above touched the row."""
    return WorkItem.objects.select_related("workstream", "queue", "channel_instance").get(
        pk=item.pk
    )


def _end(item: WorkItem, conversation: BotConversation, now: datetime) -> None:
    identify_customer(item, now)
    move_item(
        item=item,
        to=ItemState.CLOSED,
        reason=Reason.ENDED_BY_BOT,
        kind="bot-ended",
        now=now,
        bot_name=conversation.bot.name,
    )
    say_automatically(item, MessageTrigger.SESSION_ENDED, fact="closed", now=now)
