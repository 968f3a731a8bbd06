"""Agents by what somebody types of their names."""

from typing import Final

from django.db.models import QuerySet

from agents.models import Agent
from agents.queries.agent_filter import AgentFilter, matching

MOST_SUGGESTED: Final = 20


def agent_called(username: str) -> Agent | None:
    """Whose username it is, or is in another case; who is spelled like that of two who share it,
    and else neither. One query."""
    called = _called(username)
    is_one = len(called) == 1 or any(each.username == username for each in called)
    return called[0] if is_one else None


def agents_named(typed: str, *, most: int = MOST_SUGGESTED) -> list[Agent]:
    """Who has this username, else enabled agents in whose names or usernames it stands; one
    query, or two. Nothing typed finds the first of all."""
    enabled = _ordered().filter(is_enabled=True)
    typed = typed.replace("\0", "").strip()
    if not typed:
        return list(enabled[:most])
    whole = AgentFilter(search=typed, only_names=True)
    return _called(typed) or list(matching(enabled, whole)[:most])


def _called(username: str) -> list[Agent]:
    """In whatever case, who is spelled like that first."""
    found = _ordered().filter(user__username__iexact=username)
    return sorted(found, key=lambda agent: agent.username != username)


def _ordered() -> "QuerySet[Agent]":
    return Agent.objects.select_related("user").order_by("user__username")
