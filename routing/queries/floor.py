"""The floor's numbers: what waits and what is in progress, by queue and in all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from agents.models import Agent
from agents.terms import BasePresence
from routing.queries.floor_room import TAKING_PRESENCES, members_with_room
from workstreams.models import Queue, QueueMembership, WorkItem
from workstreams.models.work_item import HELD_STATES
from workstreams.terms import ItemState, Reason

SIGNED_IN_PRESENCES = tuple(base for base in BasePresence if base != BasePresence.OFFLINE)


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Unfinished work items of one queue, or of all."""

    waiting: int = 0
    longest_since: datetime | None = None
    offered: int = 0
    in_conversation: int = 0
    with_customer: int = 0
    with_bot: int = 0
    wrap_up: int = 0

    @property
    def in_progress(self) -> int:
        """With an agent now: answered, or in wrap-up."""
        return self.in_conversation + self.wrap_up


@dataclass(frozen=True, kw_only=True)
class Tiles:
    """The numbers on top; presences count enabled agents."""

    counts: Counts
    waiting_queues: int
    presences: Mapping[str, int]
    closed_today: int

    @property
    def available(self) -> int:
        return self.presences.get(BasePresence.AVAILABLE, 0)

    @property
    def signed_in(self) -> int:
        """Everybody whose presence is not offline."""
        return sum(self.presences.get(base, 0) for base in SIGNED_IN_PRESENCES)

    @property
    def alarm(self) -> str:
        """Work waits and nobody at all could take it."""
        is_alone = not any(self.presences.get(base) for base in TAKING_PRESENCES)
        return "No agent is available" if self.counts.waiting and is_alone else ""


@dataclass(frozen=True, kw_only=True)
class QueueRow:
    """One queue: its work, its members, and how many of them could take work now."""

    id: int
    name: str
    priority: int
    counts: Counts = field(default_factory=Counts)
    members: int = 0
    signed_in: int = 0
    taking: int = 0
    with_room: int = 0

    @property
    def alarm(self) -> str:
        """Why nobody can come for what waits here; empty when somebody can."""
        if not self.counts.waiting:
            return ""
        if not self.members:
            return "No members"
        if not self.signed_in:
            return "No member signed in"
        return "" if self.taking else "No member available"


def counts_by_queue() -> dict[int, Counts]:
    """Queues with unfinished work; 2 queries on the partial indexes of open and held items."""
    found: dict[int, dict[str, Any]] = {}
    waiting = WorkItem.objects.filter(state=ItemState.OPEN).values_list("queue_id")
    for queue, number, since in waiting.annotate(Count("pk"), Min("waiting_since")).order_by():
        found[queue] = {"waiting": number, "longest_since": since}
    held = WorkItem.objects.filter(state__in=HELD_STATES).values_list("queue_id", "state", "reason")
    for queue, state, reason, number in held.annotate(Count("pk")).order_by():
        counts = found.setdefault(queue, {})
        counts[_column(state, reason)] = counts.get(_column(state, reason), 0) + number
    return {queue: Counts(**counts) for queue, counts in found.items()}


def total(counts: Iterable[Counts]) -> Counts:
    """All queues together."""
    every = list(counts)
    return Counts(
        waiting=sum(each.waiting for each in every),
        longest_since=min((c.longest_since for c in every if c.longest_since), default=None),
        offered=sum(each.offered for each in every),
        in_conversation=sum(each.in_conversation for each in every),
        with_customer=sum(each.with_customer for each in every),
        with_bot=sum(each.with_bot for each in every),
        wrap_up=sum(each.wrap_up for each in every),
    )


def tiles(counts: Mapping[int, Counts], *, today: datetime) -> Tiles:
    """The numbers on top, from the counts by queue; 4 queries."""
    return Tiles(
        counts=total(counts.values()),
        waiting_queues=sum(1 for each in counts.values() if each.waiting),
        presences=presences(Agent.objects.filter(is_enabled=True)),
        closed_today=_closed_since(today),
    )


def presences(agents: QuerySet[Agent, Agent]) -> dict[str, int]:
    """How many of these agents are in each base presence; unknown is offline. 1 query."""
    base = Coalesce("presence__base", Value(BasePresence.OFFLINE.value))
    return dict(agents.order_by().values_list(base).annotate(Count("pk")))


def queue_rows(counts: Mapping[int, Counts]) -> list[QueueRow]:
    """Every queue by priority and name; 5 queries."""
    with_room = members_with_room()
    members = {row.pop("queue_id"): row for row in _members_by_queue()}
    return [
        QueueRow(
            id=pk,
            name=name,
            priority=priority,
            counts=counts.get(pk, Counts()),
            with_room=with_room[pk],
            **members.get(pk, {}),
        )
        for pk, name, priority in Queue.objects.values_list("pk", "name", "priority")
    ]


def _column(state: str, reason: str) -> str:
    if reason == Reason.WITH_BOT:
        return "with_bot"
    if state == ItemState.ACTIVE:
        is_offered = reason == Reason.AWAITING_AGENT_ACCEPTANCE
        return "offered" if is_offered else "in_conversation"
    return "with_customer" if state == ItemState.WAITING else "wrap_up"


def _closed_since(moment: datetime) -> int:
    """Counted agent by agent: so the index of closed items serves it, however many there are."""
    closed = WorkItem.objects.filter(state=ItemState.CLOSED, closed_at__gte=moment).order_by()
    of_agent = closed.filter(agent=OuterRef("pk")).values("agent").annotate(n=Count("*"))
    by_agents = Agent.objects.aggregate(n=Sum(Subquery(of_agent.values("n"))))
    return (by_agents["n"] or 0) + closed.filter(agent__isnull=True).count()


def _members_by_queue() -> Iterable[Any]:
    is_signed_in = Q(agent__presence__base__in=SIGNED_IN_PRESENCES)
    is_taking = Q(agent__presence__base__in=TAKING_PRESENCES)
    return (
        QueueMembership.objects.filter(agent__is_enabled=True)
        .order_by()
        .values("queue_id")
        .annotate(
            members=Count("pk"),
            signed_in=Count("pk", filter=is_signed_in),
            taking=Count("pk", filter=is_taking),
        )
    )
