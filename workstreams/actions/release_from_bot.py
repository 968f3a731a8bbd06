"""Take a conversation from a bot that may no longer have it."""

from datetime import datetime

from django.db import transaction

from workstreams.actions.hand_over import hand_over
from workstreams.actions.lock_bot_conversation import lock_bot_conversation


def release_from_bot(*, conversation_id: int, reason: str, now: datetime) -> bool:
    """Whether it went to people; not when the bot has it no more."""
    with transaction.atomic():
        conversation = lock_bot_conversation(conversation_id)
        if conversation is None:
            return False
        note = f"The bot {conversation.bot.name} no longer has this conversation: {reason}"
        hand_over(item=conversation.item, conversation=conversation, note=note, now=now)
    return True
