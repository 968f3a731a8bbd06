"""Two versions to compare."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from config.forms import AppForm
from routing.models import ConfigurationVersion

NONE = "There is no version {}."


class CompareForm(AppForm):
    """Numbers of versions; 0 is before the first."""

    fieldsets = (("", (("a", "b"),)),)

    a = forms.IntegerField(label="Version", min_value=0, max_value=2**31 - 1)
    b = forms.IntegerField(label="with version", min_value=0, max_value=2**31 - 1)

    def clean_a(self) -> Any:
        return self._known("a")

    def clean_b(self) -> Any:
        return self._known("b")

    def _known(self, name: str) -> Any:
        number = self.cleaned_data[name]
        if number and not ConfigurationVersion.objects.filter(pk=number).exists():
            raise ValidationError(NONE.format(number))
        return number
