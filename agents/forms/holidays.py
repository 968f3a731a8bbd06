"""Holidays as fields: a row each, and some empty rows for more."""

from datetime import date
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import BoundField

from agents.actions.check_openings import DayOff, check_holiday, holidays_of
from agents.exceptions import HolidayDaysWrong
from agents.models import OperatingHours

EMPTY_HOLIDAYS: Final = 3
TWICE: Final = "Another holiday begins on this day."
Row = tuple[BoundField, BoundField, BoundField, BoundField]


def date_field(
    label: str, value: date | None = None, *, required: bool = False, help_text: str = ""
) -> forms.DateField:
    """A day people plan for."""
    attrs = {"type": "date", "class": "form-control"}
    sentence = "Name a year from 1900 to 2999."
    return forms.DateField(
        label=label,
        required=required,
        initial=value,
        help_text=help_text,
        widget=forms.DateInput(attrs=attrs, format="%Y-%m-%d"),
        validators=[
            MinValueValidator(date(1900, 1, 1), sentence),
            MaxValueValidator(date(2999, 12, 31), sentence),
        ],
    )


class HolidayFields(forms.Form):
    """The part of the form of operating hours that is its days off."""

    def add_holidays(self, hours: OperatingHours) -> None:
        stored: list[DayOff | None] = [*holidays_of(hours), *[None] * EMPTY_HOLIDAYS]
        self.holiday_count = len(stored)
        for row, holiday in enumerate(stored):
            number = row + 1
            self.fields[f"holiday-{row}"] = date_field(f"Holiday {number}", holiday and holiday.day)
            self.fields[f"until-{row}"] = date_field(
                f"Last day of holiday {number}", holiday and holiday.until
            )
            self.fields[f"reason-{row}"] = forms.CharField(
                label=f"Reason of holiday {number}",
                required=False,
                max_length=200,
                initial=holiday.reason if holiday else "",
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )
            self.fields[f"yearly-{row}"] = forms.BooleanField(
                label=f"Holiday {number} comes each year",
                required=False,
                initial=bool(holiday and holiday.repeats_yearly),
                widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        taken: set[date] = set()
        for row in range(self.holiday_count):
            self._clean_holiday(row, taken)
        return cleaned

    def holiday_fields(self) -> list[Row]:
        names = ("holiday", "until", "reason", "yearly")
        return [
            tuple(self[f"{name}-{row}"] for name in names)  # type: ignore[misc]  # four names
            for row in range(self.holiday_count)
        ]

    def holidays(self) -> list[DayOff]:
        return [
            self._day_off(row)
            for row in range(self.holiday_count)
            if self.cleaned_data.get(f"holiday-{row}")
        ]

    def _day_off(self, row: int) -> DayOff:
        first, last = self.cleaned_data[f"holiday-{row}"], self.cleaned_data.get(f"until-{row}")
        return DayOff(
            first,
            self.cleaned_data.get(f"reason-{row}", ""),
            None if last == first else last,
            self.cleaned_data.get(f"yearly-{row}", False),
        )

    def _clean_holiday(self, row: int, taken: set[date]) -> None:
        name, first = f"holiday-{row}", self.cleaned_data.get(f"holiday-{row}")
        if first is None:
            said = [self.cleaned_data.get(f"{part}-{row}") for part in ("until", "reason")]
            if any(said) and name not in self.errors:
                self.add_error(name, "A holiday needs its first day; empty all to remove it.")
            return
        if first in taken:
            self.add_error(name, TWICE)
        taken.add(first)
        try:
            check_holiday(self._day_off(row))
        except HolidayDaysWrong:
            sentence = "The last day comes after the first, within a year."
            self.add_error(f"until-{row}", sentence)
