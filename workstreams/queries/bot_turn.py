"""What a bot has to answer next."""

from dataclasses import dataclass

from django.db.models import QuerySet

from workstreams.models import Bot, BotConversation, Message, WorkItem, Workstream
from workstreams.terms import Author, BotOutcome, BotPurpose

# The beginning of a conversation was answered; ids of messages are larger.
BEGUN = -1


@dataclass(frozen=True, kw_only=True)
class BotTurn:
    """The conversation, with bot and item, and the customer's oldest unanswered message; without
    one the bot opens the conversation."""

    conversation: BotConversation
    message: Message | None

    @property
    def item(self) -> WorkItem:
        return self.conversation.item

    @property
    def answered_id(self) -> int:
        """What counts as answered after this turn."""
        return self.message.pk if self.message else BEGUN

    @property
    def key(self) -> str:
        """The same whenever this turn is asked for."""
        what = self.message.client_key if self.message else "begin"
        return f"{self.conversation.key}-{what}"


def talking(item_id: int) -> BotConversation | None:
    """The conversation that a bot has of the item now; 1 query."""
    return (
        BotConversation.objects.select_related(
            "bot",
            "item__workstream",
            "item__contact",
            "item__account",
            "item__case",
            "item__channel_instance",
        )
        .filter(item=item_id, outcome=BotOutcome.TALKING)
        .first()
    )


def next_turn(conversation: BotConversation) -> BotTurn | None:
    """What the bot is to be asked now, if anything; 1 query."""
    message = unanswered(conversation).order_by("pk").first()
    if message is None and conversation.answered_id:
        return None
    return BotTurn(conversation=conversation, message=message)


def unanswered(conversation: BotConversation) -> QuerySet[Message]:
    """What the customer said that the bot has not answered."""
    return Message.objects.filter(
        item=conversation.item_id, author=Author.CUSTOMER, pk__gt=conversation.answered_id
    )


def owes_answer(item_id: int) -> bool:
    """Whether the bot of this item has still to answer its customer; 2 queries."""
    conversation = BotConversation.objects.filter(item=item_id, outcome=BotOutcome.TALKING).first()
    return conversation is not None and unanswered(conversation).exists()


def may_talk(bot: Bot, workstream: Workstream) -> bool:
    """Whether the bot is switched on, and talks to the customers of this workstream."""
    is_on = bot.is_enabled and bot.deleted_at is None and bot.purpose == BotPurpose.CONVERSATION
    return is_on and workstream.bot_id == bot.pk
