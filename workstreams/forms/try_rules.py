"""What to try the rules with: a workstream, a sort of record, or a past item."""

from typing import Any

from django import forms

from config.forms import AppForm
from workstreams.forms.test_item import ONE_A_LINE, LinesField
from workstreams.models import RecordType, Workstream


class ChooseForm(AppForm):
    """One of them; whoever chooses a workstream or record type fills in the fields next."""

    fieldsets = (("", ("workstream", "record_type", "q")),)

    workstream = forms.ModelChoiceField(
        Workstream.objects.order_by("name"), required=False, empty_label="No workstream"
    )
    record_type = forms.ModelChoiceField(
        RecordType.objects.order_by("label"),
        required=False,
        empty_label="No record type",
        to_field_name="name",
        help_text="From the intake rules on.",
    )
    q = forms.CharField(
        required=False,
        max_length=200,
        label="Or find a past work item",
        help_text="Its number, or words of its title.",
        widget=forms.TextInput(attrs={"type": "search"}),
    )


class TestRecordForm(AppForm):
    """A record as it would be created."""

    __test__ = False

    fieldsets = (("", ("title", "record")),)

    title = forms.CharField(max_length=300, required=False)
    record = LinesField(label="Fields of the record", help_text=ONE_A_LINE)

    def settings(self) -> dict[str, Any]:
        """What ``TestRecord`` wants besides the type."""
        return {name: self.cleaned_data[name] for name in ("title", "record")}
