"""Limits of agents changed: their presence follows, and routing hears of it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models

from agents.actions.follow_capacity import follow_capacity
from agents.models import Agent
from agents.signals import capacity_changed
from agents.terms import FOLLOWING_CAPACITY


def announce_capacity(
    *, sender: type[models.Model], agent_ids: Iterable[int], now: datetime
) -> None:
    """In the transaction of the change. Presences that people chose stay as they are (A 14)."""
    ids = sorted(set(agent_ids))
    following = Agent.objects.filter(
        pk__in=ids, presence__is_manual=False, presence__base__in=FOLLOWING_CAPACITY
    )
    for agent in following.order_by("pk"):
        follow_capacity(agent=agent, now=now, ends_choice=False)
    capacity_changed.send(sender=sender, agent_ids=ids, now=now)
