"""A bot did not answer: try again soon, then let people go on."""

from datetime import datetime
from typing import Final

from django.db import transaction

from workstreams.actions.hand_over import hand_over
from workstreams.actions.lock_bot_conversation import lock_bot_conversation
from workstreams.bots.wake import wake_bot

# Seconds before the second and the third try.
TRY_AGAIN_AFTER: Final = (1, 4)


def note_bot_failure(*, conversation_id: int, reason: str, now: datetime) -> None:
    """Count the failure and plan the next try; after the last one the conversation goes to
    people, who are told why. Nothing when the bot has it no more."""
    with transaction.atomic():
        conversation = lock_bot_conversation(conversation_id)
        if conversation is None:
            return
        conversation.failures += 1
        conversation.save(update_fields=["failures"])
        if conversation.failures <= len(TRY_AGAIN_AFTER):
            seconds = TRY_AGAIN_AFTER[conversation.failures - 1]
            wake_bot(conversation.item_id, in_seconds=seconds)
            return
        note = f"The bot {conversation.bot.name} could not go on: {reason}"
        hand_over(item=conversation.item, conversation=conversation, note=note, now=now)
