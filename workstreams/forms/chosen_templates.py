"""The forms of a workstream's session and notification templates (B 1.7)."""

from typing import Any

from django import forms

from config.forms import AppForm
from workstreams.models import NotificationTemplate, SessionTemplate, Workstream
from workstreams.queries.built_in_templates import TEMPLATE_FIELDS
from workstreams.terms import LABELS, Scenario, SessionType

GONE = "This template is no longer there. Choose another."
SAME = "The same as incoming unauthenticated"
WHEN = {
    Scenario.INCOMING: "Work of customers whose record was not found.",
    Scenario.INCOMING_AUTHENTICATED: "Work of customers whose contact or account was found.",
    Scenario.CONSULT: "An agent asks another one for advice.",
    Scenario.TRANSFER: "Somebody hands work to an agent.",
    Scenario.SUPERVISOR_ASSIGN: "A supervisor gives work to an agent.",
}


class SessionChoiceForm(AppForm):
    """The one generic session that the workstream's work opens with."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    session_template = forms.ModelChoiceField(
        SessionTemplate.objects.filter(type=SessionType.GENERIC),
        required=False,
        label="Default template",
        empty_label="None: the conversation beside the customer's summary",
        error_messages={"invalid_choice": GONE},
        help_text="Only generic sessions are listed.",
    )

    def __init__(self, data: Any = None, *, workstream: Workstream) -> None:
        chosen = {
            "revision": workstream.revision,
            "session_template": workstream.session_template_id,
        }
        super().__init__(data, initial=chosen)

    def settings(self) -> dict[str, Any]:
        """What ``edit_workstream`` wants."""
        return dict(self.cleaned_data)


class NotificationChoicesForm(AppForm):
    """A notification template for each occasion; all but the first may be left out."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, workstream: Workstream) -> None:
        chosen = {field: getattr(workstream, f"{field}_id") for field in TEMPLATE_FIELDS.values()}
        super().__init__(data, initial={"revision": workstream.revision, **chosen})
        for scenario, field in TEMPLATE_FIELDS.items():
            is_first = scenario == Scenario.INCOMING
            self.fields[field] = forms.ModelChoiceField(
                NotificationTemplate.objects.all(),
                label=LABELS[scenario],
                required=is_first,
                empty_label=None if is_first else SAME,
                error_messages={"invalid_choice": GONE},
                help_text=WHEN[scenario],
            )

    def settings(self) -> dict[str, Any]:
        """What ``edit_workstream`` wants."""
        return dict(self.cleaned_data)
