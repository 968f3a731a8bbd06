"""Whom an agent may choose for a work item, as the administrator says (B 15.6)."""

from typing import Any

from django.db.models import QuerySet

from agents.models import Agent, User
from agents.terms import Role
from routing.queries.in_force import queues_in_force
from workstreams.models import Queue, QueueMembership, WorkItem
from workstreams.terms import AgentReach, QueueReach

SUPERVISORS = (Role.SUPERVISOR, Role.ADMINISTRATOR)


def agents_within(reach: str, *, item: WorkItem, by: User) -> "QuerySet[Agent]":
    """The enabled agents of a reach; supervisors choose among all."""
    agents = Agent.objects.filter(is_enabled=True)
    if by.is_supervisor or reach == AgentReach.EVERY:
        return agents
    if reach == AgentReach.SUPERVISORS:
        return agents.filter(user__role__in=SUPERVISORS)
    if reach == AgentReach.COLLEAGUES:
        return agents.filter(pk__in=_members_of(_queues_of(by)))
    return agents.filter(pk__in=_members_of([item.queue_id]))


def queues_within(reach: str, *, item: WorkItem, by: User) -> "QuerySet[Queue]":
    """The published queues of a reach; supervisors choose among all of them."""
    queues = Queue.objects.filter(pk__in=list(queues_in_force()))
    if by.is_supervisor or reach == QueueReach.EVERY:
        return queues
    if reach == QueueReach.OWN:
        return queues.filter(pk__in=_queues_of(by))
    members = _members_of([item.queue_id])
    shared = QueueMembership.objects.filter(agent__in=members, agent__is_enabled=True)
    return queues.filter(pk__in=shared.values("queue"))


def _queues_of(by: User) -> "QuerySet[Any, Any]":
    return QueueMembership.objects.filter(agent__user=by).values("queue")


def _members_of(queues: Any) -> "QuerySet[Any, Any]":
    return QueueMembership.objects.filter(queue__in=queues).values("agent")
