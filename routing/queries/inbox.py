"""What an agent's inbox lists: his work, the work of his queues, and what he closed (B 15.4)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, OuterRef, Q, QuerySet, Subquery

from agents.models import Agent
from routing.models import Assignment
from workstreams.models import Message, Queue, QueueMembership, WorkItem
from workstreams.models.work_item import HELD_STATES
from workstreams.terms import (
    Author,
    Channel,
    InboxKind,
    InboxList,
    ItemKind,
    ItemState,
    Reason,
    WorkstreamType,
)

ITEMS_LISTED: Final = 500
LISTED_FOR: Final = timedelta(days=90)
KINDS: Final[Mapping[str, tuple[WorkstreamType, Q]]] = {
    InboxKind.CONVERSATION: (
        WorkstreamType.MESSAGING,
        Q(
            kind=ItemKind.CONVERSATION,
            channel__in=[
                channel for channel in Channel if channel not in (Channel.RECORD, Channel.VOICE)
            ],
        ),
    ),
    InboxKind.RECORD: (WorkstreamType.RECORD, Q(channel=Channel.RECORD)),
    InboxKind.CALL: (WorkstreamType.VOICE, Q(channel=Channel.VOICE)),
}
# Somebody waits at the other end this very moment.
LIVE_CHANNELS: Final = (Channel.LIVE_CHAT, Channel.VOICE)
LIVE_STATES: Final = (ItemState.OPEN, ItemState.ACTIVE)
COLUMNS: Final = (
    "id", "title", "customer", "channel", "state", "priority", "workstream_id",
    "workstream__name", "workstream__persistent_chat", "queue_id", "queue__name", "changed_at",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class InboxItem:
    """One line; ``is_unread`` when the customer wrote after the agent last looked."""

    id: int
    title: str
    customer: str
    channel: str
    state: str
    priority: int
    workstream_id: int
    workstream: str
    queue_id: int
    queue: str
    changed_at: datetime
    is_live: bool
    is_unread: bool
    last_message: int

    @property
    def kind(self) -> str:
        return {Channel.RECORD: InboxKind.RECORD, Channel.VOICE: InboxKind.CALL}.get(
            Channel(self.channel), InboxKind.CONVERSATION
        )


def inbox_items(
    agent: Agent, view: str, *, now: datetime, kinds: Collection[str] = ()
) -> list[InboxItem]:
    """The 500 of a view that changed last, within 90 days, the latest first; 1 query.

    ``kinds`` leaves others out before they are counted. Of the open ones each of the agent's
    queues brings its last 500, read in the order of an index, however many wait there.
    """
    since = now - LISTED_FOR
    items = VIEWS[view](agent, since, tuple(kinds))
    wanted = Q()
    for kind in kinds:
        wanted |= KINDS[kind][1]
    latest = items.filter(wanted).order_by(F("changed_at").desc(), "-pk")[:ITEMS_LISTED]
    return [_item(row) for row in latest.values(*COLUMNS, *_unread_columns(view))]


def _mine(agent: Agent, since: datetime, kinds: Collection[str]) -> QuerySet[WorkItem, Any]:
    held = WorkItem.objects.filter(agent=agent, state__in=HELD_STATES, last_activity_at__gte=since)
    accepted = held.exclude(reason=Reason.AWAITING_AGENT_ACCEPTANCE)
    return _with_reading(accepted.annotate(changed_at=F("last_activity_at")))


def _open(agent: Agent, since: datetime, kinds: Collection[str]) -> QuerySet[WorkItem, Any]:
    latest = WorkItem.objects.filter(
        queue=OuterRef("queue"), state=ItemState.OPEN, last_activity_at__gte=since
    ).order_by("-last_activity_at", "-pk")
    serving = QueueMembership.objects.filter(agent=agent)
    if kinds:
        types = [KINDS[kind][0] for kind in kinds]
        serving = serving.filter(queue__in=Queue.objects.filter(type__in=types))
    ids = serving.annotate(
        latest=ArraySubquery(latest.values("pk")[:ITEMS_LISTED]),
        item=Func(F("latest"), function="unnest"),
    )
    items = WorkItem.objects.filter(pk__in=ids.values("item"), state=ItemState.OPEN)
    return items.annotate(changed_at=F("last_activity_at"))


def _closed(agent: Agent, since: datetime, kinds: Collection[str]) -> QuerySet[WorkItem, Any]:
    closed = WorkItem.objects.filter(agent=agent, state=ItemState.CLOSED, closed_at__gte=since)
    return closed.annotate(changed_at=F("closed_at"))


VIEWS: Final[Mapping[str, Callable[..., QuerySet[WorkItem, Any]]]] = {
    InboxList.MINE: _mine,
    InboxList.OPEN: _open,
    InboxList.CLOSED: _closed,
}


def _with_reading(items: QuerySet[WorkItem, WorkItem]) -> QuerySet[WorkItem, Any]:
    """Who said the last word to the customer or as one, and until where the agent has read."""
    said = Message.objects.filter(
        ~Q(author__in=(Author.SYSTEM, Author.BOT)), item=OuterRef("pk")
    ).order_by("-pk")
    held = Assignment.objects.filter(item=OuterRef("pk"), ended_at__isnull=True)
    return items.annotate(
        last_author=Subquery(said.values("author")[:1]),
        last_message=Subquery(said.values("pk")[:1]),
        read_until=Subquery(held.values("read_until")[:1]),
    )


def _unread_columns(view: str) -> tuple[str, ...]:
    return ("last_author", "last_message", "read_until") if view == InboxList.MINE else ()


def _item(row: dict[str, Any]) -> InboxItem:
    is_live = row["channel"] in LIVE_CHANNELS and row["state"] in LIVE_STATES
    is_unread = (
        row["state"] == ItemState.ACTIVE
        and row.get("last_author") == Author.CUSTOMER
        and row["last_message"] > (row["read_until"] or 0)
    )
    return InboxItem(
        id=row["id"],
        title=row["title"],
        customer=str(row["customer"].get("name") or "Customer"),
        channel=row["channel"],
        state=row["state"],
        priority=row["priority"],
        workstream_id=row["workstream_id"],
        workstream=row["workstream__name"],
        queue_id=row["queue_id"],
        queue=row["queue__name"],
        changed_at=row["changed_at"],
        is_live=is_live and not row["workstream__persistent_chat"],
        is_unread=is_unread,
        last_message=row.get("last_message") or 0,
    )
