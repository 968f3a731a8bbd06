"""A form that lists everything there is: what was not touched stays as it is saved by now."""

import json
from typing import Any, Final

from django import forms

SHOWN: Final = "shown"


class ShownValues(forms.Form):
    """What the fields showed comes back with them, and what differs is applied to the present.

    ``keep_shown`` ends ``__init__``. Without what was shown, all that is sent counts. ``touched``
    names the fields that were changed, once the form is clean.
    """

    touched: frozenset[str] = frozenset()

    def keep_shown(self) -> None:
        """Send along what the fields hold."""
        held = {name: self._held(name) for name in self.fields}
        self.fields[SHOWN] = forms.CharField(
            required=False,
            widget=forms.HiddenInput,
            initial=json.dumps(held, default=str),
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        shown = _read(cleaned.pop(SHOWN, ""))
        if shown is None:
            return cleaned
        self.touched = frozenset(name for name in cleaned if self._is_touched(name, shown))
        for name in list(cleaned):
            cleaned[name] = self._merged(name, shown)
        return cleaned

    def _is_touched(self, name: str, shown: dict[str, Any]) -> bool:
        """Whether something else was sent for the field than it showed."""
        if name not in shown:
            return False
        field = self.fields[name]
        before = field.to_python(shown[name]) if isinstance(field, forms.DateField) else shown[name]
        return field.has_changed(before, self[name].data)

    def _merged(self, name: str, shown: dict[str, Any]) -> Any:
        field, sent = self.fields[name], self.cleaned_data[name]
        if name not in self.touched:
            return field.clean(self._held(name))
        if not isinstance(field, forms.ModelMultipleChoiceField):
            return sent
        before, after = {str(each) for each in shown[name]}, {str(each.pk) for each in sent}
        now = {str(each) for each in self._held(name)}
        return field.clean([*((now | (after - before)) - (before - after))])

    def _held(self, name: str) -> Any:
        field = self.fields[name]
        return field.prepare_value(self.get_initial_for_field(field, name))


def _read(text: str) -> dict[str, Any] | None:
    try:
        shown = json.loads(text)
    except ValueError:
        return None
    return shown if isinstance(shown, dict) else None
