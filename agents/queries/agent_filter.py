"""Agents by what is said of them: for the list, for bulk changes, and for the API."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from agents.models import Agent, AgentCapacityProfile, AgentSkill, Presence
from agents.terms import BasePresence


@dataclass(frozen=True, kw_only=True)
class AgentFilter:
    """What has to hold of an agent; None asks for nothing. Rows are named by id."""

    search: str = ""
    # Names of queues are searched too, unless only people are meant.
    only_names: bool = False
    skill: int | None = None
    queue: int | None = None
    profile: int | None = None
    presence: Presence | None = None
    role: str | None = None
    is_enabled: bool | None = None


def matching(agents: "QuerySet[Agent]", wanted: AgentFilter) -> "QuerySet[Agent]":
    """Those of whom all of it holds; each once, and as part of one statement."""
    if wanted.search:
        agents = agents.filter(_named(wanted.search, only_names=wanted.only_names))
    if wanted.skill is not None:
        having = AgentSkill.objects.filter(skill=wanted.skill)
        agents = agents.filter(pk__in=having.values("agent"))
    if wanted.profile is not None:
        holding = AgentCapacityProfile.objects.filter(profile=wanted.profile)
        agents = agents.filter(pk__in=holding.values("agent"))
    if wanted.queue is not None:
        # By the name that the membership gives it: queues belong to an app above.
        serving = Agent.objects.filter(memberships__queue=wanted.queue)
        agents = agents.filter(pk__in=serving.values("pk"))
    if wanted.presence is not None:
        agents = agents.filter(_present(wanted.presence))
    if wanted.role is not None:
        agents = agents.filter(user__role=wanted.role)
    if wanted.is_enabled is not None:
        agents = agents.filter(is_enabled=wanted.is_enabled)
    return agents


def _named(search: str, *, only_names: bool) -> Q:
    """The words of a name in any order, a username, or the name of a queue."""
    named = Q(user__username__icontains=search)
    if not only_names:
        named |= Q(pk__in=Agent.objects.filter(queues__name__icontains=search).values("pk"))
    words = Q()
    for word in search.split():
        words &= Q(user__first_name__icontains=word) | Q(user__last_name__icontains=word)
    return named | words if words else named


def _present(presence: Presence) -> Q:
    """Who never signed in is offline."""
    there = Q(presence__presence=presence)
    if presence.name == BasePresence.OFFLINE:
        there |= Q(presence__isnull=True)
    return there
