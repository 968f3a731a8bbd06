"""The name of a rule, and the list it was shown with."""

from typing import Any

from django import forms


class RuleHead(forms.Form):
    """What a rule has besides conditions and outputs."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["class"] = "form-control"
