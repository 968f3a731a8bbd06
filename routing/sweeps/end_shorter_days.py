"""Profiles of the day come back, too, when it ends earlier than noted by shorter hours (A 13)."""

from datetime import datetime
from typing import Final

from routing.queries.end_of_day import over_before_noted
from routing.sweeps.each import Turns, count_changed
from routing.sweeps.end_days import end_day

_turns: Final = Turns[int]()


def sweep(*, now: datetime, limit: int) -> int:
    """Give back those of up to ``limit`` receipts. Looks through all days that go on, so it runs
    more rarely than what ends days as noted."""
    over = over_before_noted(now).order_by("day_ends_at").values_list("pk", flat=True)
    ids = _turns.first(over, limit)
    return count_changed(ids, lambda pk: end_day(pk, now), _turns)
