"""The shape of the configuration document: sections, fields, and what each may hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from agents.terms import BasePresence, ResetFrequency
from routing.configuration.documents.checks import (
    Check,
    capacity,
    clock,
    day,
    flag,
    list_of,
    number,
    one_of,
    or_nothing,
    rules,
    shape,
    text,
    time_zone,
    wrap_up_block,
)
from workstreams.terms import Channel, DistributionMode, SkillMatching, WorkstreamType

FORMAT: Final = 1
# Section of the document by kind, in order: what is named stands before what names it.
SECTIONS: Final[dict[str, str]] = {
    "rating_model": "rating_models",
    "skill": "skills",
    "capacity_profile": "capacity_profiles",
    "presence": "presences",
    "operating_hours": "operating_hours",
    "record_type": "record_types",
    "notification_template": "notification_templates",
    "queue": "queues",
    "workstream": "workstreams",
    "intake": "intake_rules",
}
REQUIRED: Final = object()


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """What one key of a section's entry may hold; ``refers_to`` names another kind."""

    check: Check
    default: Any = REQUIRED
    refers_to: str | None = None


NAME: Final = Field(check=text(100))
FIELDS: Final[dict[str, dict[str, Field]]] = {
    "rating_model": {
        "name": NAME,
        "min": Field(check=number(0, 1000)),
        "max": Field(check=number(1, 1000)),
    },
    "skill": {
        "name": NAME,
        "description": Field(check=text(500, may_be_empty=True), default=""),
        "type": Field(check=text(100)),
        "rating_model": Field(check=text(100), refers_to="rating_model"),
    },
    "capacity_profile": {
        "name": NAME,
        "limit": Field(check=number(0, 100)),
        "reset": Field(check=one_of(ResetFrequency), default="immediate"),
        "blocks_assignment": Field(check=flag, default=False),
    },
    "presence": {
        "name": NAME,
        "text": Field(check=text(500)),
        "description": Field(check=text(500, may_be_empty=True), default=""),
        "base": Field(check=one_of(BasePresence)),
        "agents_may_set": Field(check=flag, default=True),
    },
    "operating_hours": {
        "name": NAME,
        "time_zone": Field(check=time_zone),
        "periods": Field(
            check=list_of(shape(weekday=number(0, 6), start=clock, end=clock)), default=[]
        ),
        "holidays": Field(
            check=list_of(shape(date=day, reason=text(200, may_be_empty=True))), default=[]
        ),
    },
    "record_type": {"name": Field(check=text(60)), "label": Field(check=text(100))},
    "notification_template": {
        "name": NAME,
        "countdown_seconds": Field(check=number(5, 3600), default=120),
        "agents_may_decline": Field(check=flag, default=True),
    },
    "queue": {
        "name": Field(check=text(200)),
        "type": Field(check=one_of(WorkstreamType)),
        "priority": Field(check=number(1, 2**31 - 1), default=1),
        "assignment_method": Field(check=text(100), default="highest_capacity"),
        "operating_hours": Field(
            check=or_nothing(text(100)), default=None, refers_to="operating_hours"
        ),
        "overflow": Field(check=rules, default=[]),
    },
    "workstream": {
        "name": NAME,
        "type": Field(check=one_of(WorkstreamType)),
        "channel": Field(check=one_of(Channel)),
        "record_type": Field(check=or_nothing(text(60)), default=None, refers_to="record_type"),
        "persistent_chat": Field(check=flag, default=False),
        "distribution_mode": Field(check=one_of(DistributionMode)),
        "fallback_queue": Field(check=text(200), refers_to="queue"),
        "capacity": Field(check=capacity, default={"format": "unit", "units": 1}),
        "wrap_up_block": Field(check=wrap_up_block, default={"mode": "always"}),
        "allowed_presences": Field(
            check=list_of(one_of(BasePresence)), default=["available", "busy"]
        ),
        "skill_matching": Field(check=one_of(SkillMatching), default="exact"),
        "keep_same_agent": Field(check=flag, default=False),
        "auto_close_after_minutes": Field(check=or_nothing(number(1, 2**31 - 1)), default=None),
        "notification_template": Field(check=text(100), refers_to="notification_template"),
        "classification": Field(check=rules, default=[]),
        "route_to_queue": Field(check=rules, default=[]),
    },
}
# Keys that every rule of a kind may have; a name is always needed.
RULE_KEYS: Final[dict[str, frozenset[str]]] = {
    "classification": frozenset({"name", "when", "then"}),
    "route_to_queue": frozenset({"name", "when", "queues", "overflow"}),
    "intake": frozenset({"name", "record_type", "when", "workstream"}),
}


def in_order(kind: str, document: Mapping[str, Any]) -> dict[str, Any]:
    """The authored fields of a piece, in the order people read them; derived ones fall away."""
    return {key: document[key] for key in FIELDS[kind] if key in document}
