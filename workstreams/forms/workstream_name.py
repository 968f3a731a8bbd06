"""The forms that name a workstream and its copy."""

from typing import Any

from django import forms

from config.forms import AppForm


class WorkstreamNameForm(AppForm):
    """Another name for a workstream."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(max_length=100)

    fieldsets = (("", ("revision", "name")),)

    def settings(self) -> dict[str, Any]:
        """What ``edit_workstream`` wants."""
        return dict(self.cleaned_data)


class CopyWorkstreamForm(AppForm):
    """The name of the copy."""

    name = forms.CharField(max_length=100)
