"""The form of the switches of the whole service."""

from typing import Any

from django import forms

from config.forms import AppForm
from workstreams.models import ServiceConfiguration
from workstreams.switches import NAMES, SWITCHES

ON = "It was switched on and stays on: records are routed by workstreams and intake rules."
OFF = (
    "Cases, e-mails, activities and other records come to workstreams by intake rules. Once this is"
    " on, it stays on."
)


class ServiceConfigurationForm(AppForm):
    """Switches; record routing is shown, and fixed, once it is on."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    routes_records = forms.BooleanField(
        required=False, label="Unified routing for records", help_text=OFF
    )

    fieldsets = (("", ("revision", "routes_records", *NAMES)),)

    def __init__(self, data: Any = None, *, service: ServiceConfiguration) -> None:
        is_on = service.record_routing_enabled_at is not None
        initial = {
            "revision": service.revision,
            "routes_records": is_on,
            **{name: getattr(service, name) for name in NAMES},
        }
        super().__init__(data, initial=initial)
        for switch in SWITCHES:
            self.fields[switch.name] = forms.BooleanField(
                required=False, label=switch.label, help_text=switch.help
            )
        if is_on:
            self.fields["routes_records"].disabled = True
            self.fields["routes_records"].help_text = ON

    def settings(self) -> dict[str, Any]:
        """What ``save_service_configuration`` wants."""
        return dict(self.cleaned_data)
