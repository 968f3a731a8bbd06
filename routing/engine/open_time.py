"""How long something has waited while it was open."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from routing.engine.configuration import OperatingHours
from routing.engine.hours import DAY, Span, is_open, moments_of_day, next_closing

# Waits are of two days at most, which a queue is open in within two months, an hour a day.
DAYS_BACK: Final = 60


def waiting_since(hours: OperatingHours | None, now: datetime, wait: timedelta) -> datetime | None:
    """What came then has waited so long of the time that it was open; None while it is closed, and
    where it was open for less in the last two months."""
    if hours is None:
        return now - wait
    if not is_open(hours, now):
        return None
    for start, end in _spans_before(hours, now):
        if end - start >= wait:
            return end - wait
        wait -= end - start
    return None


def was_open(hours: OperatingHours | None, *, since: datetime, until: datetime) -> bool:
    """Whether it was open all the time."""
    closing = next_closing(hours, since)
    return is_open(hours, since) and (closing is None or closing > until)


def _spans_before(hours: OperatingHours, now: datetime) -> Iterator[Span]:
    """When it was open, the last time first."""
    today = now.astimezone(hours.time_zone).date()
    for back in range(DAYS_BACK):
        for start, end in reversed(moments_of_day(hours, today - back * DAY)):
            if start < now:
                yield start, min(now, end).astimezone(UTC)
