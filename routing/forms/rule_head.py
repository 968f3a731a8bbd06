"""The name of a rule, and what it was shown with."""

from typing import Any

from django import forms


class RuleHead(forms.Form):
    """What a rule has besides conditions and outputs; and by which names and rows it and its
    ruleset are found again."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    opened = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    opened_row = forms.CharField(required=False, initial="", widget=forms.HiddenInput)
    opened_in = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    opened_in_row = forms.CharField(required=False, initial="", widget=forms.HiddenInput)
    name = forms.CharField(max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["class"] = "form-control"
