"""/automated-messages: what the system says by itself, where it differs from the built-in words."""

from collections.abc import Sequence
from typing import Annotated

from django.db.models import QuerySet
from django.http import Http404
from ninja import Query, Router, Status
from pydantic import BaseModel
from typing_extensions import TypedDict

from config.api.auth import CONFIGURERS, READERS
from config.api.lists import PageOf, PageQuery, page_of
from config.api.named_rows import named
from config.api.schema import Body, Flag, Name, number, optional, text_of
from config.clock import database_now
from config.request import AppRequest
from workstreams.actions.save_automated_message import (
    TEXT_LENGTH,
    reset_automated_message,
    save_automated_message,
)
from workstreams.automated_messages import automatic_messages, is_raised
from workstreams.models import AutomatedMessage, ChannelInstance
from workstreams.queries.automated_texts import automated_texts
from workstreams.terms import Channel, MessageTrigger

router = Router(auth=READERS, tags=["replies"])
Locale = Annotated[str, text_of(10, least=1)]
Text = Annotated[str, text_of(TEXT_LENGTH, least=1)]
Revision = Annotated[int, number(1, 2**31 - 1)]


class MessageIn(Body):
    """A text of one trigger and language, of a channel or of one ``channel_instance``."""

    trigger: MessageTrigger
    channel: Channel
    text: Text
    channel_instance: Name | None = optional()
    locale: Locale = optional()
    is_active: Flag = optional()


class MessageChanges(Body):
    """What to change; a field left out stays.

    Refused when somebody else saved since the ``revision``, or in this moment.
    """

    text: Text = optional()
    is_active: Flag = optional()
    revision: Revision = optional()


class MessageDocument(TypedDict):
    """A text that stands in for the one above it; inactive: nothing is said."""

    id: int
    trigger: str
    channel: str
    channel_instance: str | None
    locale: str
    text: str
    is_active: bool
    revision: int


class InForceQuery(BaseModel):
    """Of which channel, or instance by its name, and in which language."""

    channel: Channel = Channel.LIVE_CHAT
    channel_instance: Annotated[str, text_of(100)] = ""
    locale: Annotated[str, text_of(10)] = ""


class InForceDocument(TypedDict):
    """What is said now: ``level`` is built_in, channel or instance."""

    trigger: str
    text: str
    locale: str
    is_active: bool
    level: str
    audience: str
    is_raised: bool


@router.get(
    "/automated-messages",
    response=PageOf[MessageDocument],
    summary="List what was changed of automated messages",
)
def list_automated_messages(request: AppRequest, page: Query[PageQuery]) -> PageOf[MessageDocument]:
    return page_of(_rows(), page, _documents)


@router.get(
    "/automated-messages/in-force",
    response=list[InForceDocument],
    summary="Show what every automated message of a channel or instance says",
)
def show_in_force(request: AppRequest, query: Query[InForceQuery]) -> list[InForceDocument]:
    name = query.channel_instance or None
    instance = named(ChannelInstance, "channel_instance", name)
    channel = instance.workstream.channel if instance else query.channel.value
    messages = automatic_messages(channel)
    texts = automated_texts(
        [each.trigger for each in messages],
        channel=channel,
        instance=instance,
        locale=query.locale,
    )
    return [
        InForceDocument(
            trigger=each.trigger.value,
            text=texts[each.trigger].text,
            locale=texts[each.trigger].locale,
            is_active=texts[each.trigger].is_active,
            level=texts[each.trigger].level,
            audience=each.audience.value,
            is_raised=is_raised(each.trigger, channel),
        )
        for each in messages
    ]


@router.post(
    "/automated-messages",
    auth=CONFIGURERS,
    response={201: MessageDocument},
    summary="Give an automated message other words",
)
def create_an_automated_message(request: AppRequest, body: MessageIn) -> Status[MessageDocument]:
    settings = body.given()
    name = settings.pop("channel_instance", None)
    row = save_automated_message(
        instance=named(ChannelInstance, "channel_instance", name),
        revision=0,
        by=request.user,
        now=database_now(),
        **settings,
    )
    return Status(201, _document(_load(row.pk)))


@router.get(
    "/automated-messages/{int:message_id}",
    response=MessageDocument,
    summary="Show an automated message",
)
def show_automated_message(request: AppRequest, message_id: int) -> MessageDocument:
    return _document(_load(message_id))


@router.patch(
    "/automated-messages/{int:message_id}",
    auth=CONFIGURERS,
    response=MessageDocument,
    summary="Change an automated message",
)
def change_automated_message(
    request: AppRequest, message_id: int, body: MessageChanges
) -> MessageDocument:
    row, changes = _load(message_id), body.given()
    save_automated_message(
        trigger=row.trigger,
        channel=row.channel,
        instance=row.channel_instance,
        locale=row.locale,
        text=changes.get("text", row.text),
        is_active=changes.get("is_active", row.is_active),
        # What is left out stays as it was read here.
        revision=changes.get("revision", row.revision),
        by=request.user,
        now=database_now(),
    )
    return _document(_load(message_id))


@router.delete(
    "/automated-messages/{int:message_id}",
    auth=CONFIGURERS,
    response={204: None},
    summary="Take an automated message back to the words above it",
)
def reset_an_automated_message(request: AppRequest, message_id: int) -> Status[None]:
    row = _load(message_id)
    reset_automated_message(
        trigger=row.trigger,
        channel=row.channel,
        instance=row.channel_instance,
        locale=row.locale,
        by=request.user,
        now=database_now(),
    )
    return Status(204, None)


def _rows() -> "QuerySet[AutomatedMessage]":
    return AutomatedMessage.objects.select_related("channel_instance__workstream")


def _load(message_id: int) -> AutomatedMessage:
    row = _rows().filter(pk=message_id).first()
    if row is None:
        raise Http404
    return row


def _documents(rows: Sequence[AutomatedMessage]) -> list[MessageDocument]:
    return [_document(row) for row in rows]


def _document(row: AutomatedMessage) -> MessageDocument:
    return MessageDocument(
        id=row.pk,
        trigger=row.trigger,
        channel=row.channel,
        channel_instance=row.channel_instance.name if row.channel_instance else None,
        locale=row.locale,
        text=row.text,
        is_active=row.is_active,
        revision=row.revision,
    )
