"""The form of a test item."""

import re
from typing import Any, Final

from django import forms

from agents.models import Skill
from config.forms import AppForm, Fieldsets
from workstreams.actions.check_context import checked_context
from workstreams.actions.refusals import InvalidSettings
from workstreams.models import ChannelInstance, ContextVariable, Workstream
from workstreams.terms import VariableType, WorkstreamType

NUMBER: Final = re.compile(r"[+-]?\d{1,15}(\.\d{1,15})?", re.ASCII)
MOST_LINES: Final = 100
WORDS: Final = {"true": True, "false": False}
ONE_A_LINE: Final = "One a line: name = value."


class LinesField(forms.CharField):
    """``name = value`` lines as a mapping; numbers, true and false are what they say."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 2, "spellcheck": "false"})
        super().__init__(required=False, max_length=20_000, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(f"Write at most {MOST_LINES} lines.")
        pairs = [self._pair(line) for line in lines]
        return {name: read(text) for name, text in pairs}

    def _pair(self, line: str) -> tuple[str, str]:
        name, sign, text = (part.strip() for part in line.partition("="))
        if not name or not sign:
            raise forms.ValidationError(f"“{line[:60]}” is not written as name = value.")
        return name, text


class SkillLinesField(LinesField):
    """Skills, each with or without the rating it is needed with."""

    def _pair(self, line: str) -> tuple[str, str]:
        name, _, text = (part.strip() for part in line.partition("="))
        return name, text


class TestItemForm(AppForm):
    """What would come in: title, customer, variables, attributes, skills."""

    __test__ = False

    title = forms.CharField(max_length=300, required=False, help_text="Empty: the workstream's.")
    channel_instance = forms.ModelChoiceField(
        ChannelInstance.objects.none(), required=False, empty_label="None in particular"
    )
    customer_name = forms.CharField(max_length=200, required=False)
    customer_email = forms.CharField(max_length=200, required=False, label="Customer e-mail")
    customer_phone = forms.CharField(max_length=40, required=False)
    record = LinesField(label="Fields of the record", help_text=ONE_A_LINE)
    further_context = LinesField(label="Further context variables", help_text=ONE_A_LINE)
    engagement = LinesField(
        label="Channel attributes",
        help_text=f"What the channel tells of the visit, such as language = de. {ONE_A_LINE}",
    )
    attributes = LinesField(
        label="Attributes", help_text=f"Such as those that rules set. {ONE_A_LINE}"
    )
    skills = SkillLinesField(
        label="Skills it needs", help_text="One a line, with a rating if it matters: Spanish = 5."
    )

    def __init__(self, data: Any = None, *, workstream: Workstream) -> None:
        super().__init__(data)
        self.workstream = workstream
        is_record = workstream.type == WorkstreamType.RECORD
        for name in ("channel_instance", "engagement") if is_record else ("record",):
            del self.fields[name]
        if not is_record:
            instances = workstream.channel_instances.all()
            self.fields["channel_instance"].queryset = instances  # type: ignore[attr-defined]  # a ModelChoiceField
        self.variables = list(workstream.context_variables.all())
        for variable in self.variables:
            self.fields[f"variable_{variable.pk}"] = _field_of(variable)

    @property
    def fieldsets(self) -> Fieldsets:  # type: ignore[override]  # depends on the workstream
        known = [f"variable_{variable.pk}" for variable in self.variables]
        about = ["title", *(name for name in ("channel_instance",) if name in self.fields)]
        further = ("record", "further_context", "engagement", "attributes", "skills")
        return (
            ("Work", about),
            ("Customer", ["customer_name", ("customer_email", "customer_phone")]),
            *([("Context variables", known)] if known else []),
            ("More", [name for name in further if name in self.fields]),
        )

    def clean_skills(self) -> dict[str, Any]:
        skills: dict[str, Any] = self.cleaned_data["skills"]
        known = set(Skill.objects.filter(name__in=list(skills)).values_list("name", flat=True))
        for name, rating in skills.items():
            if name not in known:
                raise forms.ValidationError(f"There is no skill “{name[:60]}”.")
            if rating != "" and (isinstance(rating, bool | str) or not 0 <= rating <= 32767):
                raise forms.ValidationError(f"The rating of “{name}” is not a number.")
        return skills

    def clean(self) -> None:
        """The variables as a channel would hand them over, with its refusals."""
        try:
            checked, _ = checked_context(workstream=self.workstream, context=self._context())
        except InvalidSettings as refusal:
            self.add_error("further_context", " ".join(refusal.errors.values()))
        else:
            self.cleaned_data["context"] = checked

    def settings(self) -> dict[str, Any]:
        """What ``TestItem`` wants besides the workstream."""
        typed = self.cleaned_data
        customer = {name: typed[f"customer_{name}"] for name in ("name", "email", "phone")}
        return {
            "title": typed["title"],
            "customer": {name: value for name, value in customer.items() if value},
            "context": typed["context"],
            "attributes": typed["attributes"],
            "record": typed.get("record", {}),
            "skills": tuple(
                (name, None if rating == "" else float(rating))
                for name, rating in typed["skills"].items()
            ),
            "channel_instance": typed.get("channel_instance"),
        }

    def _context(self) -> dict[str, Any]:
        typed = self.cleaned_data
        known = {each.name: typed.get(f"variable_{each.pk}") for each in self.variables}
        given = {name: value for name, value in known.items() if value not in (None, "")}
        engagement = typed.get("engagement") or {}
        more = {"engagement": engagement} if engagement else {}
        return {**(typed.get("further_context") or {}), **given, **more}


def read(text: str) -> Any:
    """A number, true or false where the text says one; else the text."""
    if text.lower() in WORDS:
        return WORDS[text.lower()]
    if not NUMBER.fullmatch(text):
        return text
    return float(text) if "." in text else int(text)


def _field_of(variable: ContextVariable) -> forms.Field:
    if variable.type == VariableType.NUMBER:
        return forms.FloatField(required=False, label=variable.name, help_text="A number.")
    return forms.CharField(required=False, max_length=4000, label=variable.name)
