"""Create a session template."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from agents.actions.lock_chosen import lock_chosen
from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.check_session_template import check_session_template, follow_the_rules
from workstreams.actions.template_refusals import refusing_taken_template_names
from workstreams.models import RecordType, SessionTemplate


class SessionSettings(TypedDict, total=False):
    """How work opens; what is left out stays, or is the default of the product."""

    name: str
    unique_name: str
    type: str
    record_type: RecordType | None
    title: str
    panel_mode: str
    icon: str
    description: str
    titles_anchor_tab: bool
    anchor_tab: str
    tabs: Sequence[str]


@transaction.atomic
def create_session_template(
    *, by: User, now: datetime, **settings: Unpack[SessionSettings]
) -> SessionTemplate:
    """Create it. Refuses impossible settings and taken names (InvalidSettings)."""
    template = SessionTemplate()
    fill_in(template, settings)
    with refusing_taken_template_names(template):
        template.save()

    announce_configuration(sender=SessionTemplate, by=by, now=now)
    return template


def fill_in(template: SessionTemplate, settings: SessionSettings) -> None:
    """Put checked settings into a row that is not saved yet; its record type stays until it is, or
    is gone already (DefinitionGone)."""
    for name, value in settings.items():
        setattr(template, name, value.strip() if isinstance(value, str) else value)
    template.tabs = list(template.tabs)
    follow_the_rules(template)
    check_session_template(template)
    lock_chosen(template.record_type)
