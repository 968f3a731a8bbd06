"""Create a notification template."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.check_notification_template import (
    check_notification_template,
    follow_the_rules,
)
from workstreams.actions.template_refusals import refusing_taken_template_names
from workstreams.models import NotificationTemplate


class OfferField(TypedDict):
    """A line of an offer; ``value`` may hold slugs."""

    header: str
    value: str


class NotificationSettings(TypedDict, total=False):
    """What a template says; what is left out stays, or is the default of the product."""

    name: str
    title: str
    icon: str
    fields: list[OfferField]
    shows_countdown: bool
    countdown_seconds: int
    auto_assign: bool
    auto_accept: bool
    accept_label: str
    agents_may_decline: bool
    decline_label: str
    desktop_notification: str


@transaction.atomic
def create_notification_template(
    *, by: User, now: datetime, **settings: Unpack[NotificationSettings]
) -> NotificationTemplate:
    """Create it. Refuses impossible settings and a taken name (InvalidSettings)."""
    template = NotificationTemplate()
    fill_in(template, settings)
    with refusing_taken_template_names(template):
        template.save()

    announce_configuration(sender=NotificationTemplate, by=by, now=now)
    return template


def fill_in(template: NotificationTemplate, settings: NotificationSettings) -> None:
    """Put checked settings into a row that is not saved yet."""
    for name, value in settings.items():
        setattr(template, name, value.strip() if isinstance(value, str) else value)
    template.fields = [
        {"header": field["header"].strip(), "value": field["value"].strip()}
        for field in template.fields
    ]
    follow_the_rules(template)
    check_notification_template(template)
