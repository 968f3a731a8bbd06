"""Entries of a document into templates, texts and bots."""

from routing.configuration.documents.write_definitions import Document, Names, saved
from workstreams.models import (
    AutomatedMessage,
    Bot,
    MessageTemplate,
    NotificationTemplate,
    QuickReply,
    RecordType,
    SessionTemplate,
    Workstream,
)


def write_session_template(entry: Document, pk: int | None, names: Names) -> None:
    """How work opens on the desk."""
    record_type = names.id_if_any(RecordType, entry["record_type"])
    saved(SessionTemplate, pk, **_without(entry, "record_type"), record_type_id=record_type)


def write_notification_template(entry: Document, pk: int | None, names: Names) -> None:
    """How offers are shown."""
    saved(NotificationTemplate, pk, **entry)


def write_bot(entry: Document, pk: int | None, names: Names) -> None:
    """A bot; the secret that it has here stays."""
    saved(Bot, pk, **entry)


def write_message_template(entry: Document, pk: int | None, names: Names) -> None:
    """A text to send first."""
    saved(MessageTemplate, pk, **entry)


def write_automated_message(entry: Document, pk: int | None, names: Names) -> None:
    """What a whole channel says."""
    saved(AutomatedMessage, pk, **entry)


def write_quick_reply(entry: Document, pk: int | None, names: Names) -> None:
    """A reply of all agents."""
    reply = saved(QuickReply, pk, **_without(entry, "workstreams"))
    reply.workstreams.set([names.id_of(Workstream, each) for each in entry["workstreams"]])


def _without(entry: Document, key: str) -> Document:
    return {name: value for name, value in entry.items() if name != key}
