"""A conversation as people read it."""

from dataclasses import dataclass
from datetime import datetime

from workstreams.models import Message, WorkItem
from workstreams.terms import Author

MESSAGES_SHOWN = 500


@dataclass(frozen=True, kw_only=True)
class ConversationLine:
    """One message; ``name`` is the agent's or the customer's, ``first_name`` what customers see."""

    id: int
    author: str
    name: str
    first_name: str
    text: str
    created_at: datetime


def conversation(item: WorkItem, *, after: int = 0) -> list[ConversationLine]:
    """The messages after number ``after``, oldest first, at most the last 500; 1 query."""
    newest = (
        Message.objects.filter(item=item, pk__gt=after)
        .select_related("agent__user")
        .order_by("-pk")[:MESSAGES_SHOWN]
    )
    return [_line(message, item) for message in reversed(newest)]


def _line(message: Message, item: WorkItem) -> ConversationLine:
    user = message.agent.user if message.agent else None
    name = user.display_name if user else item.customer_name
    return ConversationLine(
        id=message.pk,
        author=message.author,
        name="" if message.author == Author.SYSTEM else name,
        first_name=(user.first_name or user.username) if user else "",
        text=message.text,
        created_at=message.created_at,
    )
