"""The floor's numbers: what waits and what is in progress, by queue and in all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, QuerySet, Value
from django.db.models.functions import Coalesce, Greatest

from agents.models import Agent
from agents.terms import BasePresence
from routing import configuration
from routing.queries import floor_room
from routing.queries.floor_members import members
from routing.queries.floor_presences import nobody_is_there
from workstreams.models import Queue, WorkItem
from workstreams.models.work_item import HELD_STATES
from workstreams.terms import ItemState, Reason

SIGNED_IN_PRESENCES = tuple(base for base in BasePresence if base != BasePresence.OFFLINE)
# Unknown is offline.
BASE = Coalesce("presence__base", Value(BasePresence.OFFLINE.value))


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Unfinished work items of one queue, or of all; ``workstreams`` are those whose work waits,
    ``longest_since`` is since when nobody attends to what waits longest."""

    waiting: int = 0
    workstreams: frozenset[int] = frozenset()
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
    """The numbers on top; presences count enabled agents. ``is_alarming`` says that work waits
    and nobody at all could be given it."""

    counts: Counts
    waiting_queues: int
    presences: Mapping[str, int]
    closed_today: int
    is_alarming: bool

    @property
    def available(self) -> int:
        return self.presences.get(BasePresence.AVAILABLE, 0)

    @property
    def signed_in(self) -> int:
        """Everybody whose presence is not offline."""
        return sum(self.presences.get(base, 0) for base in SIGNED_IN_PRESENCES)

    @property
    def alarm(self) -> str:
        return "No agent is available" if self.is_alarming else ""


@dataclass(frozen=True, kw_only=True)
class QueueRow:
    """One queue: its work, its members, and how many of them could be given work now: by their
    presence, and of those by their room, which is counted for the rows that are shown."""

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
        if self.taking or not self.counts.waiting:
            return ""
        if not self.members:
            return "No members"
        return "No member available" if self.signed_in else "No member signed in"


def counts_by_queue() -> dict[int, Counts]:
    """Queues with unfinished work; 2 queries on the partial indexes of open and held items."""
    found: dict[int, dict[str, Any]] = {}
    waiting = WorkItem.objects.filter(state=ItemState.OPEN).values_list("queue_id", "workstream_id")
    for queue, workstream, number, since in waiting.annotate(
        n=Count("*"), since=Min(Greatest("waiting_since", "put_back_at"))
    ).order_by():
        counts = found.setdefault(queue, {"waiting": 0, "longest_since": since})
        counts["waiting"] += number
        counts["longest_since"] = min(since, counts["longest_since"])
        counts["workstreams"] = counts.get("workstreams", frozenset()) | {workstream}
    held = WorkItem.objects.filter(state__in=HELD_STATES).values_list("queue_id", "state", "reason")
    for queue, state, reason, number in held.annotate(n=Count("*")).order_by():
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
    """The numbers on top, from the counts by queue; 2 queries."""
    waiting = _waiting(counts)
    by_presence = presences(Agent.objects.filter(is_enabled=True))
    closed = WorkItem.objects.filter(state=ItemState.CLOSED, closed_at__gte=today)
    return Tiles(
        counts=total(counts.values()),
        waiting_queues=len(waiting),
        presences=by_presence,
        closed_today=closed.count(),
        is_alarming=nobody_is_there(waiting, by_presence),
    )


def presences(agents: QuerySet[Agent, Agent]) -> dict[str, int]:
    """How many of these agents are in each base presence; unknown is offline. 1 query."""
    return dict(agents.order_by().values_list(BASE).annotate(Count("pk")))


def queue_rows(counts: Mapping[int, Counts]) -> list[QueueRow]:
    """Every queue by priority and name, all but who has room; 2 queries."""
    found = members(_waiting(counts), configuration.current().compiled)
    return [
        QueueRow(
            id=pk,
            name=name,
            priority=priority,
            counts=counts.get(pk, Counts()),
            members=found.all[pk],
            signed_in=found.signed_in[pk],
            taking=found.taking[pk],
        )
        for pk, name, priority in _queues()
    ]


def with_room(rows: Sequence[QueueRow]) -> list[QueueRow]:
    """These rows, with who has room; 2 queries."""
    found = floor_room.with_room([row.id for row in rows])
    return [replace(row, with_room=found[row.id]) for row in rows]


def _waiting(counts: Mapping[int, Counts]) -> dict[int, frozenset[int]]:
    return {queue: each.workstreams for queue, each in counts.items() if each.waiting}


def _column(state: str, reason: str) -> str:
    if reason == Reason.WITH_BOT:
        return "with_bot"
    if state == ItemState.ACTIVE:
        is_offered = reason == Reason.AWAITING_AGENT_ACCEPTANCE
        return "offered" if is_offered else "in_conversation"
    return "with_customer" if state == ItemState.WAITING else "wrap_up"


def _queues() -> "QuerySet[Queue, tuple[int, str, int]]":
    return Queue.objects.order_by("priority", "name").values_list("pk", "name", "priority")
