"""The form of the times after which conversations are closed: a table of channels and states."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.forms import BoundField

from config.forms import AppForm
from workstreams.auto_close import (
    DEFAULTS,
    MAXIMUM_MINUTES,
    NEVER,
    STATES,
    Times,
    minutes_in_words,
    minutes_of,
)
from workstreams.models import ServiceConfiguration
from workstreams.terms import LABELS, AutoCloseChannel, ItemState

UNREADABLE: Final = "Write a time such as 20 minutes, 2 hours or 30 days, or never."
OUT_OF_RANGE: Final = "Choose a time between 1 minute and 365 days, or never."


class MinutesField(forms.CharField):
    """A time in words; never is no number of minutes."""

    empty_words = NEVER

    def __init__(self, *, label: str, state: str) -> None:
        self.state = state
        super().__init__(required=False, label=label, max_length=20)
        looks = {"class": "form-control", "aria-label": label, "autocomplete": "off"}
        self.widget.attrs |= looks

    def to_python(self, value: Any) -> Any:
        """The minutes."""
        try:
            minutes = minutes_of(super().to_python(value) or "")
        except ValueError as error:
            raise forms.ValidationError(UNREADABLE) from error
        if minutes is not None and not 1 <= minutes <= MAXIMUM_MINUTES:
            raise forms.ValidationError(OUT_OF_RANGE)
        return minutes

    def validate(self, value: Any) -> None:
        """Minutes need no further look."""

    def run_validators(self, value: Any) -> None:
        """The length is that of the text, and the pattern sees to it."""

    def prepare_value(self, value: Any) -> Any:
        """What is saved in words; what was typed as it was typed."""
        if value is None:
            return NEVER
        return minutes_in_words(value) if isinstance(value, int) else value


@dataclass(frozen=True, kw_only=True)
class TimesRow:
    """One channel with its fields by state, and whether any of them is wrong."""

    label: str
    cells: tuple[BoundField, ...]


class AutoCloseForm(AppForm):
    """A field for each channel and state, named ``live_chat-open`` and so on."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, service: ServiceConfiguration, times: Times) -> None:
        initial: dict[str, Any] = {"revision": service.revision}
        for channel, row in times.items():
            initial |= {f"{channel}-{state}": minutes for state, minutes in row.items()}
        super().__init__(data, initial=initial)
        for channel in AutoCloseChannel:
            for state in STATES:
                label = f"{LABELS[channel]}, {LABELS[state].lower()}"
                self.fields[f"{channel}-{state}"] = MinutesField(label=label, state=LABELS[state])

    @property
    def states(self) -> list[str]:
        """The headings."""
        return [LABELS[ItemState(state)] for state in STATES]

    def rows(self) -> Iterator[TimesRow]:
        """The table."""
        for channel in AutoCloseChannel:
            cells = tuple(self[f"{channel}-{state}"] for state in STATES)
            yield TimesRow(label=LABELS[channel], cells=cells)

    def times(self) -> dict[str, dict[str, int | None]]:
        """What ``save_auto_close`` wants."""
        return {
            channel: {state: self.cleaned_data[f"{channel}-{state}"] for state in row}
            for channel, row in DEFAULTS.items()
        }
