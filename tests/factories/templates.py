"""Templates of offers and sessions."""

from itertools import count
from typing import Any

from workstreams.models import NotificationTemplate, SessionTemplate

NUMBERS = count(1)


def make_notification_template(name: str = "", **fields: Any) -> NotificationTemplate:
    """A template that an agent may decline within two minutes."""
    if fields.get("auto_assign"):
        fields = {"agents_may_decline": False, "accept_label": "Open"} | fields
    return NotificationTemplate.objects.create(name=name or f"offer-{next(NUMBERS)}", **fields)


def make_session_template(name: str = "", **fields: Any) -> SessionTemplate:
    """A generic session with the customer's summary."""
    number = next(NUMBERS)
    fields = {"unique_name": f"own_session_{number}"} | fields
    return SessionTemplate.objects.create(name=name or f"session-{number}", **fields)
