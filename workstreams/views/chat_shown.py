"""What the parts of the chat page show."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.db.models import QuerySet
from django.urls import reverse

from config.live import reader
from routing.queries.chat_hours import hours_while_waiting
from routing.queries.position import position_in_queue
from workstreams.agent_names import name_for_customers
from workstreams.channels.live_chat.visitor import Visitor
from workstreams.models import ChannelInstance, WorkItem
from workstreams.queries.bot_turn import owes_answer
from workstreams.queries.conversation import conversation
from workstreams.queries.waiting_words import tells_place, waiting_words
from workstreams.terms import ItemState, Reason

# Positions are told every 30 s, and every 60 s from place 150 on (design 7.21).
FAR_BACK = 150
WAITING, WITH_BOT, TALKING, OVER = "waiting", "with_bot", "talking", "over"


def shown_items() -> "QuerySet[WorkItem]":
    """Work items with all that a customer's page says of them."""
    return WorkItem.objects.select_related("queue", "workstream", "agent__user")


def conversation_context(
    instance: ChannelInstance, visitor: Visitor, item: WorkItem, *, given: Mapping[str, str]
) -> dict[str, Any]:
    """The whole page; its place in the feed is taken before anything is read. Its addresses carry
    what the web site has ``given`` along."""
    after = str(reader.latest())
    item.refresh_from_db(from_queryset=shown_items())
    return {
        **state_context(instance, visitor, item, given=given),
        **talk_context(instance, visitor, item, given=given),
        "title": instance.name,
        "live_topics": [f"item-{item.pk}"],
        "live_after": after,
        "live_ticket_url": _ticket_url(instance, visitor),
    }


def state_context(
    instance: ChannelInstance, visitor: Visitor, item: WorkItem, *, given: Mapping[str, str]
) -> dict[str, Any]:
    phase = _phase(item)
    is_told = item.state == ItemState.OPEN and tells_place(item, instance)
    position = position_in_queue(item) if is_told else 0
    place = waiting_words(item, instance, position=position) if phase == WAITING else ""
    return {
        **_visitor_context(instance, visitor, item, given),
        "phase": phase,
        "place": place,
        "hours": hours_while_waiting(item, instance) if phase == WAITING else None,
        "every_seconds": 60 if position >= FAR_BACK else 30,
        "bot": item.bot if phase == WITH_BOT else None,
        "is_typing": phase == WITH_BOT and owes_answer(item.pk),
    }


def talk_context(
    instance: ChannelInstance,
    visitor: Visitor,
    item: WorkItem,
    *,
    given: Mapping[str, str],
    after: int = 0,
) -> dict[str, Any]:
    lines = conversation(item, after=after, agent_name=instance.agent_name, is_for_customer=True)
    return {
        **_visitor_context(instance, visitor, item, given),
        "phase": _phase(item),
        "lines": lines,
        "is_start": not after,
        "after": lines[-1].id if lines else after,
        "client_key": uuid4(),
        "text": "",
        "errors": [],
    }


def _visitor_context(
    instance: ChannelInstance, visitor: Visitor, item: WorkItem, given: Mapping[str, str]
) -> dict[str, Any]:
    token = visitor.token
    return {
        "instance": instance,
        "item": item,
        "token": token,
        "query": urlencode({"v": token, **given}),
        "given": given,
        "new_query": new_query(given),
        "agent_name": name_for_customers(item.agent, instance.agent_name),
    }


def new_query(given: Mapping[str, str]) -> str:
    """The query of the link to a new chat, which knows of its visitor what this one did."""
    return urlencode({"new": "", **given})


def _ticket_url(instance: ChannelInstance, visitor: Visitor) -> str:
    address = reverse("workstreams:chat-ticket", args=[instance.slug])
    return f"{address}?{urlencode({'v': visitor.token})}"


def _phase(item: WorkItem) -> str:
    if item.state in (ItemState.WRAP_UP, ItemState.CLOSED):
        return OVER
    if item.is_with_bot:
        return WITH_BOT
    is_taken = item.agent_id and item.reason != Reason.AWAITING_AGENT_ACCEPTANCE
    return TALKING if is_taken else WAITING
