"""The sign-ins of agents, one a browser: how it is known that the last of them ended."""

from datetime import datetime, timedelta
from typing import Final

from django.db import models
from django.db.models import Exists, OuterRef, Q

from agents.models.agent import Agent
from agents.models.window import AgentWindow

# As long as the cookie of a sign-in lasts.
LASTS: Final = timedelta(hours=12)


class AgentSessionQuerySet(models.QuerySet["AgentSession"]):
    """Sign-ins by whether somebody is still there."""

    def living(self, at: datetime) -> "AgentSessionQuerySet":
        """With a window that lives; without scripts, until the cookie is over."""
        windows = AgentWindow.objects.filter(session=OuterRef("pk"))
        return self.filter(_is_silent(at) | Exists(windows.living(at)))

    def silent(self, at: datetime) -> "AgentSessionQuerySet":
        """Without scripts, and the cookie lasts."""
        return self.filter(_is_silent(at))

    def over(self, at: datetime) -> "AgentSessionQuerySet":
        """Signed in too long ago, and nobody there."""
        return self.filter(begun_at__lte=at - LASTS).exclude(pk__in=self.living(at).values("pk"))


def _is_silent(at: datetime) -> Q:
    return Q(has_told=False, begun_at__gt=at - LASTS)


class AgentSession(models.Model):
    """One sign-in of an agent, until it signs out.

    ``key`` is in the cookie's session, never shown. ``has_told`` once a window of it told that it
    is there: pages without scripts never do.
    """

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="sessions")
    key = models.UUIDField(unique=True)
    begun_at = models.DateTimeField()
    has_told = models.BooleanField(default=False, db_default=False)

    objects = AgentSessionQuerySet.as_manager()

    class Meta:
        indexes = [
            # The purge of those that are over.
            models.Index(fields=["begun_at"], name="agents_session_begun"),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} {self.begun_at}"
