"""Forms of models: what they learn from, their records, files of records, and trying them."""

from typing import Any, ClassVar, Final

from django import forms

from agents.models import Skill
from config.forms import AppForm, AppModelForm
from routing.check_learning import MESSAGES
from routing.learning.words import LONGEST_INPUT
from routing.models import LearnedModel, TrainingRecord
from routing.models.learning import FEELINGS, KINDS
from routing.terms import RuleType
from workstreams.models import Workstream

INPUTS_HELP: Final = (
    f"One field a line, in the order in which their values are read: {MESSAGES} (what the customer"
    " wrote), title, record.description, context.topic, attributes.product ... Effort needs two,"
    " a category first and then the description; at most ten."
)
DATE: Final = {"type": "date"}


class InputsField(forms.CharField):
    """Fields of work, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(str(each) for each in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """A list; the action says what is wrong with it."""
        if isinstance(value, list):
            return value
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(initial) != self.to_python(data))


class ModelForm(AppModelForm):
    """What is learned, from which fields of which closed work."""

    kind = forms.ChoiceField(choices=KINDS, label="What it learns")
    inputs = InputsField(
        label="Required attributes",
        max_length=2100,
        initial=["title", MESSAGES],
        help_text=INPUTS_HELP,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    workstreams = forms.ModelMultipleChoiceField(
        Workstream.objects.order_by("name"),
        required=False,
        help_text="Whose closed work is loaded. None chosen: that of all workstreams.",
    )

    fieldsets = (
        ("", ("name", "kind", "inputs", "minimum_confidence")),
        ("Closed work to learn from", ("workstreams", ("closed_from", "closed_until"))),
    )
    shown_when: ClassVar = {"minimum_confidence": f"kind={RuleType.SKILLS.value}"}

    class Meta:
        model = LearnedModel
        fields = [
            "name",
            "kind",
            "inputs",
            "minimum_confidence",
            "workstreams",
            "closed_from",
            "closed_until",
        ]
        widgets = {
            "closed_from": forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
            "closed_until": forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["kind"].disabled = True

    def clean_minimum_confidence(self) -> int:
        """Of models that guess no skills it is never asked."""
        found = self.cleaned_data.get("minimum_confidence")
        return int(found) if found is not None else self.instance.minimum_confidence


class TrainingRecordForm(AppForm):
    """What people make of one text; shows what the model learns."""

    skills = forms.ModelMultipleChoiceField(
        Skill.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None: work like this needs no skill.",
    )
    sentiment = forms.ChoiceField(choices=FEELINGS, required=False)
    minutes = forms.FloatField(min_value=0.1, max_value=100_000, required=False)
    is_approved = forms.BooleanField(required=False, label="Approved: learn from it")

    ASKED: ClassVar = {
        RuleType.SKILLS: "skills",
        RuleType.SENTIMENT: "sentiment",
        RuleType.EFFORT: "minutes",
    }

    def __init__(self, record: TrainingRecord, data: Any = None) -> None:
        initial = {
            "skills": record.skill_ids,
            "sentiment": record.sentiment,
            "minutes": record.minutes,
            "is_approved": True,
        }
        super().__init__(data, initial=initial)
        asked = self.ASKED[RuleType(record.model.kind)]
        for name in set(self.ASKED.values()) - {asked}:
            del self.fields[name]


class ImportRecordsForm(AppForm):
    """The two files of A 5."""

    fieldsets = (("", ("records", "mappings")),)

    records = forms.FileField(
        label="Training data",
        help_text="CSV with the columns model, record name, input data. Up to 10 MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    mappings = forms.FileField(
        label="Skills of the records",
        help_text="CSV with the columns record, characteristic mapping, characteristic (a skill).",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_records(self) -> str:
        return self._text("records")

    def clean_mappings(self) -> str:
        return self._text("mappings")

    def _text(self, name: str) -> str:
        raw: bytes = self.cleaned_data[name].read()
        if len(raw) > 10 * 1024 * 1024:
            raise forms.ValidationError("The file is larger than 10 MB.")
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError("The file is not text in UTF-8.") from None


class DryRunForm(forms.Form):
    """A text to try a model on; what is longer than a model reads is cut."""

    text = forms.CharField(max_length=200_000, strip=False, required=False)

    def said(self) -> str:
        """The text, whatever was sent."""
        found = self.cleaned_data.get("text", "") if self.is_valid() else ""
        return found[:LONGEST_INPUT]
