"""Which notification templates cannot be (B 11.2)."""

from collections.abc import Mapping
from typing import Any

from workstreams.actions.check_template_words import slugs_error, text_error
from workstreams.actions.refusals import InvalidSettings
from workstreams.models import NotificationTemplate
from workstreams.models.notification_template import MAXIMUM_FIELDS
from workstreams.queries.slug_values import known_slugs
from workstreams.template_words import (
    DECLINE,
    ICONS,
    MOST_HEADER,
    MOST_LABEL,
    MOST_NAME,
    MOST_TITLE,
    MOST_VALUE,
    OPEN,
    SECONDS,
)
from workstreams.terms import DesktopNotification

ONLY_WITH_AUTO_ASSIGN = "Only what is assigned without asking can open by itself."


def follow_the_rules(template: NotificationTemplate) -> None:
    """What one choice decides for others: what is assigned without asking is opened and not
    declined, and what opens by itself shows when."""
    if template.auto_assign:
        template.accept_label, template.agents_may_decline = OPEN, False
    if template.auto_accept:
        template.shows_countdown = True
    template.decline_label = template.decline_label.strip() or DECLINE


def check_notification_template(
    template: NotificationTemplate, known: Mapping[str, str] | None = None
) -> None:
    """Raise InvalidSettings with a sentence for each setting that is wrong; names slugs that
    nothing fills, where ``known`` are others than those that are there now."""
    known = known or known_slugs()
    errors = {
        "name": text_error(template.name, MOST_NAME, "name"),
        "title": text_error(template.title, MOST_TITLE, "title")
        or slugs_error(template.title, known),
        "icon": "" if template.icon in ICONS else "Choose one of the icons.",
        **_field_errors(template.fields, known),
        "countdown_seconds": _countdown_error(template.countdown_seconds),
        "auto_accept": ONLY_WITH_AUTO_ASSIGN
        if template.auto_accept and not template.auto_assign
        else "",
        "accept_label": text_error(template.accept_label, MOST_LABEL, "label"),
        "decline_label": text_error(template.decline_label, MOST_LABEL, "label"),
        "desktop_notification": ""
        if template.desktop_notification in list(DesktopNotification)
        else "Choose never, when in the background, or always.",
    }
    found = {name: sentence for name, sentence in errors.items() if sentence}
    if found:
        raise InvalidSettings(found)


def _field_errors(fields: Any, known: Mapping[str, str]) -> dict[str, str]:
    """By ``fields.0.header`` and ``fields.0.value``."""
    if len(fields) > MAXIMUM_FIELDS:
        return {"fields": f"An offer shows {MAXIMUM_FIELDS} lines at most."}
    errors = {}
    for index, field in enumerate(fields):
        header, value = field["header"], field["value"]
        errors[f"fields.{index}.header"] = text_error(header, MOST_HEADER, "header")
        errors[f"fields.{index}.value"] = text_error(value, MOST_VALUE, "value") or slugs_error(
            value, known
        )
    return errors


def _countdown_error(seconds: Any) -> str:
    low, high = SECONDS
    is_whole = isinstance(seconds, int) and not isinstance(seconds, bool)
    return "" if is_whole and low <= seconds <= high else f"Choose {low} to {high} seconds."
