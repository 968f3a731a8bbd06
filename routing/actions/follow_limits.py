"""Presences that follow capacity follow new limits too."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from agents.actions.follow_capacity import follow_capacity
from agents.models import Agent
from agents.queries.agent_load import capacity_of, with_load
from agents.queries.presence_by_capacity import presence_by_capacity
from agents.terms import FOLLOWING_CAPACITY
from routing.actions.hold_capacity import lock_loads


def follow_limits(*, agent_ids: Collection[int], now: datetime) -> None:
    """Look anew at what agents may hold and do hold; what they chose themselves stays (A 14).

    Behind the locks of their loads a few statements find those whose presence is another now,
    however many hold a profile; only these are changed one by one. Who signs in meanwhile, or ends
    a choice, holds his load for that.
    """
    with transaction.atomic():
        lock_loads(agent_ids)
        following = Agent.objects.filter(
            pk__in=agent_ids,
            presence__is_manual=False,
            presence__base__in=FOLLOWING_CAPACITY,
        )
        for agent in with_load(following.select_related("presence")).order_by("pk"):
            if agent.presence.base != presence_by_capacity(capacity_of(agent)):
                follow_capacity(agent=agent, now=now, ends_choice=False)
