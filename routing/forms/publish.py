"""The forms that publish the draft, now or later, and that roll back."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings

from config.forms import AppForm, Fieldsets


class ReviewedForm(AppForm):
    """A note, and what was looked at: a version, and the draft's state."""

    fieldsets: ClassVar[Fieldsets] = (("", ("base", "state", "note")),)

    base = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    state = forms.CharField(max_length=64, widget=forms.HiddenInput)
    note = forms.CharField(
        required=False,
        max_length=500,
        help_text="What this is for. It stands in the history.",
        widget=forms.TextInput,
    )

    def looked_at(self) -> dict[str, Any]:
        """What the actions ask for."""
        return {name: self.cleaned_data[name] for name in ("base", "state")}


class PublishForm(ReviewedForm):
    """The same with a moment; without one it is published at once."""

    fieldsets: ClassVar[Fieldsets] = (("", ("base", "state", "seen", "note", "due_at")),)

    seen = forms.CharField(required=False, max_length=2_000_000, widget=forms.HiddenInput)
    due_at = forms.DateTimeField(
        required=False,
        label=f"Publish at ({settings.TIME_ZONE})",
        help_text="Leave it empty to publish now.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
