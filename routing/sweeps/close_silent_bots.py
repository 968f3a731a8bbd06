"""Conversations of bots in which nobody says anything are closed (B 12)."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from routing.actions.close_item import close_locked
from routing.sweeps.each import Turns, count_changed
from workstreams.actions.lock_bot_conversation import lock_bot_conversation
from workstreams.actions.say_automatically import say_automatically
from workstreams.models import BotConversation
from workstreams.terms import BotOutcome, MessageTrigger, Reason

SILENCE: Final = timedelta(minutes=30)
_turns: Final = Turns[int]()


def sweep(*, now: datetime, limit: int) -> int:
    """Close up to ``limit`` conversations that have been silent for half an hour."""
    silent = BotConversation.objects.filter(
        outcome=BotOutcome.TALKING, last_message_at__lte=now - SILENCE
    )
    due = silent.order_by("last_message_at").values_list("pk", flat=True)
    ids = _turns.first(due, limit)
    return count_changed(ids, lambda pk: _close(pk, now), _turns)


def _close(conversation_id: int, now: datetime) -> bool:
    with transaction.atomic():
        conversation = lock_bot_conversation(conversation_id)
        if conversation is None or conversation.last_message_at > now - SILENCE:
            return False
        item = conversation.item
        close_locked(item=item, assignment=None, reason=Reason.AUTO_CLOSED, now=now)
        say_automatically(item, MessageTrigger.SESSION_ENDED, fact="closed", now=now)
    return True
