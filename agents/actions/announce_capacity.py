"""Limits of agents changed: routing hears of it, and their presence follows."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models

from agents.signals import capacity_changed


def announce_capacity(
    *, sender: type[models.Model], agent_ids: Iterable[int], now: datetime
) -> None:
    """In the transaction of the change. Routing has the locks behind which presences are worked
    out anew."""
    if ids := sorted(set(agent_ids)):
        capacity_changed.send(sender=sender, agent_ids=ids, now=now)
