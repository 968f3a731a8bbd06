"""When a queue is open, in its own wall time, with holidays.

The wall clock decides: an hour that the clock skips is not there, and one that it shows
twice counts both times. A holiday begins and ends at midnight of the hours' own zone.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

from routing.engine.configuration import OperatingHours, Period
from routing.engine.recurrence import falls_on, holds_on

# An entry of every 52nd week that meets a holiday comes again in the second year.
DAYS_AHEAD: Final = 800
# Who is open for longer is told no closing time.
DAYS_TO_CLOSING: Final = 14
MINUTE: Final = timedelta(minutes=1)
DAY: Final = timedelta(days=1)

Span = tuple[datetime, datetime]


def is_open(hours: OperatingHours | None, at: datetime) -> bool:
    """Whether the hours hold at that moment; without hours it is always open."""
    if hours is None:
        return True
    wall = _wall(hours, at)
    today = wall.date()
    if is_day_off(hours, today):
        return False
    days = (today, today - DAY)
    return any(start <= wall < end for day in days for start, end in _spans(hours, day))


def is_holiday(hours: OperatingHours, at: datetime) -> bool:
    """Whether that moment is on one of the days off, by the wall clock of the hours."""
    return is_day_off(hours, at.astimezone(hours.time_zone).date())


def is_day_off(hours: OperatingHours, day: date) -> bool:
    """Whether a holiday falls on the day."""
    return any(falls_on(holiday, day) for holiday in hours.holidays)


def next_opening(hours: OperatingHours | None, at: datetime) -> datetime | None:
    """The moment itself if open, else the next opening; None if none is to come."""
    if is_open(hours, at) or hours is None:
        return at
    for day in _days_with_openings(hours, at.astimezone(hours.time_zone).date()):
        moments = [start for start, _ in _spans(hours, day)]
        if (found := _first(hours, day, moments, at, is_wanted=True)) is not None:
            return found
    return None


def next_closing(hours: OperatingHours | None, at: datetime) -> datetime | None:
    """When what is open now closes; None if it is closed, or open for two weeks more."""
    if hours is None or not is_open(hours, at):
        return None
    today = at.astimezone(hours.time_zone).date()
    for ahead in range(-1, DAYS_TO_CLOSING):
        day = today + ahead * DAY
        moments = [end for _, end in _spans(hours, day)]
        moments.append(datetime.combine(day + DAY, time.min))
        if (found := _first(hours, day, moments, at, is_wanted=False)) is not None:
            return found
    return None


def spans_of_day(hours: OperatingHours, day: date) -> list[Span]:
    """The wall times between which it is open on a calendar day, in order and joined."""
    if is_day_off(hours, day):
        return []
    first = datetime.combine(day, time.min)
    around = [*_spans(hours, day - DAY), *_spans(hours, day)]
    cut = [(max(start, first), min(end, first + DAY)) for start, end in around]
    return _joined(each for each in cut if each[0] < each[1])


def moments_of_day(hours: OperatingHours, day: date) -> list[Span]:
    """The moments between which it is open on a calendar day, in order; parted where the clock is
    changed."""
    spans = spans_of_day(hours, day)
    edges = sorted(_moments(hours, day, [wall for span in spans for wall in span]))
    return [
        (opens, closes)
        for opens, closes in pairwise(edges)
        if any(start <= _wall(hours, opens) < end for start, end in spans)
    ]


def end_of_shift(hours: OperatingHours, at: datetime) -> datetime | None:
    """When the last shift of the day ends in which that moment is; None if that is over.

    A shift that runs past midnight belongs to the day in which it begins, and a holiday ends it.
    """
    today = _wall(hours, at).date()
    shifts = [
        (start.date(), moment_of(hours, start), _over_at(hours, end))
        for start, end in _shifts(hours, today)
    ]
    day = min((begun for begun, start, end in shifts if start <= at < end), default=today)
    moment = max((end for begun, _, end in shifts if begun == day), default=at)
    return moment if moment > at else None


def _over_at(hours: OperatingHours, wall: datetime) -> datetime:
    """When what runs until this time is over: where the clock shows it twice after the second,
    unless the clock is set back to it, and showed only later times since the first."""
    first, second = (moment_of(hours, wall.replace(fold=fold)) for fold in (0, 1))
    return second if _wall(hours, second - MINUTE) < wall else first


def _shifts(hours: OperatingHours, today: date) -> list[Span]:
    """Those around a day: what goes on without a break is one, though written down as two days.

    Where nothing breaks it for a day or more, it is as many as were written down.
    """
    spans: list[Span] = []
    for day in (today + ahead * DAY for ahead in range(-2, 2)):
        midnight = datetime.combine(day + DAY, time.min)
        is_cut = is_day_off(hours, day + DAY)
        spans += [(a, min(b, midnight) if is_cut else b) for a, b in _spans(hours, day)]
    whole = _joined(spans)
    endless = [each for each in whole if each[1] - each[0] >= DAY]
    parts = [each for each in spans if any(a <= each[0] < b for a, b in endless)]
    return [*(each for each in whole if each not in endless), *parts]


def _joined(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _spans(hours: OperatingHours, day: date) -> Iterator[Span]:
    """The wall times between which the periods of a day run; holidays have none."""
    if is_day_off(hours, day):
        return
    for period in hours.periods:
        if holds_on(period, day):
            start = datetime.combine(day, period.start)
            yield start, datetime.combine(_last_day(period, day), period.end)


def _last_day(period: Period, day: date) -> date:
    return day + DAY if period.end <= period.start else day


def _days_with_openings(hours: OperatingHours, today: date) -> Iterator[date]:
    """Days to look at: those ahead, and those after a first day that is still far away."""
    horizon = today + DAYS_AHEAD * DAY
    far = {each.valid_from for each in hours.periods if (each.valid_from or today) > horizon}
    for first in [today, *sorted(filter(None, far))]:
        for ahead in range(DAYS_AHEAD):
            yield first + ahead * DAY


def _first(
    hours: OperatingHours, day: date, walls: list[datetime], at: datetime, *, is_wanted: bool
) -> datetime | None:
    """The first of the moments after ``at`` at which it is open, or is not."""
    later = sorted(moment for moment in _moments(hours, day, walls) if moment > at)
    return next((each for each in later if is_open(hours, each) is is_wanted), None)


def _moments(hours: OperatingHours, day: date, walls: list[datetime]) -> set[datetime]:
    """Those at which it may open or close: a wall time comes twice when the clock is set back, and
    a change of the clock itself may open or close."""
    moments = {moment_of(hours, wall.replace(fold=fold)) for wall in walls for fold in (0, 1)}
    return moments.union(_clock_changes(hours, day))


def _clock_changes(hours: OperatingHours, day: date) -> Iterator[datetime]:
    """The moment of the day at which the clock is put forward or back, if there is one."""
    low, high = (
        datetime.combine(each, time.min, tzinfo=hours.time_zone).astimezone(UTC)
        for each in (day, day + DAY)
    )
    before = low.astimezone(hours.time_zone).utcoffset()
    if high.astimezone(hours.time_zone).utcoffset() == before:
        return
    while high - low > MINUTE:
        middle = low + (high - low) / 2
        if middle.astimezone(hours.time_zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    yield high.replace(second=0, microsecond=0)


def _wall(hours: OperatingHours, at: datetime) -> datetime:
    return at.astimezone(hours.time_zone).replace(tzinfo=None)


def moment_of(hours: OperatingHours, wall: datetime) -> datetime:
    """The first moment the clock shows this time or, where it jumps over it, a later one."""
    zone = hours.time_zone
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None, fold=0) == wall.replace(fold=0):
        return moment
    earlier, later = sorted(wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    while earlier < later and earlier.astimezone(zone).replace(tzinfo=None) < wall:
        earlier += MINUTE
    return earlier
