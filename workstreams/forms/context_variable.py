"""The form of a context variable."""

from typing import Any

from django import forms

from config.forms import AppForm
from workstreams.models import ContextVariable
from workstreams.terms import VariableType, choices


class ContextVariableForm(AppForm):
    """A name, and what it holds."""

    name = forms.CharField(
        max_length=100,
        help_text="Case counts. Rules read it as context.name, texts as {OCContext.name}.",
    )
    type = forms.ChoiceField(choices=choices(VariableType))

    fieldsets = (("", (("name", "type"),)),)

    def __init__(self, data: Any = None, *, variable: ContextVariable | None = None) -> None:
        initial = {"name": variable.name, "type": variable.type} if variable else None
        super().__init__(data, initial=initial)
