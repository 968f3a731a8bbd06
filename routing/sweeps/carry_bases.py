"""Who came while the base of his presence was changed has the new one (A 14)."""

from datetime import datetime
from typing import Final

from agents.actions.carry_bases_over import carry_base_over, of_other_bases
from routing.sweeps.each import Turns, count_changed

_turns: Final = Turns[int]()


def sweep(*, now: datetime, limit: int) -> int:
    """Carry the base over to up to ``limit`` agents."""
    due = of_other_bases().order_by("agent_id").values_list("agent_id", flat=True)
    ids = _turns.first(due, limit)
    return count_changed(ids, lambda pk: carry_base_over(agent_id=pk, now=now), _turns)
