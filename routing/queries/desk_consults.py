"""Advice on an agent's desk: what he is asked, what he advises on, and the talk of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Final
from uuid import UUID, uuid5

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.lookups import IsNull

from agents.models import Agent
from routing.queries.desk_offers import OfferCard, offer_card
from workstreams.models import Consult, ConsultNote, WorkItem
from workstreams.queries.service_configuration import service_configuration
from workstreams.queries.slug_values import SLUG_RELATIONS, slug_values
from workstreams.terms import LABELS, ConsultState, ItemKind

EARLIER_SHOWN: Final = 20
# However many came after it: one that runs may be ended, handed over and written in.
RUNNING_FIRST: Final = (IsNull(F("ended_at"), True).desc(), "-pk")
NOTES_SHOWN: Final = 200
NOTES: Final = UUID("0f2f1a52-5d0b-4d0e-8a52-9a9bb6a4c9d1")


@dataclass(frozen=True, kw_only=True)
class ConsultRequest:
    """Somebody asks the agent, or his queue, for advice."""

    id: int
    item_id: int
    asked_by: str
    customer: str
    title: str
    queue: str
    question: str
    asked_at: datetime
    deadline_at: datetime
    may_decline: bool
    card: OfferCard

    @property
    def seconds(self) -> int:
        """How long the request lasts in all."""
        return round((self.deadline_at - self.asked_at).total_seconds())


@dataclass(frozen=True, kw_only=True)
class AdvisedItem:
    """A work item of somebody else that the agent advises on."""

    item_id: int
    customer: str
    title: str
    channel: str
    agent: str
    state_text: str
    since: datetime


@dataclass(frozen=True, kw_only=True)
class Note:
    """One line of a side talk."""

    id: int
    name: str
    text: str
    created_at: datetime
    is_mine: bool


@dataclass(frozen=True, kw_only=True)
class ConsultOnDesk:
    """One consult of an item as one of its two people sees it."""

    id: int
    whom: str
    asked_by: str
    agent_id: int | None
    state: str
    state_text: str
    question: str
    asked_at: datetime
    ended_at: datetime | None
    is_mine: bool
    is_asked_of_me: bool
    may_add: bool
    may_hand_over: bool
    notes: tuple[Note, ...]

    @property
    def is_running(self) -> bool:
        return self.ended_at is None

    @property
    def other(self) -> str:
        """Whom one talks to."""
        return self.whom if self.is_mine else self.asked_by

    @property
    def client_key(self) -> UUID:
        """One for each note to be written: the form that shows it twice sends it once."""
        return uuid5(NOTES, self.talk_key)

    @property
    def talk_key(self) -> str:
        """Changes with every note of one's own, so that what is typed stays until it is sent."""
        mine = [note.id for note in self.notes if note.is_mine]
        side = "asker" if self.is_mine else "adviser"
        return f"{self.id}-{side}-{mine[-1] if mine else 0}"


def consult_requests(agent: Agent) -> list[ConsultRequest]:
    """What is asked and not answered, the one that runs out first on top; 1 query.

    What a queue is asked is not for who is in by his own name already.
    """
    is_in = Consult.objects.running().filter(agent=agent, item=OuterRef("item"))
    of_queues = Consult.objects.asked_of_queues(agent.pk).filter(~Exists(is_in))
    rows = (
        Consult.objects.filter(Q(agent=agent) | Q(pk__in=of_queues), state=ConsultState.ASKED)
        .select_related(
            "asked_by__user",
            "queue",
            "item__workstream__consult_template",
            "item__workstream__notification_template",
            *(f"item__{relation}" for relation in SLUG_RELATIONS),
        )
        .order_by("deadline_at", "pk")
    )
    return [_request(row, agent) for row in rows]


def advised_items(agent: Agent) -> list[AdvisedItem]:
    """What the agent advises on, the latest first; 1 query."""
    rows = Consult.objects.answered().filter(agent=agent)
    return [
        AdvisedItem(
            item_id=row.item_id,
            customer=row.item.customer_name,
            title=row.item.title,
            channel=row.item.channel,
            agent=str(row.asked_by),
            state_text=LABELS[ConsultState(row.state)],
            since=row.answered_at or row.asked_at,
        )
        for row in rows.select_related("item", "asked_by__user").order_by("-pk")
    ]


def my_part(item: WorkItem, agent: Agent) -> Consult | None:
    """The agent's own running consult on an item of somebody else; 1 query."""
    running = Consult.objects.running().filter(item=item, agent=agent)
    return running.select_related("asked_by__user").first()


def consults_between(agent: Agent) -> "QuerySet[Consult]":
    """Advice on an item of the outer query that the agent asked for or gave."""
    return Consult.objects.filter(item=OuterRef("pk")).filter(Q(asked_by=agent) | Q(agent=agent))


def consults_of(item: WorkItem, agent: Agent) -> list[ConsultOnDesk]:
    """Those of the item that the agent asked for, or was asked, the running ones first; 3 queries.

    Two people read a side talk: what one adviser says is not for another.
    """
    between = Consult.objects.filter(Q(asked_by=agent) | Q(agent=agent), item=item)
    rows = _with_notes(between)
    hands_over = agent.user.is_supervisor or service_configuration().transfers_to_agents
    return [
        _on_desk(row, item, agent, hands_over=hands_over)
        for row in rows.order_by(*RUNNING_FIRST)[:EARLIER_SHOWN]
    ]


def own_talks(item_id: int, agent: Agent) -> list[int]:
    """The latest consults of an item that the agent asked for, or was asked; 1 query."""
    between = Consult.objects.filter(Q(asked_by=agent) | Q(agent=agent), item=item_id)
    return list(between.order_by("-pk").values_list("pk", flat=True)[:EARLIER_SHOWN])


def all_consults_of(item: WorkItem) -> list[Consult]:
    """The item's consults with their notes, for supervisors, in the order in which they were asked
    for: those that run, and the latest of the others; 2 queries."""
    shown = _with_notes(Consult.objects.filter(item=item)).order_by(*RUNNING_FIRST)[:EARLIER_SHOWN]
    return sorted(shown, key=attrgetter("pk"))


def _with_notes(consults: "QuerySet[Consult]") -> "QuerySet[Consult]":
    notes = ConsultNote.objects.select_related("agent__user").order_by("pk")
    people = consults.select_related("agent__user", "asked_by__user", "queue")
    return people.prefetch_related(Prefetch("notes", notes))


def _request(row: Consult, agent: Agent) -> ConsultRequest:
    workstream = row.item.workstream
    template = workstream.consult_template or workstream.notification_template
    return ConsultRequest(
        id=row.pk,
        item_id=row.item_id,
        asked_by=str(row.asked_by),
        customer=row.item.customer_name,
        title=row.item.title,
        queue=row.queue.name if row.queue else "",
        question=row.question,
        asked_at=row.asked_at,
        deadline_at=row.deadline_at,
        may_decline=row.agent_id == agent.pk,
        card=offer_card(template, slug_values(row.item, agent)),
    )


def _on_desk(row: Consult, item: WorkItem, agent: Agent, *, hands_over: bool) -> ConsultOnDesk:
    is_mine = row.asked_by_id == agent.pk and item.agent_id == agent.pk
    is_running = row.ended_at is None
    is_advising = row.state == ConsultState.ADVISING
    notes: Sequence[ConsultNote] = list(row.notes.all())
    return ConsultOnDesk(
        id=row.pk,
        whom=row.whom,
        asked_by=str(row.asked_by),
        agent_id=row.agent_id,
        state=row.state,
        state_text=LABELS[ConsultState(row.state)],
        question=row.question,
        asked_at=row.asked_at,
        ended_at=row.ended_at,
        is_mine=is_mine,
        is_asked_of_me=row.agent_id == agent.pk and row.state == ConsultState.ASKED,
        may_add=is_mine and is_advising and item.kind == ItemKind.CONVERSATION,
        may_hand_over=hands_over and is_mine and is_running and row.state != ConsultState.ASKED,
        notes=tuple(_note(each, agent) for each in notes[-NOTES_SHOWN:]),
    )


def _note(note: ConsultNote, agent: Agent) -> Note:
    return Note(
        id=note.pk,
        name=str(note.agent),
        text=note.text,
        created_at=note.created_at,
        is_mine=note.agent_id == agent.pk,
    )
