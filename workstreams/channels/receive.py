"""Take a customer's message in, from any channel."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction

from workstreams.actions.note_visit import note_words
from workstreams.actions.send_message import send_message
from workstreams.actions.take_in import take_in
from workstreams.actions.tell_agent import tell_agent
from workstreams.channels.contract import InboundMessage
from workstreams.channels.exceptions import TooManyMessages
from workstreams.exceptions import ChannelClosed
from workstreams.models import ChannelInstance, Message, WorkItem
from workstreams.terms import Author

MESSAGES_AT_ONCE: Final = 20
AT_ONCE_SECONDS: Final = 10
BESIDE: Final = UUID("0b0f5a0c-7f0b-4d0e-9a51-6f4f8f6d2c77")


def receive(*, instance: ChannelInstance, message: InboundMessage, now: datetime) -> WorkItem:
    """Add to the conversation, or begin it; a repeated message changes nothing.

    Refuses ChannelClosed for a new conversation, TooManyMessages, and what
    ``send_message`` refuses.
    """
    known = find_conversation(instance=instance, message=message)
    if known is not None:
        _check_pace(known, message, now)
        if _say(known, message, now):
            note_words(item_id=known.pk, now=now)
        return known

    if not instance.is_enabled:
        raise ChannelClosed
    return take_in(
        workstream=instance.workstream,
        channel_instance=instance,
        title=message.title,
        customer=message.customer,
        context=message.context,
        attributes=message.attributes,
        first_message=message.text,
        client_key=message.client_key,
        conversation_key=message.conversation_key,
        now=now,
    )


def _say(item: WorkItem, message: InboundMessage, now: datetime) -> bool:
    """Whether it was not said before; what agents alone are told comes with it, once."""
    with transaction.atomic():
        said = send_message(
            item_id=item.pk,
            author=Author.CUSTOMER,
            text=message.text,
            client_key=message.client_key,
            now=now,
        )
        is_new = said.created_at == now
        if is_new and message.beside:
            # It is locked now; its event tells where it is.
            item.refresh_from_db()
            tell_agent(
                item=item,
                text=message.beside,
                author=Author.SYSTEM,
                key=uuid5(BESIDE, str(said.pk)),
                now=now,
            )
    return is_new


def find_conversation(*, instance: ChannelInstance, message: InboundMessage) -> WorkItem | None:
    """The conversation of the message, if it began on this instance."""
    return WorkItem.objects.filter(
        channel_instance=instance, conversation_key=message.conversation_key
    ).first()


def _check_pace(item: WorkItem, message: InboundMessage, now: datetime) -> None:
    """Counts in the database, so that all processes count together."""
    recent = Message.objects.filter(
        item=item,
        author=Author.CUSTOMER,
        created_at__gt=now - timedelta(seconds=AT_ONCE_SECONDS),
    )
    if recent.exclude(client_key=message.client_key).count() >= MESSAGES_AT_ONCE:
        raise TooManyMessages
