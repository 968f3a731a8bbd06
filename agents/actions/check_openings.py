"""What entries and holidays of operating hours say, and what nobody could keep."""

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from typing import Final, NamedTuple

from agents.exceptions import (
    HolidayDaysWrong,
    HolidayTwice,
    HoursHaveNoStart,
    HoursNeverHold,
    PeriodsOverlap,
)
from agents.models import OperatingHours, OperatingPeriod

MIDNIGHT: Final = time(0)
WEEKDAYS: Final = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
# A longer one that comes each year would be every day of the year.
LONGEST_YEARLY: Final = timedelta(days=365)


class Period(NamedTuple):
    """Open on a weekday (Monday is 0) from start to end; midnight ends the day.

    ``every_weeks`` counts from the week of the first day; ``except_on`` are dates without it.
    """

    weekday: int
    start: time
    end: time
    valid_from: date | None = None
    valid_until: date | None = None
    every_weeks: int = 1
    except_on: tuple[date, ...] = ()

    @property
    def recurrence(self) -> tuple[date | None, date | None, int]:
        """On which of its weekdays it holds; entries of other recurrences may overlap it."""
        return self.valid_from, self.valid_until, self.every_weeks

    @property
    def is_weekly(self) -> bool:
        """Whether it belongs to the usual week."""
        return self.recurrence == (None, None, 1) and not self.except_on


class DayOff(NamedTuple):
    """A holiday: one day, or days up to ``until``; each year again or not."""

    day: date
    reason: str = ""
    until: date | None = None
    repeats_yearly: bool = False


def check_periods(periods: Sequence[Period]) -> None:
    """Refuses hours nobody could keep."""
    for period in sorted(periods, key=lambda each: each[:3]):
        check_recurrence(period)
        if period.end != MIDNIGHT and period.end <= period.start:
            raise PeriodsOverlap
    check_overlaps(periods)


def check_overlaps(periods: Iterable[Period]) -> None:
    """Refuses periods of one weekday and the same recurrence that overlap."""
    last_end: dict[object, time] = {}
    for period in sorted(periods, key=lambda each: each[:3]):
        place = (period.weekday, period.recurrence)
        before = last_end.get(place)
        if before is not None and (before == MIDNIGHT or period.start < before):
            raise PeriodsOverlap
        last_end[place] = period.end


def check_recurrence(period: Period) -> None:
    """Refuses an entry without a start to count from, and one that never comes."""
    if period.every_weeks != 1 and period.valid_from is None:
        raise HoursHaveNoStart
    if period.valid_from is None or period.valid_until is None:
        return
    first = next_weekday(period.valid_from, period.weekday)
    # Counted from the week of the first day: when that week's day is past, in a later one.
    if first - timedelta(days=first.weekday()) != _monday(period.valid_from):
        first += timedelta(weeks=period.every_weeks - 1)
    if first > period.valid_until:
        raise HoursNeverHold(
            weekday=WEEKDAYS[period.weekday], first=period.valid_from, last=period.valid_until
        )


def check_holidays(holidays: Iterable[DayOff]) -> None:
    """Refuses holidays nobody could keep, and two that begin on one day."""
    taken: set[date] = set()
    for holiday in holidays:
        check_holiday(holiday)
        if holiday.day in taken:
            raise HolidayTwice(day=holiday.day)
        taken.add(holiday.day)


def check_holiday(holiday: DayOff) -> None:
    """Refuses a range that ends before it begins, and a yearly one of a whole year."""
    if holiday.until is None:
        return
    is_too_long = holiday.repeats_yearly and holiday.until - holiday.day >= LONGEST_YEARLY
    if holiday.until <= holiday.day or is_too_long:
        raise HolidayDaysWrong(first=holiday.day, last=holiday.until)


def next_weekday(day: date, weekday: int) -> date:
    """The first such weekday on or after the day."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def periods_of(hours: OperatingHours) -> list[Period]:
    """The entries that are stored; none of hours that are not."""
    if not hours.pk:
        return []
    return [period_of(row) for row in hours.periods.all()]


def period_of(row: OperatingPeriod) -> Period:
    """What a row says."""
    return Period(
        row.weekday,
        row.start,
        row.end,
        row.valid_from,
        row.valid_until,
        row.every_weeks,
        tuple(row.except_on),
    )


def holidays_of(hours: OperatingHours) -> list[DayOff]:
    """The holidays that are stored; none of hours that are not."""
    if not hours.pk:
        return []
    return [
        DayOff(row.date, row.reason, row.until, row.repeats_yearly) for row in hours.holidays.all()
    ]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
