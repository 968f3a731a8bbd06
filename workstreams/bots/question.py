"""What a bot is told about a conversation."""

from collections.abc import Iterable
from typing import Any, Final

from workstreams.models import BotConversation, Message, WorkItem
from workstreams.terms import Audience, Author, Channel

HISTORY_SHOWN: Final = 50


def question(
    conversation: BotConversation, item: WorkItem, message: Message | None
) -> dict[str, Any]:
    """The document of one message; of the beginning, without one, what was said before."""
    document: dict[str, Any] = {
        "type": "message" if message else "conversation_started",
        "conversation": {
            "id": str(conversation.key),
            "workstream": item.workstream.name,
            "channel": item.channel,
            "customer": dict(item.customer),
            "context": {**_plain(item), **system_variables(conversation.key, item)},
        },
        "message": _message(message) if message else None,
    }
    if not conversation.answered_id:
        before = message.pk if message else None
        document["history"] = [_message(each) for each in _history(item, before=before)]
    return document


def assist_question(item: WorkItem, message: Message) -> dict[str, Any]:
    """What a smart assist bot is told: the customer's message, and what was said before."""
    return {
        "type": "suggestions_wanted",
        "conversation": {
            "id": str(item.pk),
            "workstream": item.workstream.name,
            "channel": item.channel,
            "customer": dict(item.customer),
            "context": {**_plain(item), **system_variables(item.pk, item)},
        },
        "message": _message(message),
        "history": [_message(each) for each in _history(item, before=message.pk)],
    }


def system_variables(key: object, item: WorkItem) -> dict[str, Any]:
    """What the original's bots read as system variables (B 10.2), in our words."""
    known = item.contact or item.account
    case = item.case
    variables: dict[str, Any] = {
        "conversation_id": str(key),
        "customer_type": ("contact" if item.contact else "account") if known else "",
        "customer_id": str(known.pk) if known else "",
        "customer_name": known.name if known else item.customer_name,
        "contact": _record(item.contact_id, item.contact.name if item.contact else ""),
        "account": _record(item.account_id, item.account.name if item.account else ""),
        "case": _record(item.case_id, case.title if case else ""),
        "case_id": str(case.pk) if case else "",
        "case_title": case.title if case else "",
        "customer_locale": item.channel_instance.locale if item.channel_instance else "",
    }
    if item.channel == Channel.VOICE:
        variables["customer_phone_number"] = str(item.customer.get("phone") or "")
        variables["organization_phone_number"] = str(item.context.get("called_number") or "")
    return variables


def _plain(item: WorkItem) -> dict[str, Any]:
    return {name: value for name, value in item.context.items() if not isinstance(value, list)}


def _record(pk: int | None, name: str) -> list[dict[str, str]]:
    return [{"record_id": str(pk), "primary_display_value": name}] if pk else []


def _message(message: Message) -> dict[str, Any]:
    return {
        "id": str(message.client_key),
        "author": message.author,
        "text": message.text,
        "at": message.created_at.isoformat(),
    }


def _history(item: WorkItem, *, before: int | None = None) -> Iterable[Message]:
    said = Message.objects.filter(item=item).exclude(audience=Audience.AGENT)
    said = said.exclude(author=Author.SYSTEM)
    if before is not None:
        said = said.filter(pk__lt=before)
    return reversed(said.order_by("-pk")[:HISTORY_SHOWN])
