"""Sign-ins of agents that are over go."""

from datetime import datetime

from agents.models import AgentSession
from routing.sweeps.old_rows import delete_first


def sweep(*, now: datetime, limit: int) -> int:
    """Delete up to ``limit`` of those that began too long ago and where nobody is there."""
    return delete_first(AgentSession.objects.over(now), limit)
