"""Operating hours: a week of periods, and holidays."""

import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout
from django import forms
from django.forms import BoundField

from agents.actions.save_operating_hours import MIDNIGHT, Period
from agents.models import OperatingHours
from config.forms import AppModelForm

WEEKDAYS: Final = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
PERIODS_A_DAY: Final = 2
EMPTY_HOLIDAYS: Final = 3
NINE, FIVE = time(9), time(17)
OVER_MIDNIGHT: Final = (
    "A day ends at 00:00. Split hours over midnight: {start:%H:%M} to 00:00 on this day, "
    "00:00 to {end:%H:%M} on the next."
)
USUAL_WEEK: Final = [(weekday, NINE, FIVE) for weekday in range(5)]


@dataclass(frozen=True, kw_only=True)
class Day:
    """One row of the week's table."""

    label: str
    periods: list[tuple[BoundField, BoundField]]


def time_zones() -> list[tuple[str, str]]:
    """Places people know, and UTC."""
    names = (name for name in zoneinfo.available_timezones() if "/" in name)
    return [("UTC", "UTC"), *((name, name) for name in sorted(names) if not _is_technical(name))]


def _is_technical(name: str) -> bool:
    return name.startswith(("Etc/", "SystemV/", "US/", "posix/", "right/"))


class OperatingHoursForm(AppModelForm):
    """Every period and holiday is a field, so errors stand where they belong."""

    time_zone = forms.ChoiceField(
        help_text="Times below are local there; daylight saving is followed.", initial="UTC"
    )

    class Meta:
        model = OperatingHours
        fields = ["name", "time_zone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = time_zones()  # type: ignore[attr-defined]  # ChoiceField
        self.periods_a_day = PERIODS_A_DAY
        self._add_week()
        self._add_holidays()

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(
            "name", "time_zone", HTML("{% include 'agents/operating_hours/_week.html' %}")
        )
        return helper

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for weekday in range(len(WEEKDAYS)):
            self._clean_day(weekday)
        for row in range(self.holiday_count):
            self._clean_holiday(row)
        return cleaned

    def days(self) -> list[Day]:
        return [
            Day(
                label=label,
                periods=[(self[start], self[end]) for start, end in self._names(weekday)],
            )
            for weekday, label in enumerate(WEEKDAYS)
        ]

    def holiday_fields(self) -> list[tuple[BoundField, BoundField]]:
        return [
            (self[f"holiday-{row}"], self[f"reason-{row}"]) for row in range(self.holiday_count)
        ]

    def periods(self) -> list[Period]:
        return [
            Period(weekday, self.cleaned_data[start], self.cleaned_data[end])
            for weekday in range(len(WEEKDAYS))
            for start, end in self._names(weekday)
            if self.cleaned_data[start] is not None
        ]

    def holidays(self) -> list[tuple[date, str]]:
        return [
            (self.cleaned_data[f"holiday-{row}"], self.cleaned_data[f"reason-{row}"])
            for row in range(self.holiday_count)
            if self.cleaned_data[f"holiday-{row}"]
        ]

    def _add_week(self) -> None:
        week: dict[int, list[tuple[time, time]]] = {}
        for weekday, start, end in self._stored_week():
            week.setdefault(weekday, []).append((start, end))
        self.periods_a_day = max([PERIODS_A_DAY, *map(len, week.values())])
        for weekday, day in enumerate(WEEKDAYS):
            stored = iter(week.get(weekday, []))
            for number, names in enumerate(self._names(weekday), start=1):
                for name, word, value in zip(
                    names, ("from", "to"), next(stored, (None, None)), strict=True
                ):
                    self.fields[name] = forms.TimeField(
                        label=f"{day}, period {number}, {word}",
                        required=False,
                        initial=value,
                        widget=forms.TimeInput(
                            attrs={"type": "time", "class": "form-control"}, format="%H:%M"
                        ),
                    )

    def _stored_week(self) -> Iterator[tuple[int, time, time]]:
        if self.instance.pk is None:
            yield from USUAL_WEEK
            return
        for period in self.instance.periods.all():
            yield period.weekday, period.start, period.end

    def _add_holidays(self) -> None:
        stored: list[tuple[date | None, str]] = []
        if self.instance.pk is not None:
            stored = [(each.date, each.reason) for each in self.instance.holidays.all()]
        self.holiday_count = len(stored) + EMPTY_HOLIDAYS
        stored += [(None, "")] * EMPTY_HOLIDAYS
        for row, (day, reason) in enumerate(stored):
            self.fields[f"holiday-{row}"] = forms.DateField(
                label=f"Holiday {row + 1}",
                required=False,
                initial=day,
                widget=forms.DateInput(
                    attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"
                ),
            )
            self.fields[f"reason-{row}"] = forms.CharField(
                label=f"Reason of holiday {row + 1}",
                required=False,
                max_length=200,
                initial=reason,
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )

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
                self._clean_period(start_name, end_name, start, end, taken)
                taken.append((start, end))

    def _clean_holiday(self, row: int) -> None:
        name = f"holiday-{row}"
        if self.cleaned_data.get(f"reason-{row}") and self.cleaned_data.get(name, "") is None:
            self.add_error(name, "A holiday needs its date; empty both to remove it.")

    def _clean_period(
        self,
        start_name: str,
        end_name: str,
        start: time,
        end: time,
        taken: list[tuple[time, time]],
    ) -> None:
        if end != MIDNIGHT and end <= start:
            self.add_error(end_name, OVER_MIDNIGHT.format(start=start, end=end))
        for other_start, other_end in taken:
            before = other_end != MIDNIGHT and other_end <= start
            after = end != MIDNIGHT and end <= other_start
            if not before and not after:
                self.add_error(start_name, "This overlaps the other period of the day.")
