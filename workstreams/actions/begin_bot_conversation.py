"""Give a conversation to the bot of its workstream, before any person."""

from datetime import datetime

from workstreams.actions.move_item import move_item
from workstreams.bots.wake import wake_bot
from workstreams.models import BotConversation, WorkItem
from workstreams.queries.bot_turn import may_talk
from workstreams.terms import ItemKind, ItemState, Reason


def begin_bot_conversation(item: WorkItem, *, now: datetime) -> bool:
    """Whether a locked, open item went to its workstream's bot; never twice to the same (B 12).

    The item keeps its queue, and holds nobody's capacity.
    """
    bot = item.workstream.bot
    if bot is None or item.kind != ItemKind.CONVERSATION or not may_talk(bot, item.workstream):
        return False
    if BotConversation.objects.filter(item=item, bot=bot).exists():
        return False

    BotConversation.objects.create(item=item, bot=bot, started_at=now, last_message_at=now)
    move_item(
        item=item,
        to=ItemState.ACTIVE,
        reason=Reason.WITH_BOT,
        kind="bot-started",
        bot=bot,
        now=now,
        bot_name=bot.name,
    )
    wake_bot(item.pk)
    return True
