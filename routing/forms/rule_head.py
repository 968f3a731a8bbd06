"""Name and conditions of a rule, but for the rows."""

from typing import Any

from django import forms

from routing.forms.condition_rows import JOINS


class RuleHead(forms.Form):
    """Name and conditions; ``when_json`` replaces rows where the condition is nested."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(max_length=100)
    join = forms.ChoiceField(choices=JOINS, initial="all", required=False)
    when_json = forms.CharField(
        required=False,
        label="Condition as JSON",
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "when_json"):
            self.fields[name].widget.attrs["class"] = "form-control"
        self.fields["join"].widget.attrs |= {"class": "form-select", "aria-label": "How they join"}
