"""Take hold of a conversation that a bot has."""

from workstreams.models import BotConversation, WorkItem
from workstreams.terms import BotOutcome


def lock_bot_conversation(conversation_id: int) -> BotConversation | None:
    """The conversation with its item locked, as both are now; None when it is over.

    The item's lock guards both: whatever takes the item from the bot holds it too.
    """
    row = BotConversation.objects.filter(pk=conversation_id).values_list("item_id").first()
    if row is None:
        return None
    WorkItem.objects.select_for_update().filter(pk=row[0]).first()
    found = BotConversation.objects.select_related(
        "bot", "item__workstream", "item__queue", "item__channel_instance", "item__agent"
    ).get(pk=conversation_id)
    return found if found.outcome == BotOutcome.TALKING and found.item.is_with_bot else None
