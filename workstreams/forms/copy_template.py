"""The question under which name a template is copied."""

from django import forms

from config.forms import AppForm


class CopyTemplateForm(AppForm):
    """A name, or none for "Copy of ..."."""

    name = forms.CharField(
        max_length=100, required=False, help_text="Empty: “Copy of” and the name."
    )
