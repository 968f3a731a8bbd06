"""What follows from a rule, as people type it: fields that are set, skills, shares of queues."""

from typing import Any, cast

from django import forms

from agents.models import CapacityProfile, Skill
from routing.catalogue import Catalogue
from routing.forms.conditions.values import scalar
from workstreams.models import Queue, RecordType, Workstream
from workstreams.overflow_row import OverflowRow
from workstreams.terms import WorkstreamType


class OutputRow(forms.Form):
    """A row with a name for each field, for those who do not see the columns."""

    noun = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        number = int((self.prefix or "0").rpartition("-")[2] or 0) + 1
        for name, field in self.fields.items():
            is_choice = isinstance(field.widget, forms.Select)
            label = field.label or name.capitalize()
            field.widget.attrs["class"] = "form-select" if is_choice else "form-control"
            field.widget.attrs["aria-label"] = f"{label} of {self.noun} {number}"

    @property
    def is_blank(self) -> bool:
        return not any(value not in (None, "") for value in self.cleaned_data.values())

    def clean(self) -> dict[str, Any]:
        """A row that lacks what it is about would be left out without a word."""
        first = next(iter(self.fields))
        if first not in self.errors and not self.is_blank and not self.cleaned_data.get(first):
            self.add_error(first, f"Choose a {first}.")
        return self.cleaned_data


class SetRow(OutputRow):
    """One field and the value it gets."""

    noun = "output"
    field = forms.CharField(required=False, max_length=200)
    value = forms.CharField(required=False, max_length=1000)

    def __init__(self, *args: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.catalogue = catalogue
        self.fields["field"].widget.attrs |= {
            "list": "output-fields",
            "autocomplete": "off",
            "placeholder": "Choose or type a field",
        }

    def pair(self) -> tuple[str, Any]:
        """The path of the field, and the value; numbers and truth values as such."""
        path = self.catalogue.path_of(self.cleaned_data["field"])
        return path, scalar(self.cleaned_data["value"])


class SkillRow(OutputRow):
    """One skill that the work needs, with the least rating."""

    noun = "skill"
    skill = forms.ModelChoiceField(Skill.objects.all(), required=False, to_field_name="name")
    rating = forms.IntegerField(required=False, min_value=0)

    def document(self) -> dict[str, Any]:
        """The skill in the words of the public contract."""
        rating = self.cleaned_data["rating"]
        skill = {"skill": self.cleaned_data["skill"].name}
        return skill if rating is None else {**skill, "rating": rating}


class ShareRow(OutputRow):
    """One queue and its share of the matches."""

    noun = "queue"
    queue = forms.ModelChoiceField(Queue.objects.all(), required=False, to_field_name="name")
    percent = forms.IntegerField(required=False, min_value=1, max_value=100, label="Per cent")

    def __init__(self, *args: Any, type: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["queue"].queryset = Queue.objects.filter(type=type)  # type: ignore[attr-defined]  # a ModelChoiceField

    def document(self) -> dict[str, Any]:
        """The share in the words of the public contract."""
        percent = self.cleaned_data["percent"]
        return {"queue": self.cleaned_data["queue"].name, "percent": percent or 100}


class RouteOutputs(forms.Form):
    """Whether the rule says itself when it overflows (A 8.3)."""

    has_own_overflow = forms.BooleanField(
        required=False,
        label="This rule has overflow of its own",
        help_text="It replaces what its queues say before work is queued. Without any line the"
        " rule never overflows.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["has_own_overflow"].widget.attrs["class"] = "form-check-input"


SetRows = forms.formset_factory(SetRow, extra=0, max_num=5, absolute_max=21)
SkillRows = forms.formset_factory(SkillRow, extra=0, max_num=20, absolute_max=21)
ShareRows = forms.formset_factory(ShareRow, extra=0, max_num=5, absolute_max=6)
OverflowRows = forms.formset_factory(OverflowRow, extra=0, max_num=3, absolute_max=4)


class ClassificationOutputs(forms.Form):
    """What a classification rule writes besides fields and skills."""

    priority = forms.IntegerField(required=False, min_value=0, max_value=32_767)
    capacity_profiles = forms.ModelMultipleChoiceField(
        CapacityProfile.objects.all(),
        required=False,
        to_field_name="name",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["priority"].widget.attrs["class"] = "form-control"
        self.fields["capacity_profiles"].widget.attrs["class"] = "form-check-input"


class IntakeOutputs(forms.Form):
    """The workstream that takes the record."""

    workstream = forms.ModelChoiceField(
        Workstream.objects.filter(type=WorkstreamType.RECORD), to_field_name="name"
    )

    def __init__(self, *args: Any, record_type: RecordType | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        workstream = cast("forms.ModelChoiceField[Workstream]", self.fields["workstream"])
        workstream.queryset = Workstream.objects.filter(record_type=record_type)
        workstream.widget.attrs["class"] = "form-select"
