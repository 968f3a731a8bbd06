"""An overflow pair as people type it, at a queue or at a rule."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms

from workstreams.models import Queue
from workstreams.overflow import SECONDS, action_words, actions_of, span
from workstreams.terms import LABELS, OverflowAction, OverflowCondition

UNITS: Final = {"s": 1, "sec": 1, "second": 1, "m": 60, "min": 60, "minute": 60}
UNITS_OF_DAYS: Final = {"h": 3600, "hour": 3600, "d": 86_400, "day": 86_400}
TYPED: Final = re.compile(r"\s*(\d{1,9})\s*([a-z]*)\s*", re.IGNORECASE | re.ASCII)
NOT_A_TIME: Final = "Write a time as 90 s, 5 min, 2 hours or 1 day."
NOT_A_NUMBER: Final = "Write a whole number of work items."


class OverflowRow(forms.Form):
    """One pair. Conditions and actions are those of the type of queue; what fits together is
    checked as a whole elsewhere, by ``workstreams.overflow.pair_faults``."""

    condition = forms.ChoiceField(required=False)
    threshold = forms.CharField(required=False, max_length=20, label="Limit")
    action = forms.ChoiceField(required=False)
    queue = forms.ModelChoiceField(
        Queue.objects.none(), required=False, to_field_name="name", label="Queue"
    )

    def __init__(
        self, *args: Any, type: str, conditions: Sequence[OverflowCondition], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        number = int((self.prefix or "0").rpartition("-")[2] or 0) + 1
        self.is_of_hours = list(conditions) == [OverflowCondition.OUT_OF_HOURS]
        choices = {
            "condition": [(each.value, LABELS[each]) for each in conditions],
            "action": [
                (each.value, action_words(each, type)) for each in actions_of(type, conditions)
            ],
        }
        for name, found in choices.items():
            first = [] if self.is_of_hours else [("", f"{name.capitalize()}…")]
            self.fields[name].choices = [*first, *found]  # type: ignore[attr-defined]  # choices
        self.fields["queue"].queryset = Queue.objects.filter(type=type)  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["queue"].empty_label = "Queue…"  # type: ignore[attr-defined]  # the same
        self.fields["threshold"].widget.attrs["placeholder"] = "5, or 5 min"
        for name, field in self.fields.items():
            look = "form-control" if name == "threshold" else "form-select"
            field.widget.attrs |= {
                "class": look,
                "aria-label": f"{field.label or name.capitalize()} of overflow {number}",
            }

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed; a row of hours stands as it is."""
        return not self.is_of_hours and not any(self.cleaned_data.values())

    def clean(self) -> dict[str, Any]:
        """The limit in the words of its condition."""
        condition, typed = self.cleaned_data.get("condition"), self.cleaned_data.get("threshold")
        self.cleaned_data["number"] = None
        if typed and condition:
            is_time = condition in SECONDS
            self.cleaned_data["number"] = _seconds(typed) if is_time else _count(typed)
            if self.cleaned_data["number"] is None:
                self.add_error("threshold", NOT_A_TIME if is_time else NOT_A_NUMBER)
        return self.cleaned_data

    def document(self) -> dict[str, Any]:
        """The pair in the words of the public contract. What does not belong to condition and
        action is left out: those fields are hidden where scripts run."""
        typed = self.cleaned_data
        has_limit = typed["condition"] != OverflowCondition.OUT_OF_HOURS
        goes_on = typed["action"] == OverflowAction.TRANSFER and typed["queue"]
        return {
            "condition": typed["condition"],
            "threshold": typed["number"] if has_limit else None,
            "action": typed["action"],
            "queue": typed["queue"].name if goes_on else None,
        }


def as_typed(pair: Mapping[str, Any]) -> dict[str, Any]:
    """A pair as its row shows it."""
    threshold = pair.get("threshold")
    is_time = pair["condition"] in SECONDS
    shown = "" if threshold is None else span(threshold) if is_time else str(threshold)
    return {**pair, "threshold": shown}


def _seconds(typed: str) -> int | None:
    found = TYPED.fullmatch(typed)
    if found is None:
        return None
    unit = found[2].lower()
    unit = unit if unit == "s" else unit.removesuffix("s")
    size = (UNITS | UNITS_OF_DAYS).get(unit)
    return int(found[1]) * size if size else None


def _count(typed: str) -> int | None:
    typed = typed.strip()
    is_number = typed.isascii() and typed.isdecimal() and len(typed) < 10
    return int(typed) if is_number else None
