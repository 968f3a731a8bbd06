"""Agents by what somebody types of their names."""

from typing import Final

from django.db.models import QuerySet

from agents.models import Agent
from agents.queries.agent_filter import AgentFilter, matching

MOST_SUGGESTED: Final = 20


def agents_named(typed: str, *, most: int = MOST_SUGGESTED) -> list[Agent]:
    """Who has this username, else enabled agents in whose names or usernames it stands; one
    query, or two. Nothing typed finds the first of all."""
    enabled = _ordered().filter(is_enabled=True)
    typed = typed.replace("\0", "").strip()
    if not typed:
        return list(enabled[:most])
    exact = list(_ordered().filter(user__username__iexact=typed)[:1])
    return exact or list(matching(enabled, AgentFilter(search=typed, only_names=True))[:most])


def _ordered() -> "QuerySet[Agent]":
    return Agent.objects.select_related("user").order_by("user__username")
