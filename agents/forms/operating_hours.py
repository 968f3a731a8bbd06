"""Operating hours: a usual week of periods, and holidays."""

import zoneinfo
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout
from django import forms

from agents.forms.holidays import HolidayFields
from agents.forms.week import WeekFields
from agents.models import OperatingHours
from config.forms import AppModelForm


def time_zones() -> list[tuple[str, str]]:
    """Places people know, and UTC."""
    names = (name for name in zoneinfo.available_timezones() if "/" in name)
    return [("UTC", "UTC"), *((name, name) for name in sorted(names) if not _is_technical(name))]


def _is_technical(name: str) -> bool:
    return name.startswith(("Etc/", "SystemV/", "US/", "posix/", "right/"))


class OperatingHoursForm(WeekFields, HolidayFields, AppModelForm):
    """Every period and holiday is a field, so errors stand where they belong."""

    time_zone = forms.ChoiceField(
        help_text="Times below are local there; daylight saving is followed.", initial="UTC"
    )

    class Meta:
        model = OperatingHours
        fields = ["name", "time_zone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = time_zones()
        present = self.instance.time_zone
        if present not in dict(zones):
            zones.append((present, present))
        self.fields["time_zone"].choices = zones  # type: ignore[attr-defined]  # ChoiceField
        self.add_week(self.instance)
        self.add_holidays(self.instance)

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(
            "name", "time_zone", HTML("{% include 'agents/operating_hours/_week.html' %}")
        )
        return helper
