"""What the address asks of the inbox."""

from typing import Any

from django import forms

from routing.queries.inbox_order import (
    ALL,
    CUSTOMER,
    DATE,
    KIND_LABELS,
    LATEST,
    OLDEST,
    READ,
    UNREAD,
    Narrowing,
)

SELECT = {"class": "form-select"}


def _choice(label: str, *choices: tuple[str, str]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=False, widget=forms.Select(attrs=SELECT)
    )


class InboxFilterForm(forms.Form):
    """Read from the address; what makes no sense there narrows nothing."""

    q = forms.CharField(
        label="Search",
        required=False,
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "class": "form-control",
                "placeholder": "Title, customer or queue",
            }
        ),
    )
    kind = _choice("Kind", ("", "Every kind"), *KIND_LABELS.items())
    read = _choice("Read", (ALL, "All"), (UNREAD, "Unread"), (READ, "Read"))
    sort = _choice("Sort by", (DATE, "Last change"), (CUSTOMER, "Customer"))
    order = _choice("Order", (LATEST, "Latest first"), (OLDEST, "Oldest first"))

    def __init__(self, data: Any, *, asks_kind: bool, asks_read: bool) -> None:
        super().__init__(data, auto_id="inbox-%s", label_suffix="")
        if not asks_kind:
            del self.fields["kind"]
        if not asks_read:
            del self.fields["read"]
        self.is_valid()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kind that is asked for, if one is."""
        kind = self.cleaned_data.get("kind")
        return (kind,) if kind else ()

    def narrowing(self) -> Narrowing:
        said = self.cleaned_data
        return Narrowing(
            search=said.get("q", ""),
            sort=said.get("sort") or DATE,
            order=said.get("order") or LATEST,
            read=said.get("read") or ALL,
        )

    def narrows(self) -> bool:
        """Whether something may be left out."""
        asked = (self.cleaned_data.get(name) for name in ("q", "kind"))
        return any(asked) or self.narrowing().read != ALL
