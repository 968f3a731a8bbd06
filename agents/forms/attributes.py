"""Forms of what is kept of agents: an attribute, and the values that one agent has."""

from datetime import date
from typing import Any, ClassVar, Final

from django import forms

from agents.actions.set_agent_attributes import checked_value
from agents.attribute_value import (
    LARGEST_NUMBER,
    LONGEST_TEXT,
    name_fault,
    options_fault,
    wanted,
)
from agents.exceptions import AttributeValueWrong
from agents.models import Agent, AgentAttribute
from agents.terms import AttributeType
from config.forms import AppForm, AppModelForm
from config.shown_values import ShownValues

NOTHING: Final = "None"
YES_OR_NO: Final = (("", NOTHING), ("true", "Yes"), ("false", "No"))
SELECT: Final = {"class": "form-select"}


class AgentAttributeForm(AppModelForm):
    """Name, type, and what a choice may be."""

    options = forms.CharField(
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="What an agent can have, one a line, in the order in which people choose.",
    )

    class Meta:
        model = AgentAttribute
        fields = ["name", "type", "options", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "name": "Assignment rules refer to the attribute by this name.",
            "type": "What it holds; rules offer the comparisons of this type. Cannot be changed"
            " later.",
        }

    fieldsets = (("", ("name", "type", "options", "description")),)
    shown_when: ClassVar = {"options": f"type={AttributeType.CHOICE.value}"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["options"] = "\n".join(self.instance.options)
        self.fields["type"].disabled = self.instance.pk is not None

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        if fault := name_fault(name):
            raise forms.ValidationError(fault)
        return name

    def clean_options(self) -> list[str]:
        lines = str(self.cleaned_data["options"]).splitlines()
        return [line.strip() for line in lines if line.strip()]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("type") != AttributeType.CHOICE:
            cleaned["options"] = []
        elif fault := options_fault(cleaned["type"], cleaned.get("options") or []):
            self.add_error("options", fault)
        return cleaned


def value_field(attribute: AgentAttribute, *, label: str, value: Any = None) -> forms.Field:
    """A field for what the attribute holds; left empty for nothing."""
    given: dict[str, Any] = {"label": label, "required": False, "initial": value}
    match AttributeType(attribute.type):
        case AttributeType.NUMBER:
            most = LARGEST_NUMBER
            return forms.FloatField(
                **given,
                min_value=-most,
                max_value=most,
                widget=forms.NumberInput(attrs={"class": "form-control", "step": "any"}),
            )
        case AttributeType.DATE:
            picker = forms.DateInput(
                format="%Y-%m-%d", attrs={"type": "date", "class": "form-control"}
            )
            return forms.DateField(**given, widget=picker)
        case AttributeType.BOOLEAN:
            given["initial"] = {True: "true", False: "false"}.get(value, "")
            widget = forms.Select(attrs=SELECT)
            return forms.TypedChoiceField(
                **given, choices=YES_OR_NO, coerce=_truth, empty_value=None, widget=widget
            )
        case AttributeType.CHOICE:
            options = [("", NOTHING), *((each, each) for each in attribute.options)]
            widget = forms.Select(attrs=SELECT)
            return forms.ChoiceField(**given, choices=options, widget=widget)
        case _:
            widget_of_text = forms.TextInput(attrs={"class": "form-control"})
            return forms.CharField(**given, max_length=LONGEST_TEXT, widget=widget_of_text)


def value_of(attribute: AgentAttribute, cleaned: Any) -> Any:
    """What the field brought, as actions take it; None for nothing."""
    if cleaned is None or cleaned == "":
        return None
    return cleaned.isoformat() if isinstance(cleaned, date) else cleaned


def check_field(form: forms.Form, name: str, attribute: AgentAttribute) -> None:
    """Put on the field what the attribute cannot hold."""
    try:
        checked_value(attribute, value_of(attribute, form.cleaned_data.get(name)))
    except AttributeValueWrong:
        wish = wanted(attribute.type, attribute.options)
        form.add_error(name, f"This has to be {wish}.")


class AgentAttributesForm(ShownValues, AppForm):
    """A field for each attribute."""

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        has = dict(agent.attributes.values_list("attribute_id", "value"))
        self.known = {f"attribute-{row.pk}": row for row in AgentAttribute.objects.all()}
        for name, row in self.known.items():
            field = value_field(row, label=row.name, value=has.get(row.pk))
            field.help_text = row.description
            self.fields[name] = field
        self.keep_shown()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, row in self.known.items():
            if name not in self.errors:
                check_field(self, name, row)
        return cleaned

    def values(self) -> dict[AgentAttribute, Any]:
        return {row: value_of(row, self.cleaned_data[name]) for name, row in self.known.items()}


def _truth(value: str) -> bool:
    return value == "true"
