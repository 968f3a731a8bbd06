"""What an agent's dialog does not list is refused however it is sent (B 15.6, B 15.7)."""

from datetime import datetime
from typing import Final

from agents.models import Agent, AgentPresence, User
from agents.terms import LABELS, BasePresence
from routing.exceptions import (
    NotReachable,
    OnlyToQueues,
    OutOfReach,
    QueueNotPublished,
    QueueOutOfHours,
    QueuesAreNotAsked,
)
from routing.queries.in_force import queues_in_force
from routing.queries.queue_hours import closed_queues
from routing.queries.reach import agents_within, queues_within
from workstreams.models import Queue, ServiceConfiguration, WorkItem
from workstreams.queries.service_configuration import service_configuration
from workstreams.terms import WorkstreamType

# Others are not disturbed by their colleagues, whatever the workstream allows (B 15.7).
REACHABLE: Final = (BasePresence.AVAILABLE, BasePresence.BUSY)


def check_transfer(
    *, item: WorkItem, by: User, agent: Agent | None, queue: Queue | None, now: datetime
) -> None:
    """Refuse an agent what he may not choose; supervisors choose freely among what is published.
    QueueNotPublished, OnlyToQueues, OutOfReach, QueueOutOfHours."""
    if queue is not None:
        check_in_force(queue)
    if by.is_supervisor:
        return
    service = service_configuration()
    if agent is not None:
        if not service.transfers_to_agents:
            raise OnlyToQueues
        _check_agent(service.transfer_agents, agent, item, by)
    if queue is not None:
        _check_queue(service.transfer_queues, queue, item, by)
        if queue.pk in closed_queues(now=now):
            raise QueueOutOfHours(queue=queue.name)


def check_consult(
    service: ServiceConfiguration,
    *,
    item: WorkItem,
    by: Agent,
    agent: Agent | None,
    queue: Queue | None,
) -> None:
    """The same for advice. QueueNotPublished, QueuesAreNotAsked, OutOfReach."""
    if queue is not None:
        check_in_force(queue)
    if by.user.is_supervisor:
        return
    if agent is not None:
        _check_agent(service.consult_agents, agent, item, by.user)
    if queue is not None:
        if not service.asks_queues:
            raise QueuesAreNotAsked
        _check_queue(service.consult_queues, queue, item, by.user)


def check_in_force(queue: Queue) -> None:
    """Refuse a queue that only the draft has: nobody would get the work. QueueNotPublished; one
    that was deleted meanwhile is refused by sentences of its own."""
    if queue.pk in queues_in_force():
        return
    if Queue.objects.filter(pk=queue.pk).exists():
        raise QueueNotPublished(queue=queue.name)


def check_may_be_disturbed(agent: Agent) -> None:
    """Refuse a colleague who is there for others only by a supervisor's word. NotReachable."""
    base = AgentPresence.objects.filter(agent=agent).values_list("base", flat=True).first()
    if base not in REACHABLE:
        shown = LABELS[BasePresence(base or BasePresence.OFFLINE)]
        raise NotReachable(agent=str(agent), presence=shown)


def search_seconds(service: ServiceConfiguration, item: WorkItem) -> int | None:
    """How long a queue is asked for an adviser; None leaves it to the template."""
    if item.workstream.type == WorkstreamType.VOICE:
        return service.voice_search_seconds
    return service.messaging_search_seconds


def _check_agent(reach: str, agent: Agent, item: WorkItem, by: User) -> None:
    if (
        agent.user_id == by.pk
        or agents_within(reach, item=item, by=by).filter(pk=agent.pk).exists()
    ):
        return
    # Who is disabled, or asks himself, is refused by a sentence of its own.
    if Agent.objects.filter(pk=agent.pk, is_enabled=True).exists():
        raise OutOfReach(whom=str(agent))


def _check_queue(reach: str, queue: Queue, item: WorkItem, by: User) -> None:
    if not queues_within(reach, item=item, by=by).filter(pk=queue.pk).exists():
        raise OutOfReach(whom=queue.name)
