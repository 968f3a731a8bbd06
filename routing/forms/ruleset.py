"""The form of a classification ruleset: logical rules, or what a machine learned."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Final

from django import forms

from config.forms import AppForm
from routing.check_learning import SECOND_SENTIMENT, USUAL_INPUTS, is_learned, ruleset_document
from routing.forms.models import INPUTS_HELP, InputsField
from routing.forms.opened import opened_name
from routing.models import LearnedModel
from routing.queries.rule_lists import RuleList
from routing.terms import RuleType, choices

BUILT_IN: Final = "Built-in words"
CHOOSE: Final = "Choose a model"
# Which field of the form holds the model of a type.
MODEL_FIELDS: Final = {
    RuleType.SKILLS: "skill_model",
    RuleType.SENTIMENT: "sentiment_model",
    RuleType.EFFORT: "effort_model",
}
# What a form sends of what it was filled from.
OPENED: Final = ("revision", "opened", "opened_row")
NOT_PUBLISHED: Final = "{} (not published yet)"


class RulesetForm(AppForm):
    """Each type shows the models of its own; sentiment also works without one."""

    fieldsets = (("", (*OPENED, "name", "kind", *MODEL_FIELDS.values(), "inputs")),)
    shown_when: ClassVar = {
        **{name: f"kind={kind.value}" for kind, name in MODEL_FIELDS.items()},
        "inputs": "kind=" + "|".join(kind.value for kind in MODEL_FIELDS),
    }

    revision = forms.IntegerField(widget=forms.HiddenInput)
    opened = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    opened_row = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(max_length=100)
    kind = forms.ChoiceField(choices=choices(RuleType), label="Rule type")
    skill_model = forms.ChoiceField(label="Model", required=False)
    sentiment_model = forms.ChoiceField(
        label="Model", required=False, help_text="Built-in words need no training."
    )
    effort_model = forms.ChoiceField(label="Model", required=False)
    inputs = InputsField(
        label="Input attributes",
        max_length=2100,
        required=False,
        help_text=INPUTS_HELP,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    def __init__(
        self, rules: RuleList, ruleset: Mapping[str, Any] | None, data: Any = None
    ) -> None:
        self.ruleset = ruleset or {}
        kind = self.ruleset.get("kind", RuleType.LOGICAL)
        initial = {
            "revision": rules.revision,
            "opened": opened_name(rules.rulesets, self.ruleset),
            "opened_row": _row_of(rules, ruleset),
            "name": self.ruleset.get("name", ""),
            "kind": kind,
            "inputs": self.ruleset.get("inputs") or list(USUAL_INPUTS),
        }
        if is_learned(self.ruleset):
            initial[MODEL_FIELDS[RuleType(kind)]] = self.ruleset["model"] or ""
        super().__init__(data, initial=initial)
        models = list(LearnedModel.objects.order_by("name"))
        for each, name in MODEL_FIELDS.items():
            first = ("", BUILT_IN if each is RuleType.SENTIMENT else CHOOSE)
            self._field(name).choices = [first, *_names(models, each)]
        if self.ruleset.get("rules"):
            # Rules would be lost with the type.
            self.fields["kind"].disabled = True

    def _field(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field

    def document(self) -> dict[str, Any]:
        """The ruleset in the words of the public contract."""
        kind = RuleType(self.cleaned_data["kind"])
        learned = MODEL_FIELDS.get(kind)
        return ruleset_document(
            name=self.cleaned_data["name"],
            kind=kind.value,
            model=(self.cleaned_data[learned] or None) if learned else None,
            inputs=self.cleaned_data["inputs"] or [],
            rules=list(self.ruleset.get("rules") or []),
        )

    def place(self, findings: list[dict[str, str]], number: int) -> None:
        """Put what stands against this ruleset at its field, and the rest on top."""
        for finding in findings:
            start, _, path = finding["path"].partition(".")
            field = path.partition(".")[0]
            if field == "model":
                field = MODEL_FIELDS.get(RuleType(self.cleaned_data["kind"]), "")
            is_own = start == str(number - 1) and field in self.fields
            self.add_error(field if is_own else None, finding["message"])


def warning_of(rulesets: list[dict[str, Any]]) -> str:
    """What is allowed, and rarely meant."""
    kinds = [ruleset.get("kind") for ruleset in rulesets]
    return SECOND_SENTIMENT if kinds.count(RuleType.SENTIMENT) > 1 else ""


def _row_of(rules: RuleList, ruleset: Mapping[str, Any] | None) -> int | None:
    pairs = zip(rules.rulesets, rules.rows, strict=True)
    return next((row for each, (row, _) in pairs if each is ruleset), None)


def _names(models: list[LearnedModel], kind: RuleType) -> Iterator[tuple[str, str]]:
    for model in models:
        if model.kind == kind:
            label = model.name if model.published_id else NOT_PUBLISHED.format(model.name)
            yield model.name, label
