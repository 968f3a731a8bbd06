"""Forms of one entry of operating hours: a new one, and other times for one that is there."""

from datetime import time
from typing import Any, Final

from django import forms

from agents.actions.check_openings import MIDNIGHT, WEEKDAYS, Period
from agents.forms.holidays import date_field
from agents.forms.week import over_midnight, time_field
from agents.terms import Reach, choices
from config.forms import AppForm

ONE_DAY, WEEKLY, RARER = "day", "weekly", "rarer"
REPEATS: Final = [
    (ONE_DAY, "On one day only"),
    (WEEKLY, "Every week"),
    (RARER, "Every so many weeks"),
]
REPEATING: Final = f"repeats={WEEKLY}|{RARER}"


class TimesForm(AppForm):
    """From when to when, or all day."""

    all_day = forms.BooleanField(required=False, label="All day")
    start = time_field("From")
    end = time_field("To")
    shown_when = {"start": "all_day=", "end": "all_day="}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("all_day"):
            return cleaned
        start, end = cleaned.get("start"), cleaned.get("end")
        for name, value in (("start", start), ("end", end)):
            if value is None and name not in self.errors:
                self.add_error(name, "Name a time, or choose all day.")
        if start is not None and end is not None and (fault := over_midnight(start, end)):
            self.add_error("end", fault)
        return cleaned

    def times(self) -> tuple[time, time]:
        if self.cleaned_data["all_day"]:
            return MIDNIGHT, MIDNIGHT
        return self.cleaned_data["start"], self.cleaned_data["end"]


class NewOpeningForm(TimesForm):
    """Hours on one day, on weekdays every week, or in every so many weeks."""

    repeats = forms.ChoiceField(choices=REPEATS, initial=ONE_DAY, label="When")
    day = date_field("Day")
    weekdays = forms.TypedMultipleChoiceField(
        choices=list(enumerate(WEEKDAYS)),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Weekdays",
    )
    every_weeks = forms.IntegerField(
        min_value=2,
        max_value=52,
        required=False,
        initial=2,
        label="Weeks from one to the next",
        help_text="2 is every second week, counted from the week of the first day.",
    )
    first = date_field("First day", help_text="Empty: it holds already.")
    last = date_field("Last day", help_text="Empty: it goes on.")

    fieldsets = (
        ("", ("repeats", "day", "weekdays", "every_weeks", ("first", "last"))),
        ("Time", ("all_day", ("start", "end"))),
    )
    shown_when = {
        **TimesForm.shown_when,
        "day": f"repeats={ONE_DAY}",
        "weekdays": REPEATING,
        "every_weeks": f"repeats={RARER}",
        "first": REPEATING,
        "last": REPEATING,
    }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        match cleaned.get("repeats"):
            case "day":
                self._need("day", "Name the day.")
            case "weekly" | "rarer" as repeats:
                self._need("weekdays", "Choose at least one weekday.")
                if repeats == RARER:
                    self._need("every_weeks", "Say how many weeks lie between.")
                    self._need("first", "Name the day from which the weeks are counted.")
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day is not before the first.")
        return cleaned

    def openings(self) -> list[Period]:
        """One entry a weekday."""
        said, (start, end) = self.cleaned_data, self.times()
        if said["repeats"] == ONE_DAY:
            day = said["day"]
            return [Period(day.weekday(), start, end, day, day)]
        weeks = said["every_weeks"] if said["repeats"] == RARER else 1
        return [
            Period(weekday, start, end, said["first"], said["last"], weeks)
            for weekday in said["weekdays"]
        ]

    def _need(self, name: str, sentence: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, sentence)


def reach_field() -> forms.ChoiceField:
    """How far a change reaches."""
    return forms.ChoiceField(
        choices=choices(Reach),
        initial=Reach.THIS.value,
        widget=forms.RadioSelect,
        label="This holds for",
    )


class RemoveOpeningForm(AppForm):
    """How much of an entry goes."""

    reach = reach_field()


class OpeningForm(TimesForm):
    """Other times for an entry, as far as they shall reach."""

    reach = reach_field()
    fieldsets = (("", ("all_day", ("start", "end"), "reach")),)
