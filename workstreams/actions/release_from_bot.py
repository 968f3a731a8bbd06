"""Take a conversation from a bot that may no longer have it."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from workstreams.actions.hand_over import hand_over
from workstreams.actions.lock_bot_conversation import lock_bot_conversation
from workstreams.models import BotConversation


def release_from_bot(
    *,
    conversation_id: int,
    reason: str,
    is_due: Callable[[BotConversation], bool],
    now: datetime,
) -> bool:
    """Whether it went to people; not when the bot has it no more, nor when it may go on with it,
    asked behind the lock."""
    with transaction.atomic():
        conversation = lock_bot_conversation(conversation_id)
        if conversation is None or not is_due(conversation):
            return False
        note = f"The bot {conversation.bot.name} no longer has this conversation: {reason}"
        hand_over(item=conversation.item, conversation=conversation, note=note, now=now)
    return True
