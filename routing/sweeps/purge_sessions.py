"""Sign-ins of agents that are over go, and whoever was there by nothing else is offline."""

from datetime import datetime
from typing import Final

from agents.actions.end_session import end_session
from agents.models import AgentSession
from routing.sweeps.each import Turns, count_changed

_turns: Final = Turns[int]()


def sweep(*, now: datetime, limit: int) -> int:
    """End up to ``limit`` of those that began too long ago and where nobody is there."""
    due = AgentSession.objects.over(now).order_by("pk").values_list("pk", flat=True)
    ids = _turns.first(due, limit)
    return count_changed(ids, lambda pk: end_session(session_id=pk, now=now), _turns)
