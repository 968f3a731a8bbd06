"""The shape of the configuration document: its sections, and which names are keys."""

from collections.abc import Mapping
from typing import Any, Final

from routing.configuration.documents.field import Fields
from routing.configuration.documents.sections import channels, definitions, templates, work
from routing.configuration.rows.names import message_name, reply_name

FORMAT: Final = 2
# What a document is of: everything, or one workstream with all that it names.
ORGANISATION: Final = "organisation"
WORKSTREAM: Final = "workstream"
SCOPES: Final = (ORGANISATION, WORKSTREAM)
# Keys beside the sections.
HEAD: Final = ("format", "scope")

# Section of the document by kind, in order: what is named stands before what names it.
SECTIONS: Final[dict[str, str]] = {
    "service": "service",
    "rating_model": "rating_models",
    "skill": "skills",
    "agent_attribute": "agent_attributes",
    "capacity_profile": "capacity_profiles",
    "presence": "presences",
    "operating_hours": "operating_hours",
    "record_type": "record_types",
    "session_template": "session_templates",
    "notification_template": "notification_templates",
    "bot": "bots",
    "learned_model": "learned_models",
    "assignment_method": "assignment_methods",
    "queue": "queues",
    "workstream": "workstreams",
    "intake": "intake_rules",
    "channel_instance": "channel_instances",
    "automated_message": "automated_messages",
    "message_template": "message_templates",
    "quick_reply": "quick_replies",
    "identification": "identification_rules",
}
# Kinds of which there are many, each with its fields.
FIELDS: Final[dict[str, Fields]] = {
    "rating_model": definitions.RATING_MODEL,
    "skill": definitions.SKILL,
    "agent_attribute": definitions.AGENT_ATTRIBUTE,
    "capacity_profile": definitions.CAPACITY_PROFILE,
    "presence": definitions.PRESENCE,
    "operating_hours": definitions.OPERATING_HOURS,
    "record_type": definitions.RECORD_TYPE,
    "session_template": templates.SESSION_TEMPLATE,
    "notification_template": templates.NOTIFICATION_TEMPLATE,
    "bot": work.BOT,
    "learned_model": definitions.LEARNED_MODEL,
    "assignment_method": definitions.ASSIGNMENT_METHOD,
    "queue": definitions.QUEUE,
    "workstream": work.WORKSTREAM,
    "channel_instance": channels.CHANNEL_INSTANCE,
    "automated_message": templates.AUTOMATED_MESSAGE,
    "message_template": templates.MESSAGE_TEMPLATE,
    "quick_reply": templates.QUICK_REPLY,
}
# Kinds of one piece that is a list of rules, replaced whole.
LISTS: Final = ("intake", "identification")
# Kinds whose entries have no name of their own: these fields together are the key.
KEYS: Final[dict[str, tuple[str, ...]]] = {
    "quick_reply": ("title", "locale"),
    "automated_message": ("channel", "trigger", "locale"),
}
DEFAULT_LOCALE: Final = "en"
NAMED: Final = frozenset(FIELDS.keys() - KEYS.keys())


def name_of(kind: str, entry: Mapping[str, Any]) -> str:
    """What people call an entry; empty where it does not say."""
    if kind not in KEYS:
        name = entry.get("name")
        return name if isinstance(name, str) else ""
    parts = [entry.get(key, DEFAULT_LOCALE if key == "locale" else None) for key in KEYS[kind]]
    if not all(isinstance(part, str) and part for part in parts):
        return ""
    try:
        return reply_name(*parts) if kind == "quick_reply" else message_name(*parts)
    except ValueError:  # no channel or trigger of ours
        return ""


def key_of(kind: str, entry: Mapping[str, Any]) -> str:
    """The natural key: names differ by more than case, languages are written in one way."""
    name = name_of(kind, entry)
    if kind not in KEYS or not name:
        return name.lower()
    head, _, locale = name.rpartition(" (")
    return f"{head.lower()} ({locale}"


def in_order(kind: str, document: Mapping[str, Any]) -> dict[str, Any]:
    """The authored fields of a piece, in the order people read them; derived ones fall away."""
    return {key: document[key] for key in FIELDS[kind] if key in document}
