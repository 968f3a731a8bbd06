"""The form of an identification rule."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms

from config.forms import AppForm
from workstreams.models import IdentificationRule
from workstreams.terms import IdentifiedEntity, choices

PERSON: Final = "entity=contact|account"
KEY_FIELDS: Final[Mapping[str, str]] = {
    "name_keys": "name",
    "email_keys": "email",
    "phone_keys": "phone",
    "number_keys": "number",
}
HELP: Final = "Question or context variable; commas between several. Empty: not compared."


def _keys(label: str) -> forms.CharField:
    return forms.CharField(required=False, max_length=500, label=label, help_text=HELP)


class IdentificationForm(AppForm):
    """What is found, and which answer is compared with which of its fields."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(max_length=100)
    entity = forms.ChoiceField(choices=choices(IdentifiedEntity), label="Finds")
    name_keys = _keys("Compared with the name")
    email_keys = _keys("Compared with the e-mail")
    phone_keys = _keys("Compared with the phone number")
    number_keys = _keys("Compared with the case number")
    is_enabled = forms.BooleanField(required=False, initial=True, label="In use")

    fieldsets = (
        (
            "",
            (
                "revision",
                ("name", "entity"),
                "name_keys",
                "email_keys",
                "phone_keys",
                "number_keys",
            ),
        ),
        ("", ("is_enabled",)),
    )
    shown_when = {
        "name_keys": PERSON,
        "email_keys": PERSON,
        "phone_keys": PERSON,
        "number_keys": "entity=case",
    }

    def __init__(self, data: Any = None, *, rule: IdentificationRule | None = None) -> None:
        super().__init__(data, initial=_initial(rule) if rule else None)

    def settings(self) -> dict[str, Any]:
        """What the action wants."""
        typed = self.cleaned_data
        keys = {
            key.strip(): field
            for name, field in KEY_FIELDS.items()
            for key in (typed[name] or "").split(",")
            if key.strip()
        }
        return {
            "name": typed["name"],
            "entity": typed["entity"],
            "is_enabled": typed["is_enabled"],
            "revision": typed["revision"],
            "keys": keys,
        }


def _initial(rule: IdentificationRule) -> dict[str, Any]:
    shown = {
        name: ", ".join(key for key, each in rule.keys.items() if each == field)
        for name, field in KEY_FIELDS.items()
    }
    own = {name: getattr(rule, name) for name in ("revision", "name", "entity", "is_enabled")}
    return own | shown
