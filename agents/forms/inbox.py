"""What the address asks of the inbox."""

from typing import Any

from django import forms

from routing.queries.inbox_order import Narrowing, View
from workstreams.terms import InboxKind, InboxList, InboxOrder, InboxRead, InboxSort, choices

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
    kind = _choice("Kind", ("", "Every kind"), *choices(InboxKind))
    read = _choice("Read", *choices(InboxRead))
    sort = _choice("Sort by", *choices(InboxSort))
    order = _choice("Order", *choices(InboxOrder))

    def __init__(self, data: Any, *, view: View) -> None:
        """What the address leaves open, or says without sense, is as the view says."""
        said = dict(data)
        if said.get("sort") not in list(InboxSort):
            said["sort"] = view.conditions.sort
        if said.get("order") not in list(InboxOrder):
            said["order"] = view.conditions.order
        super().__init__(said, auto_id="inbox-%s", label_suffix="")
        if view.kinds:
            del self.fields["kind"]
        if view.of != InboxList.MINE or view.conditions.read != InboxRead.ALL:
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
            sort=said.get("sort") or InboxSort.DATE,
            order=said.get("order") or InboxOrder.LATEST,
            read=said.get("read") or InboxRead.ALL,
        )

    def narrows(self) -> bool:
        """Whether something may be left out."""
        asked = (self.cleaned_data.get(name) for name in ("q", "kind"))
        return any(asked) or self.narrowing().read != InboxRead.ALL
