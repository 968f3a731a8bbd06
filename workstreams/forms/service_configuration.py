"""The form of the switches of the whole service."""

from typing import Any, Final

from django import forms

from config.forms import AppForm
from workstreams.models import ServiceConfiguration
from workstreams.switches import (
    DECLINES,
    NAMES,
    REACH_NAMES,
    REACHES,
    SEARCH_NAMES,
    SEARCH_SECONDS,
    SEARCHES,
    SWITCHES,
    WORD_NAMES,
    WORDS,
)
from workstreams.terms import choices

ON = "It was switched on and stays on: records are routed by workstreams and intake rules."
OFF = (
    "Cases, e-mails, activities and other records come to workstreams by intake rules. Once this is"
    " on, it stays on."
)
DECLINE = (
    "From 1 to 5. Who declined or missed the same work item so often is not offered it again while"
    " somebody else may take it. Once everybody has, it is offered to them again after a minute."
)


OF_ADVICE: Final = (
    "transfers_to_agents",
    "asks_queues",
    "agent_consults_hold_capacity",
    "queue_consults_hold_capacity",
)
OF_REFUSALS: Final = ("inactive_after_missed", "undisturbed_after_declined")
OF_SUPERVISORS: Final = tuple(name for name in NAMES if name.startswith("supervisors_"))
GENERAL: Final = tuple(
    name for name in NAMES if name not in (*OF_REFUSALS, *OF_ADVICE, *OF_SUPERVISORS)
)


class ServiceConfigurationForm(AppForm):
    """Switches; record routing is shown, and fixed, once it is on."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    routes_records = forms.BooleanField(
        required=False, label="Unified routing for records", help_text=OFF
    )

    maximum_declines = forms.IntegerField(
        min_value=DECLINES[0],
        max_value=DECLINES[1],
        label="Declines of one agent",
        help_text=DECLINE,
    )

    fieldsets = (
        ("", ("revision", "routes_records", "maximum_declines", *GENERAL)),
        (
            "Missed and declined offers",
            (*OF_REFUSALS[:1], *WORD_NAMES[:2], *OF_REFUSALS[1:], *WORD_NAMES[2:]),
        ),
        ("Advice and transfer", (*OF_ADVICE[:2], *REACH_NAMES, SEARCH_NAMES, *OF_ADVICE[2:])),
        ("Supervisors", OF_SUPERVISORS),
    )

    def __init__(self, data: Any = None, *, service: ServiceConfiguration) -> None:
        is_on = service.record_routing_enabled_at is not None
        initial = {
            "revision": service.revision,
            "routes_records": is_on,
            "maximum_declines": service.maximum_declines,
            **{
                name: getattr(service, name)
                for name in (*NAMES, *REACH_NAMES, *SEARCH_NAMES, *WORD_NAMES)
            },
        }
        super().__init__(data, initial=initial)
        for switch in SWITCHES:
            self.fields[switch.name] = forms.BooleanField(
                required=False, label=switch.label, help_text=switch.help
            )
        for reach in REACHES:
            self.fields[reach.name] = forms.ChoiceField(
                choices=choices(reach.terms),
                required=False,
                label=reach.label,
                help_text=reach.help,
            )
        for search in SEARCHES:
            self.fields[search.name] = forms.IntegerField(
                min_value=SEARCH_SECONDS[0],
                max_value=SEARCH_SECONDS[1],
                required=False,
                label=search.label,
                help_text=search.help,
            )
        for words in WORDS:
            self.fields[words.name] = forms.CharField(
                max_length=words.longest, required=False, label=words.label, help_text=words.help
            )
        if is_on:
            self.fields["routes_records"].disabled = True
            self.fields["routes_records"].help_text = ON

    def settings(self) -> dict[str, Any]:
        """What ``save_service_configuration`` wants; a choice that was not sent stays."""
        chosen = {name: self.cleaned_data[name] or None for name in REACH_NAMES}
        return {**self.cleaned_data, **chosen}
