"""Operating hours in words."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django import template

from agents.actions.check_openings import MIDNIGHT, WEEKDAYS, period_of
from agents.models import Holiday, OperatingHours, OperatingPeriod

register = template.Library()

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@register.filter
def week_in_words(periods: Iterable[OperatingPeriod]) -> list[str]:
    """`Mon to Fri 09:00 to 17:00`: neighbouring days with the same times share a line.

    Hours for certain days are counted in a line of their own.
    """
    every = list(periods)
    weekly = [each for each in every if period_of(each).is_weekly]
    times: dict[int, str] = {}
    for period in sorted(weekly, key=lambda each: (each.weekday, each.start)):
        span = times_in_words(period)
        times[period.weekday] = ", ".join(filter(None, [times.get(period.weekday), span]))
    lines = []
    for (hours, _), group in groupby(
        enumerate(times.items()), key=lambda entry: (entry[1][1], entry[1][0] - entry[0])
    ):
        days = [weekday for _, (weekday, _) in group]
        lines.append(f"{_span(days)} {hours}")
    if rest := len(every) - len(weekly):
        lines.append(f"{rest} more for certain days")
    return lines


@register.filter
def times_in_words(period: OperatingPeriod) -> str:
    """`09:00 to 17:00`, or `all day`."""
    if period.start == period.end == MIDNIGHT:
        return "all day"
    end = "24:00" if period.end == MIDNIGHT else f"{period.end:%H:%M}"
    return f"{period.start:%H:%M} to {end}"


@register.filter
def entry_in_words(period: OperatingPeriod) -> str:
    """An entry with the days on which it holds."""
    return ", ".join(_entry_words(period))


@register.filter
def days_in_words(holiday: Holiday) -> str:
    """`24 December to 2 January, each year`."""
    if holiday.repeats_yearly:
        until = f" to {holiday.until:%-d %B}" if holiday.until else ""
        return f"{holiday.date:%-d %B}{until}, each year"
    until = f" to {_day(holiday.until)}" if holiday.until else ""
    return f"{_day(holiday.date)}{until}"


@register.filter
def moment_of(moment: datetime, hours: OperatingHours) -> str:
    """A moment by the clock of the hours."""
    return f"{moment.astimezone(ZoneInfo(hours.time_zone)):%a %-d %b, %H:%M}"


def _entry_words(period: OperatingPeriod) -> Iterator[str]:
    times = times_in_words(period)
    if period.valid_from is not None and period.valid_from == period.valid_until:
        yield f"{DAYS[period.weekday]} {_day(period.valid_from)}: {times}"
        return
    weekday = WEEKDAYS[period.weekday]
    every = f"every {period.every_weeks} weeks" if period.every_weeks > 1 else "every week"
    yield f"{weekday}, {every}: {times}"
    if period.valid_from is not None:
        yield f"from {_day(period.valid_from)}"
    if period.valid_until is not None:
        yield f"until {_day(period.valid_until)}"
    if period.except_on:
        yield f"not on {', '.join(_day(day) for day in period.except_on)}"


def _day(day: date) -> str:
    return f"{day:%-d %b %Y}"


def _span(days: list[int]) -> str:
    first, last = DAYS[days[0]], DAYS[days[-1]]
    return first if first == last else f"{first} to {last}"
