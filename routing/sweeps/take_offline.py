"""Agents whose windows are all closed, or silent, are offline (A 14)."""

from datetime import datetime
from typing import Final

from agents.actions.note_window import gone, take_offline
from routing.sweeps.each import Turns, count_changed

_turns: Final = Turns[int]()


def sweep(*, now: datetime, limit: int) -> int:
    """Take up to ``limit`` agents offline."""
    due = gone(now).order_by("agent_id").values_list("agent_id", flat=True)
    ids = _turns.first(due, limit)
    return count_changed(ids, lambda pk: take_offline(agent_id=pk, now=now), _turns)
