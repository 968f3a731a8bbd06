"""Which session templates cannot be (B 11.1)."""

import re
from collections.abc import Mapping
from typing import Any, Final

from workstreams.actions.check_template_words import slugs_error, text_error
from workstreams.actions.refusals import InvalidSettings
from workstreams.models import SessionTemplate
from workstreams.queries.slug_values import known_slugs
from workstreams.template_words import ICONS, MOST_DESCRIPTION, MOST_NAME, MOST_TITLE
from workstreams.terms import PanelMode, SessionAnchor, SessionType

UNIQUE_NAME: Final = re.compile(r"[A-Za-z0-9]{3,8}_\w+")
PREFIXED = "A unique name is a prefix of 3 to 8 letters or digits, an underscore, and a name."


def follow_the_rules(template: SessionTemplate) -> None:
    """A session of a record has no icon of its own and begins with the record."""
    if template.type == SessionType.ENTITY:
        template.icon, template.anchor_tab = "", SessionAnchor.RECORD
    template.tabs = [tab for tab in dict.fromkeys(template.tabs) if tab != template.anchor_tab]


def check_session_template(
    template: SessionTemplate, known: Mapping[str, str] | None = None
) -> None:
    """Raise InvalidSettings with a sentence for each setting that is wrong; names slugs that
    nothing fills, where ``known`` are others than those that are there now."""
    is_entity = template.type == SessionType.ENTITY
    errors = {
        "name": text_error(template.name, MOST_NAME, "name"),
        "unique_name": _unique_name_error(template.unique_name),
        "type": _choice_error(template.type, SessionType),
        "record_type": "Choose whose records open with it."
        if is_entity and template.record_type_id is None
        else "",
        "title": text_error(template.title, MOST_TITLE, "title")
        or slugs_error(template.title, known or known_slugs()),
        "panel_mode": _choice_error(template.panel_mode, PanelMode),
        "icon": "" if is_entity or template.icon in ICONS else "Choose one of the icons.",
        "description": ""
        if len(template.description) <= MOST_DESCRIPTION
        else f"A description has {MOST_DESCRIPTION} characters at most.",
        "anchor_tab": _choice_error(template.anchor_tab, SessionAnchor),
        "tabs": next((_choice_error(tab, SessionAnchor) for tab in template.tabs), ""),
    }
    if not is_entity and template.record_type_id is not None:
        errors["record_type"] = "Only an entity template is for one type of record."
    found = {name: sentence for name, sentence in errors.items() if sentence}
    if found:
        raise InvalidSettings(found)


def _unique_name_error(name: str) -> str:
    return "" if len(name) <= MOST_NAME and UNIQUE_NAME.fullmatch(name) else PREFIXED


def _choice_error(value: Any, terms: Any) -> str:
    return "" if value in list(terms) else "Choose one of the list."
