"""Ask another agent, or a queue, for advice."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from agents.actions.lock_agent import hold_agent
from agents.models import Agent, AgentPresence
from agents.terms import BasePresence
from routing.actions.check_reach import check_consult, search_seconds
from routing.actions.consults.hold_for_advice import hold_for_advice
from routing.actions.consults.lock_consult import note_activity
from routing.actions.lock_item import lock_own_work
from routing.exceptions import (
    AgentDisabled,
    AgentNotThere,
    AlreadyAdvised,
    AlreadyConsulted,
    ConsultYourself,
    NobodyElseThere,
    NobodyThere,
    NoConsultant,
    NotInConversation,
    TooManyConsults,
)
from routing.queries.in_force import consult_rules_of
from workstreams.actions.end_consults import record_consult
from workstreams.models import Consult, Queue, QueueMembership, WorkItem
from workstreams.models.living import is_living_queue
from workstreams.queries.service_configuration import service_configuration
from workstreams.terms import ConsultState, ItemState

# Five are advised at most (A 21).
MOST_CONSULTS: Final = 5


def ask_consult(
    *,
    item_id: int,
    by: Agent,
    now: datetime,
    agent: Agent | None = None,
    queue: Queue | None = None,
    question: str = "",
) -> Consult:
    """Ask exactly one agent or queue, as the agent who has the item.

    The template for consults says how long the request lasts, unless the service does for queues;
    where it assigns without asking, the agent is in at once. Advice is free unless a switch says
    that it holds capacity.
    Refuses NoConsultant, NotYourItem, NotInConversation, ConsultYourself, DefinitionGone,
    AgentDisabled, AgentNotThere, NobodyThere, NobodyElseThere, AlreadyConsulted, AlreadyAdvised,
    TooManyConsults, NoCapacityLeft, and what ``check_reach`` does.
    """
    if (agent is None) == (queue is None):
        raise NoConsultant
    with transaction.atomic():
        item, _ = lock_own_work(item_id, by)
        if item.state != ItemState.ACTIVE:
            raise NotInConversation
        service = service_configuration()
        check_consult(service, item=item, by=by, agent=agent, queue=queue)
        if agent is not None:
            _check_agent(agent, by)
        if queue is not None:
            _check_queue(item, queue, by)
        _check_running(item, agent, queue)

        rules = consult_rules_of(item)
        seconds = (queue and search_seconds(service, item)) or rules.seconds
        is_in = agent is not None and rules.auto_assign
        consult = Consult.objects.create(
            item=item,
            asked_by=by,
            agent=agent,
            queue=queue,
            question=question.replace("\x00", "").strip(),
            state=ConsultState.ADVISING if is_in else ConsultState.ASKED,
            asked_at=now,
            answered_at=now if is_in else None,
            deadline_at=now + timedelta(seconds=seconds),
        )
        if is_in:
            hold_for_advice(item=item, consult=consult, now=now)
        note_activity(item, now)
        kind = "consult-accepted" if is_in else "consult-asked"
        record_consult(consult, kind=kind, item=item, now=now, by=by.username)
    return consult


def _check_agent(agent: Agent, by: Agent) -> None:
    if agent.pk == by.pk:
        raise ConsultYourself
    hold_agent(agent)
    if not Agent.objects.filter(pk=agent.pk, is_enabled=True).exists():
        raise AgentDisabled(agent=str(agent))
    if not _there().filter(agent=agent).exists():
        raise AgentNotThere(agent=str(agent))


def _check_queue(item: WorkItem, queue: Queue, by: Agent) -> None:
    """Somebody of it must be there who is not in already; whether he has room is asked of him who
    accepts, by when he may have. A deletion waits for the request from here on."""
    if not is_living_queue(queue.pk):
        raise NobodyThere(queue=queue.name)
    members = QueueMembership.objects.filter(queue=queue, agent__is_enabled=True)
    there = _there().filter(agent__in=members.values("agent")).exclude(agent=by)
    is_in = Consult.objects.running().filter(item=item, agent=OuterRef("agent"))
    if there.filter(~Exists(is_in)).exists():
        return
    raise NobodyElseThere(queue=queue.name) if there.exists() else NobodyThere(queue=queue.name)


def _there() -> QuerySet[AgentPresence]:
    return AgentPresence.objects.exclude(base=BasePresence.OFFLINE)


def _check_running(item: WorkItem, agent: Agent | None, queue: Queue | None) -> None:
    """The item is locked, so no other request of it can come between."""
    running = Consult.objects.running().filter(item=item)
    known = running.filter(agent=agent).first() if agent is not None else None
    if known is not None and known.state != ConsultState.ASKED:
        raise AlreadyAdvised(adviser=str(agent))
    if known is not None:
        raise AlreadyConsulted(whom=str(agent))
    if queue is not None and running.filter(queue=queue, state=ConsultState.ASKED).exists():
        raise AlreadyConsulted(whom=queue.name)
    if running.count() >= MOST_CONSULTS:
        raise TooManyConsults(most=MOST_CONSULTS)
