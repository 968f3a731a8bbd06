"""When a queue is open, in its own wall time, with holidays."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

from routing.engine.configuration import OperatingHours, Period

DAYS_AHEAD: Final = 400
MINUTE: Final = timedelta(minutes=1)
DAY: Final = timedelta(days=1)


def is_open(hours: OperatingHours | None, at: datetime) -> bool:
    """Whether the hours hold at that moment; without hours it is always open."""
    if hours is None:
        return True
    wall = at.astimezone(hours.time_zone).replace(tzinfo=None)
    today = wall.date()
    if today in hours.holidays:
        return False
    days = (today, today - DAY)
    return any(start <= wall < end for day in days for start, end in _spans(hours, day))


def is_holiday(hours: OperatingHours, at: datetime) -> bool:
    """Whether that moment is on one of the days off, by the wall clock of the hours."""
    return at.astimezone(hours.time_zone).date() in hours.holidays


def next_opening(hours: OperatingHours | None, at: datetime) -> datetime | None:
    """The moment itself if open, else the next opening; None if there is none in a year."""
    if is_open(hours, at) or hours is None:
        return at
    today = at.astimezone(hours.time_zone).date()
    for ahead in range(DAYS_AHEAD):
        openings = [moment for moment in _openings(hours, today + ahead * DAY) if moment > at]
        if openings:
            return min(openings)
    return None


def _spans(hours: OperatingHours, day: date) -> Iterator[tuple[datetime, datetime]]:
    """The wall times between which the periods of a day run; holidays have none."""
    if day in hours.holidays:
        return
    for period in hours.periods:
        if period.weekday == day.weekday():
            start = datetime.combine(day, period.start)
            yield start, datetime.combine(_last_day(period, day), period.end)


def _last_day(period: Period, day: date) -> date:
    return day + DAY if period.end <= period.start else day


def _openings(hours: OperatingHours, day: date) -> Iterator[datetime]:
    """The moments the wall clock shows a start: two when it is set back, else one."""
    for start, _ in _spans(hours, day):
        for fold in (0, 1):
            yield _moment(hours, start.replace(fold=fold))


def _moment(hours: OperatingHours, wall: datetime) -> datetime:
    """The first moment the clock shows this time or, where it jumps over it, a later one."""
    zone = hours.time_zone
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None, fold=0) == wall.replace(fold=0):
        return moment
    earlier, later = sorted(wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    while earlier < later and earlier.astimezone(zone).replace(tzinfo=None) < wall:
        earlier += MINUTE
    return earlier
