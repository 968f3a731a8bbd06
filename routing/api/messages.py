"""/work-items/{id}/messages: what customer and agent say."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.core.exceptions import PermissionDenied
from ninja import Query, Router, Status
from typing_extensions import TypedDict

from agents.models import Agent
from agents.permissions import agent_of
from config.api.lists import PageOf, PageQuery, page_of
from config.api.schema import Body, MessageText, optional
from config.clock import database_now
from config.request import AppRequest
from routing.api.item_document import get_item_for
from routing.exceptions import NotYourItem
from routing.permissions import may_read
from workstreams.actions.send_message import send_message
from workstreams.exceptions import MessageKeyReused
from workstreams.models import Message, WorkItem
from workstreams.queries.consults import is_joined
from workstreams.terms import Audience, Author, Reason

router = Router(tags=["work items"])

NOT_YOURS = (
    "Only the agent who has this conversation, those who advise him, and supervisors may read it."
)
NOT_AS_CUSTOMER = "Only supervisors and administrators may write in a customer's name."
NOT_AS_AGENT = "Only the agent who has this conversation, and those who joined, may write in it."


class MessageIn(Body):
    """Without ``from`` the caller writes as the agent who has the conversation, or who joined it.

    An integration (a supervisor's or administrator's token) passes a customer's words on with
    ``"from": "customer"``. The same ``client_key`` twice is one message,
    also once the conversation has moved on.
    """

    text: MessageText
    client_key: UUID = optional()
    sender: Literal["agent", "customer"] = optional(alias="from")


class MessageDocument(TypedDict):
    """One message; ``agent`` is the username of the agent who wrote it, ``bot`` the bot's name.

    ``audience`` says who reads it: ``everybody``, ``customer`` or ``agent``. What is for the
    agent, such as a bot's summary, is never to be passed on to the customer.
    """

    id: int
    author: str
    agent: str | None
    bot: str | None
    audience: str
    text: str
    created_at: datetime


class MessageFilters(PageQuery):
    """``reader=customer`` leaves out what is for the agent alone, ``reader=agent`` the reverse."""

    reader: Literal["customer", "agent"] | None = None


@router.get(
    "/work-items/{int:item_id}/messages",
    response=PageOf[MessageDocument],
    summary="List the messages of a work item",
)
def list_messages(
    request: AppRequest, item_id: int, query: Query[MessageFilters]
) -> PageOf[MessageDocument]:
    """What was said, in its order. An integration that passes on what it reads here asks with
    ``reader=customer``: other messages are notes for the agent."""
    item = get_item_for(request.user, item_id)
    if not may_read(request.user, item):
        raise PermissionDenied(NOT_YOURS)
    rows = Message.objects.filter(item=item).select_related("agent__user", "bot")
    if query.reader:
        rows = rows.filter(audience__in=(Audience.EVERYBODY, query.reader))
    return page_of(rows, query, _documents)


@router.post(
    "/work-items/{int:item_id}/messages",
    response={201: MessageDocument},
    summary="Write a message",
)
def create_message(request: AppRequest, item_id: int, body: MessageIn) -> Status[MessageDocument]:
    is_customer = body.sender == "customer"
    agent = None if is_customer else agent_of(request.user)
    known = _sent_before(agent, item_id, body)
    if known is not None:
        return Status(201, _document(known))
    item = get_item_for(request.user, item_id)
    if not is_customer:
        agent = _writing_agent(request, agent, item)
    if is_customer and not request.user.is_supervisor:
        raise PermissionDenied(NOT_AS_CUSTOMER)
    message = send_message(
        item_id=item.pk,
        author=Author.CUSTOMER if is_customer else Author.AGENT,
        text=body.text,
        agent=agent,
        client_key=body.client_key,
        now=database_now(),
    )
    return Status(201, _document(message))


def _sent_before(agent: Agent | None, item_id: int, body: MessageIn) -> Message | None:
    """What the caller wrote under this key while it was his turn: who had no answer and repeats
    himself is told so, wherever the conversation is by now. The words of others are not looked
    for."""
    key = body.given().get("client_key")
    if key is None or agent is None:
        return None
    own = Message.objects.filter(item_id=item_id, client_key=key, agent=agent)
    known = own.select_related("agent__user", "bot").first()
    if known is not None and known.text != body.text:
        raise MessageKeyReused
    return known


def _writing_agent(request: AppRequest, agent: Agent | None, item: WorkItem) -> Agent:
    """The caller, if the conversation is with him, or he joined it; an offer is not accepted
    yet."""
    is_in = agent is not None and (item.agent_id == agent.pk or is_joined(item, agent))
    if agent is None or (not is_in and request.user.is_supervisor):
        raise PermissionDenied(NOT_AS_AGENT)
    if not is_in or item.reason == Reason.AWAITING_AGENT_ACCEPTANCE:
        raise NotYourItem
    return agent


def _documents(messages: Sequence[Message]) -> list[MessageDocument]:
    return [_document(message) for message in messages]


def _document(message: Message) -> MessageDocument:
    return MessageDocument(
        id=message.pk,
        author=message.author,
        agent=message.agent.username if message.agent else None,
        bot=message.bot.name if message.bot else None,
        audience=message.audience,
        text=message.text,
        created_at=message.created_at,
    )
