"""Which closed work a model learns from, by the conditions that rules have too."""

from collections.abc import Mapping
from typing import Any

from django import forms

from routing.forms.conditions import Builder
from routing.models import LearnedModel
from routing.queries.condition_fields import closed_work_fields
from routing.queries.condition_names import listed_names


class FilterHead(forms.Form):
    """The revision of the model that the page showed."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class ModelFilter:
    """The head and the conditions together."""

    def __init__(self, model: LearnedModel, data: Mapping[str, Any] | None = None) -> None:
        self.model = model
        self.head = FilterHead(data, initial={"revision": model.revision})
        workstreams = list(model.workstreams.order_by("pk"))
        catalogue = closed_work_fields(workstreams)
        only = workstreams[0] if len(workstreams) == 1 else None
        self.conditions = Builder(model.when, data, catalogue, listed_names(catalogue, only))

    @property
    def is_bound(self) -> bool:
        return self.head.is_bound

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every error with the id of its field, for the summary on top."""
        found = [("", str(error)) for error in self.head.non_field_errors()]
        return found + self.conditions.errors

    def is_valid(self) -> bool:
        """What cannot be asked stands where it is."""
        self.conditions.check()
        return self.head.is_valid() and not self.errors

    def change_rows(self, command: str) -> None:
        """Only what a button of the conditions asks for."""
        self.conditions.edit(command)
        self.head.initial = {"revision": self.head["revision"].data}
        self.head.is_bound = False
