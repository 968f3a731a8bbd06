"""The templates that new workstreams of a channel begin with (B 1.7)."""

from typing import Final

from workstreams.models import NotificationTemplate, SessionTemplate
from workstreams.terms import LABELS, Channel, Scenario

# What a scenario's template is called on the workstream.
TEMPLATE_FIELDS: Final = {
    Scenario.INCOMING: "notification_template",
    Scenario.INCOMING_AUTHENTICATED: "authenticated_template",
    Scenario.CONSULT: "consult_template",
    Scenario.TRANSFER: "transfer_template",
    Scenario.SUPERVISOR_ASSIGN: "supervisor_assign_template",
}
CALLED: Final = {Channel.CUSTOM: "Custom messaging", Channel.VOICE: "Voice call"}


def built_in_notifications(channel: str) -> dict[str, NotificationTemplate]:
    """The built-in template of each scenario, by the workstream's field; 1 query."""
    names = {
        f"{_called(channel)} - {LABELS[scenario].lower()} - default": field
        for scenario, field in TEMPLATE_FIELDS.items()
    }
    found = NotificationTemplate.objects.filter(name__in=names, is_built_in=True)
    return {names[template.name]: template for template in found}


def built_in_session(channel: str) -> SessionTemplate:
    """The built-in session template of the channel."""
    return SessionTemplate.objects.get(
        unique_name=f"swy_{channel}_session_default", is_built_in=True
    )


def _called(channel: str) -> str:
    return CALLED.get(Channel(channel), LABELS[Channel(channel)])
