"""The open windows of agents, in whatever browser: how it is known that somebody is gone."""

from datetime import datetime, timedelta
from typing import Final

from django.db import models
from django.db.models import Max, Q
from django.db.models.functions import Greatest

from agents.models.agent import Agent
from agents.terms import SILENCE

# A page that leads to the next one closes too.
GRACE: Final = timedelta(seconds=10)


class AgentWindowQuerySet(models.QuerySet["AgentWindow"]):
    """Windows by whether they are still there."""

    def living(self, at: datetime) -> "AgentWindowQuerySet":
        """Open and heard of, or closed only just now."""
        return self.filter(_lives(at))

    def dead(self, at: datetime) -> "AgentWindowQuerySet":
        """All others; without a look elsewhere, so one that tells while it is deleted stays."""
        return self.exclude(_lives(at))

    def last_heard_at(self) -> datetime | None:
        """When the last of them told anything, be it that it closes."""
        told = self.aggregate(at=Max(Greatest("seen_at", "closed_at")))
        found: datetime | None = told["at"]
        return found


def _lives(at: datetime) -> Q:
    is_open = Q(closed_at__isnull=True, seen_at__gt=at - SILENCE)
    return is_open | Q(closed_at__gt=at - GRACE)


class AgentWindow(models.Model):
    """One open page of an agent, as long as it tells that it is there.

    Pages without scripts, and programs, tell nothing and have no rows: nobody is taken offline
    for them. ``closed_at`` is kept for a moment, because a page that leads to the next one closes
    too.
    """

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="windows")
    session = models.ForeignKey(
        "agents.AgentSession",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="windows",
    )
    key = models.UUIDField(unique=True)
    seen_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = AgentWindowQuerySet.as_manager()

    class Meta:
        indexes = [
            # Windows that closed. None for ``seen_at``: it changes every minute, only inside the
            # page of its row as long as no index has it.
            models.Index(
                fields=["closed_at"],
                name="agents_window_closed",
                condition=Q(closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} {self.key}"
