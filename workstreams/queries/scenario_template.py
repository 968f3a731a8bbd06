"""Which notification template a workstream uses when."""

from workstreams.models import NotificationTemplate, Workstream
from workstreams.queries.built_in_templates import TEMPLATE_FIELDS
from workstreams.terms import Scenario


def template_of(workstream: Workstream, scenario: Scenario) -> NotificationTemplate:
    """The scenario's own, or that of incoming work; at most 2 queries."""
    own: NotificationTemplate | None = getattr(workstream, TEMPLATE_FIELDS[scenario])
    return own or workstream.notification_template
