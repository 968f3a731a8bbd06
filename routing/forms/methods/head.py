"""Name and kind of an assignment method, and what a new one begins with."""

from typing import Any, ClassVar, Final

from django import forms

from config.forms import AppModelForm
from routing.engine.methods.built_in import rulesets_of
from routing.engine.methods.check import A_WEIGHT, MOST_WEIGHT
from routing.engine.methods.tidy import WEIGHTS
from workstreams.models import AssignmentMethod
from workstreams.terms import AssignmentMethodName, MethodKind, SkillMatching, choices

OF_MATCH: Final = f"kind={MethodKind.BEST_MATCH.value}"
WRONG: Final = dict.fromkeys(("required", "invalid", "min_value", "max_value"), A_WEIGHT)
WORDS: Final = {
    "skills": "How well the agent's skills fit what the item requires.",
    "waiting": "How long the item has waited, where there are too few agents.",
    "fairness": "How long the agent has been without an assignment in the queue.",
}


class MethodForm(AppModelForm):
    """A method of rules begins with what a built-in method asks; a best match has weights."""

    kind = forms.ChoiceField(
        choices=choices(MethodKind),
        label="How it decides",
        help_text="Rules: prioritisation rules, assignment rulesets and selection criteria of your"
        " own. Best overall match: all waiting items against all agents at once, by weights, also"
        " of several queues of the same priority that share agents and whose work needs the same"
        " capacity.",
    )
    begins_with = forms.ChoiceField(
        choices=choices(AssignmentMethodName),
        required=False,
        label="Begin with the rules of",
        help_text="Presence, capacity and skills as this built-in method asks for them. Then change"
        " what you like.",
    )

    fieldsets = (
        ("", ("name", "description", "kind", "begins_with")),
        ("Weights", (("skills", "waiting", "fairness"),)),
    )
    shown_when: ClassVar = {
        "begins_with": f"kind={MethodKind.RULES.value}",
        "skills": OF_MATCH,
        "waiting": OF_MATCH,
        "fairness": OF_MATCH,
    }

    class Meta:
        model = AssignmentMethod
        fields = ["name", "description", "kind"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = {**WEIGHTS, **(self.instance.weights or {})}
        for name, help_text in WORDS.items():
            self.fields[name] = forms.FloatField(
                min_value=0,
                max_value=MOST_WEIGHT,
                initial=stored[name],
                help_text=help_text,
                error_messages=WRONG,
            )
        if self.instance.pk:
            self.fields["kind"].disabled = True
            # What it begins with is past; the field stays out of sight.
            self.fields["begins_with"].widget = forms.HiddenInput()

    def document(self) -> dict[str, Any]:
        """The method in the words of the public contract, with the rules it has."""
        given, row = self.cleaned_data, self.instance
        is_match = given["kind"] == MethodKind.BEST_MATCH
        found = {name: given[name] for name in ("name", "description", "kind")}
        if is_match:
            return {**found, "weights": {name: given[name] for name in WORDS}}
        if row.pk:
            parts = ("prioritization", "rulesets", "selection")
            return {**found, **{name: getattr(row, name) for name in parts}}
        begins = given["begins_with"] or AssignmentMethodName.HIGHEST_CAPACITY
        return {**found, "rulesets": rulesets_of(begins, SkillMatching.EXACT)}
