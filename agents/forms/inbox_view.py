"""The form of a view of the inbox."""

from typing import Any

from django import forms

from config.forms import AppModelForm
from workstreams.models import InboxView
from workstreams.terms import InboxKind, InboxList, InboxRead, choices


class InboxViewForm(AppModelForm):
    """Which work items, and how they are ordered."""

    kinds = forms.MultipleChoiceField(
        choices=choices(InboxKind),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None ticked means every kind.",
    )

    class Meta:
        model = InboxView
        fields = ["name", "of", "kinds", "channel", "words", "read", "sort", "order"]
        labels = {"of": "List", "sort": "Sort by"}
        help_texts = {
            "words": "Each of them stands in title, customer, queue or workstream.",
            "read": "Unread is what the customer wrote after the agent last looked.",
        }

    fieldsets = (
        ("", ("name", "of", "kinds")),
        ("Conditions", ("channel", "words", "read")),
        ("Order", (("sort", "order"),)),
    )
    shown_when = {"read": f"of={InboxList.MINE}"}

    def clean(self) -> dict[str, Any]:
        """What is not asked for is not left out either."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        return {**cleaned, "read": cleaned.get("read") or InboxRead.ALL}
