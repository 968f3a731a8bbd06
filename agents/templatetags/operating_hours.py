"""Operating hours in words."""

from collections.abc import Iterable
from itertools import groupby

from django import template

from agents.actions.save_operating_hours import MIDNIGHT
from agents.models import OperatingPeriod

register = template.Library()

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@register.filter
def week_in_words(periods: Iterable[OperatingPeriod]) -> list[str]:
    """`Mon to Fri 09:00 to 17:00`: neighbouring days with the same times share a line."""
    times: dict[int, str] = {}
    for period in sorted(periods, key=lambda each: (each.weekday, each.start)):
        is_all_day = period.start == period.end == MIDNIGHT
        span = "all day" if is_all_day else f"{period.start:%H:%M} to {period.end:%H:%M}"
        times[period.weekday] = ", ".join(filter(None, [times.get(period.weekday), span]))
    lines = []
    for (hours, _), group in groupby(
        enumerate(times.items()), key=lambda entry: (entry[1][1], entry[1][0] - entry[0])
    ):
        days = [weekday for _, (weekday, _) in group]
        lines.append(f"{_span(days)} {hours}")
    return lines


def _span(days: list[int]) -> str:
    first, last = DAYS[days[0]], DAYS[days[-1]]
    return first if first == last else f"{first} to {last}"
