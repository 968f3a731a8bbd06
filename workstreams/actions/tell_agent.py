"""Tell whoever works on a conversation something that the customer never reads."""

from datetime import datetime
from uuid import UUID

from workstreams.actions.record_event import record_event
from workstreams.models import Bot, Message, WorkItem
from workstreams.terms import Audience, Author


def tell_agent(
    *, item: WorkItem, text: str, author: Author, key: UUID, now: datetime, bot: Bot | None = None
) -> None:
    """In a locked item's conversation, with the event; ``key`` is the message's own."""
    message = Message.objects.create(
        item=item,
        author=author,
        bot=bot,
        audience=Audience.AGENT,
        text=text,
        client_key=key,
        created_at=now,
    )
    record_event(
        kind="message-added", item=item, now=now, message_id=message.pk, author=author.value
    )
