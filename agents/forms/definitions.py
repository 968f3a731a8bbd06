"""Forms of skills, their types and scales, capacity profiles and presences."""

from typing import Any

from django import forms

from agents.actions.check_rating_scale import names_fault
from agents.models import CapacityProfile, Presence, RatingModel, Skill, SkillType
from config.forms import AppModelForm


class SkillForm(AppModelForm):
    """Something a work item may need."""

    class Meta:
        model = Skill
        fields = ["name", "skill_type", "rating_model", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "name": "Rules and agents refer to the skill by this name.",
            "skill_type": "The family this skill belongs to.",
            "rating_model": "The scale on which agents are rated.",
        }

    fieldsets = (("", ("name", ("skill_type", "rating_model"), "description")),)


class SkillTypeForm(AppModelForm):
    """A family of skills."""

    class Meta:
        model = SkillType
        fields = ["name"]
        help_texts = {"name": "For example Languages or Products."}


class RatingModelForm(AppModelForm):
    """A scale of proficiency."""

    value_names = forms.CharField(
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        label="Names of the values",
        help_text="One a line, the lowest first: a name for each value, or none at all.",
    )

    minimum = forms.IntegerField(
        min_value=1,
        initial=1,
        help_text="The lowest proficiency, 1 or more.",
        error_messages={"min_value": "A scale starts at 1 or higher."},
    )

    class Meta:
        model = RatingModel
        fields = ["name", "minimum", "maximum", "value_names"]
        help_texts = {
            "maximum": "The highest proficiency.",
        }

    fieldsets = (("", ("name", ("minimum", "maximum"), "value_names")),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["value_names"] = "\n".join(self.instance.value_names)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        minimum, maximum = cleaned.get("minimum"), cleaned.get("maximum")
        if minimum is not None and maximum is not None and maximum <= minimum:
            self.add_error("maximum", "The highest proficiency has to be above the lowest.")
        elif minimum is not None and maximum is not None:
            fault = names_fault(cleaned.get("value_names", []), minimum, maximum)
            if fault:
                self.add_error("value_names", fault)
        return cleaned

    def clean_value_names(self) -> list[str]:
        lines = str(self.cleaned_data["value_names"]).splitlines()
        return [line.strip() for line in lines if line.strip()]


class CapacityProfileForm(AppModelForm):
    """A limit of work items of one sort."""

    class Meta:
        model = CapacityProfile
        fields = ["name", "work_item_limit", "reset_frequency", "blocks_assignment"]
        labels = {"blocks_assignment": "Assignment blocking"}
        help_texts = {
            "work_item_limit": "Work items of this sort at once, 0 to 100. "
            "Agents may have a limit of their own.",
            "reset_frequency": "Immediate: a finished item makes room. "
            "End of day: the limit counts for the day. Cannot be changed later.",
            "blocks_assignment": "At the limit the agent gets no new work of any sort.",
        }

    fieldsets = (("", ("name", ("work_item_limit", "reset_frequency"), "blocks_assignment")),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["reset_frequency"].disabled = True

    def clean_work_item_limit(self) -> int:
        limit: int = self.cleaned_data["work_item_limit"]
        if limit > 100:
            raise forms.ValidationError("The limit goes from 0 to 100.")
        return limit


class PresenceForm(AppModelForm):
    """A presence of the organisation's own."""

    class Meta:
        model = Presence
        fields = ["name", "text", "base", "agents_may_set", "description"]
        labels = {"text": "Presence text", "base": "Base presence", "agents_may_set": "Selectable"}
        widgets = {"text": forms.TextInput(), "description": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "name": "Used in the configuration document and the API.",
            "text": "What agents and supervisors read.",
            "base": "What routing reads: it knows the five base presences only.",
            "agents_may_set": "Agents may choose it themselves.",
        }

    fieldsets = (("", (("name", "text"), "base", "agents_may_set", "description")),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.disabled = self.instance.is_built_in
