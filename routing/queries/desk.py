"""What an agent's desk shows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from agents.models import Agent, Skill
from routing import configuration
from routing.engine.configuration import CompiledConfiguration
from routing.queries.in_force import is_in_basic_queue, may_be_picked
from workstreams.models import Message, QueueMembership, WorkItem
from workstreams.models.work_item import HELD_STATES
from workstreams.queries.chat_visits import left_at
from workstreams.terms import Author, ItemState, Reason

ITEMS_SHOWN = 100


@dataclass(frozen=True, kw_only=True)
class DeskItem:
    """One row of a list; ``needs_answer`` when the customer wrote last. ``waiting_since`` is its
    turn, ``unattended_since`` the wait that is told."""

    id: int
    title: str
    customer: str
    workstream: str
    queue: str
    queue_id: int
    channel: str
    state: str
    reason: str
    created_at: datetime
    waiting_since: datetime
    unattended_since: datetime
    state_changed_at: datetime
    last_activity_at: datetime
    closed_at: datetime | None
    customer_left_at: datetime | None
    is_pushed: bool
    may_be_picked: bool
    needs_answer: bool
    skills: tuple[str, ...]


def my_items(agent: Agent) -> list[DeskItem]:
    """What the agent has accepted and not closed, those to answer first; 2 queries."""
    return _to_answer_first(_accepted(agent))


def my_items_shown(agent: Agent) -> tuple[list[DeskItem], int]:
    """The same, but of those that wait for their customers, up to four weeks, only the last that
    changed, and how many more there are; 2 queries, 3 where there may be more."""
    items = _accepted(agent)
    waiting = items.filter(state=ItemState.WAITING)
    latest = waiting.values("pk")[:ITEMS_SHOWN]
    shown = _to_answer_first(items.filter(~Q(state=ItemState.WAITING) | Q(pk__in=latest)))
    number_shown = sum(row.state == ItemState.WAITING for row in shown)
    if number_shown < ITEMS_SHOWN:
        return shown, 0
    # Some of them may be closed meanwhile.
    return shown, max(waiting.count() - number_shown, 0)


def open_items(agent: Agent) -> tuple[list[DeskItem], int]:
    """The longest waiting items of the agent's queues, and how many wait in all; 2 to 4 queries."""
    items = WorkItem.objects.filter(
        queue_id__in=_queues_of(agent).values("queue_id"), state=ItemState.OPEN
    )
    return _rows(items.order_by("waiting_since", "pk")[:ITEMS_SHOWN]), items.count()


def closed_items(agent: Agent, *, since: datetime) -> list[DeskItem]:
    """What the agent closed since then, the latest first; 2 queries."""
    items = WorkItem.objects.filter(agent=agent, state=ItemState.CLOSED, closed_at__gte=since)
    return _rows(items.order_by("-closed_at", "-pk")[:ITEMS_SHOWN])


def queue_ids(agent: Agent) -> list[int]:
    """The queues the agent serves; 1 query."""
    return sorted(_queues_of(agent).values_list("queue_id", flat=True))


def _queues_of(agent: Agent) -> QuerySet[QueueMembership, QueueMembership]:
    return QueueMembership.objects.filter(agent=agent)


def _accepted(agent: Agent) -> QuerySet[WorkItem, WorkItem]:
    held = WorkItem.objects.filter(agent=agent, state__in=HELD_STATES)
    accepted = held.exclude(reason=Reason.AWAITING_AGENT_ACCEPTANCE)
    return accepted.order_by("-last_activity_at", "-pk")


def _to_answer_first(items: QuerySet[WorkItem, WorkItem]) -> list[DeskItem]:
    order = {ItemState.ACTIVE: 0, ItemState.WRAP_UP: 1, ItemState.WAITING: 2}
    return sorted(_rows(_with_last_author(items)), key=lambda row: order[ItemState(row.state)])


def _with_last_author(items: QuerySet[WorkItem, WorkItem]) -> QuerySet[WorkItem, WorkItem]:
    said = Message.objects.filter(
        ~Q(author__in=(Author.SYSTEM, Author.BOT)), item=OuterRef("pk")
    ).order_by("-pk")
    return items.annotate(last_author=Subquery(said.values("author")[:1]))


def _rows(items: QuerySet[WorkItem, WorkItem]) -> list[DeskItem]:
    found = list(items.select_related("workstream", "queue", "visit"))
    names = skill_names_of(found)
    is_asked = any(each.state == ItemState.OPEN and each.is_pushed for each in found)
    compiled = configuration.current().compiled if is_asked else None
    return [desk_row(item, names, compiled) for item in found]


def desk_row(
    item: WorkItem, names: Mapping[int, str], compiled: CompiledConfiguration | None = None
) -> DeskItem:
    """One item as a row; ``names`` are those of skills, ``compiled`` the version that says whether
    open work may be picked."""
    return DeskItem(
        id=item.pk,
        title=item.title,
        customer=item.customer_name,
        workstream=item.workstream.name,
        queue=item.queue.name,
        queue_id=item.queue_id,
        channel=item.channel,
        state=item.state,
        reason=item.reason,
        created_at=item.created_at,
        waiting_since=item.waiting_since,
        unattended_since=item.unattended_since,
        state_changed_at=item.state_changed_at,
        last_activity_at=item.last_activity_at,
        closed_at=item.closed_at,
        customer_left_at=left_at(item),
        is_pushed=item.is_pushed and not is_in_basic_queue(item, compiled),
        may_be_picked=item.state == ItemState.OPEN and may_be_picked(item, compiled),
        needs_answer=getattr(item, "last_author", None) == Author.CUSTOMER,
        skills=tuple(names[pk] for pk in _skill_ids(item.required_skills) if pk in names),
    )


def skill_names_of(items: Iterable[WorkItem]) -> dict[int, str]:
    """The names of all skills that the items need; 1 query, or none."""
    wanted = {pk for item in items for pk in _skill_ids(item.required_skills)}
    if not wanted:
        return {}
    return dict(Skill.objects.filter(pk__in=wanted).values_list("pk", "name"))


def _skill_ids(pairs: Sequence[Sequence[Any]]) -> list[int]:
    return [int(pair[0]) for pair in pairs]
