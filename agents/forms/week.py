"""The usual week as fields: every period of every day, so errors stand where they belong."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Any, Final

from django import forms
from django.forms import BoundField

from agents.actions.check_openings import MIDNIGHT, WEEKDAYS, Period, periods_of
from agents.models import OperatingHours

PERIODS_A_DAY: Final = 2
NINE, FIVE = time(9), time(17)
OVER_MIDNIGHT: Final = (
    "A day ends at 00:00. Split hours over midnight: {start:%H:%M} to 00:00 on this day, "
    "00:00 to {end:%H:%M} on the next."
)
USUAL_WEEK: Final = [Period(weekday, NINE, FIVE) for weekday in range(5)]


@dataclass(frozen=True, kw_only=True)
class Day:
    """One row of the week's table."""

    label: str
    periods: list[tuple[BoundField, BoundField]]


def time_field(label: str, value: time | None = None, *, required: bool = False) -> forms.TimeField:
    """A time of day."""
    attrs = {"type": "time", "class": "form-control"}
    return forms.TimeField(
        label=label,
        required=required,
        initial=value,
        widget=forms.TimeInput(attrs=attrs, format="%H:%M"),
    )


class WeekFields(forms.Form):
    """The part of the form of operating hours that is its usual week.

    Hours for certain days or weeks only are kept as they are: they have pages of their own.
    """

    def add_week(self, hours: OperatingHours) -> None:
        stored = periods_of(hours) if hours.pk else USUAL_WEEK
        self.kept = [period for period in stored if not period.is_weekly]
        week: dict[int, list[Period]] = defaultdict(list)
        for period in stored:
            if period.is_weekly:
                week[period.weekday].append(period)
        self.periods_a_day = max([PERIODS_A_DAY, *map(len, week.values())])
        for weekday, day in enumerate(WEEKDAYS):
            there = {number: (each.start, each.end) for number, each in enumerate(week[weekday])}
            for number, (start, end) in enumerate(self._names(weekday)):
                opens, closes = there.get(number, (None, None))
                label = f"{day}, period {number + 1}"
                self.fields[start] = time_field(f"{label}, from", opens)
                self.fields[end] = time_field(f"{label}, to", closes)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for weekday in range(len(WEEKDAYS)):
            self._clean_day(weekday)
        return cleaned

    def days(self) -> list[Day]:
        return [
            Day(
                label=label,
                periods=[(self[start], self[end]) for start, end in self._names(weekday)],
            )
            for weekday, label in enumerate(WEEKDAYS)
        ]

    def periods(self) -> list[Period]:
        return [*self.kept, *self._weekly()]

    def _weekly(self) -> Iterator[Period]:
        for weekday in range(len(WEEKDAYS)):
            for start, end in self._names(weekday):
                if self.cleaned_data[start] is not None:
                    yield Period(weekday, self.cleaned_data[start], self.cleaned_data[end])

    def _names(self, weekday: int) -> list[tuple[str, str]]:
        numbers = range(self.periods_a_day)
        return [(f"start-{weekday}-{each}", f"end-{weekday}-{each}") for each in numbers]

    def _clean_day(self, weekday: int) -> None:
        taken: list[tuple[time, time]] = []
        for start_name, end_name in self._names(weekday):
            start, end = self.cleaned_data.get(start_name), self.cleaned_data.get(end_name)
            if (start is None) != (end is None):
                missing = start_name if start is None else end_name
                self.add_error(missing, "A period needs both times.")
            elif start is not None and end is not None:
                if fault := over_midnight(start, end):
                    self.add_error(end_name, fault)
                if any(_overlap((start, end), other) for other in taken):
                    self.add_error(start_name, "This overlaps the other period of the day.")
                taken.append((start, end))


def over_midnight(start: time, end: time) -> str:
    """What to say of hours that go on after midnight; nothing of others."""
    if end == MIDNIGHT or end > start:
        return ""
    return OVER_MIDNIGHT.format(start=start, end=end)


def _overlap(one: tuple[time, time], other: tuple[time, time]) -> bool:
    return _begins_before_end(one, other) and _begins_before_end(other, one)


def _begins_before_end(one: tuple[time, time], other: tuple[time, time]) -> bool:
    return other[1] == MIDNIGHT or one[0] < other[1]
