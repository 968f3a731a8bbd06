"""Workstreams, bots, and how customers are recognised."""

from typing import Final

from agents.terms import BasePresence
from routing.configuration.documents.checks import (
    any_object,
    capacity,
    flag,
    list_of,
    number,
    one_of,
    or_nothing,
    rules,
    shape,
    text,
    text_map,
    wrap_up_block,
)
from routing.configuration.documents.field import NAME, Field, Fields
from workstreams.terms import (
    BotKind,
    BotPurpose,
    Channel,
    DistributionMode,
    IdentifiedEntity,
    SkillMatching,
    VariableType,
    WorkstreamType,
)

BOT: Final[Fields] = {
    "name": NAME,
    "kind": Field(check=one_of(BotKind)),
    "purpose": Field(check=one_of(BotPurpose), default="conversation"),
    "endpoint": Field(check=text(500, may_be_empty=True), default=""),
    "script": Field(check=any_object, default={}),
    "is_enabled": Field(check=flag, default=True),
}
IDENTIFICATION_RULE: Final = shape(
    name=text(100), entity=one_of(IdentifiedEntity), keys=text_map(100), is_enabled=flag
)
IDENTIFICATION_RULES: Final = Field(check=list_of(IDENTIFICATION_RULE, unique="name"), default=[])
CONTEXT_VARIABLES: Final[Field] = Field(
    check=list_of(
        shape(name=text(100), type=one_of(VariableType), is_from_survey=flag), unique="name"
    ),
    default=[],
)


def _template() -> Field:
    return Field(check=or_nothing(text(100)), default=None, refers_to="notification_template")


WORKSTREAM: Final[Fields] = {
    "name": NAME,
    "type": Field(check=one_of(WorkstreamType)),
    "channel": Field(check=one_of(Channel)),
    "record_type": Field(check=or_nothing(text(60)), default=None, refers_to="record_type"),
    "persistent_chat": Field(check=flag, default=False),
    "distribution_mode": Field(check=one_of(DistributionMode)),
    "may_be_picked": Field(check=flag, default=False),
    "fallback_queue": Field(check=text(200), refers_to="queue"),
    "capacity": Field(check=capacity, default={"format": "unit", "units": 1}),
    "wrap_up_block": Field(check=wrap_up_block, default={"mode": "always"}),
    "allowed_presences": Field(check=list_of(one_of(BasePresence)), default=["available", "busy"]),
    "skill_matching": Field(check=one_of(SkillMatching), default="exact"),
    "keep_same_agent": Field(check=flag, default=False),
    "auto_close_after_minutes": Field(check=or_nothing(number(1, 2**31 - 1)), default=None),
    "bot": Field(check=or_nothing(text(100)), default=None, refers_to="bot"),
    "assist_bots": Field(check=list_of(text(100)), default=[], refers_to="bot"),
    "session_template": Field(
        check=or_nothing(text(100)), default=None, refers_to="session_template"
    ),
    "notification_template": Field(check=text(100), refers_to="notification_template"),
    "authenticated_template": _template(),
    "consult_template": _template(),
    "transfer_template": _template(),
    "supervisor_assign_template": _template(),
    "context_variables": CONTEXT_VARIABLES,
    "identification_rules": IDENTIFICATION_RULES,
    "classification": Field(check=rules, default=[]),
    "route_to_queue": Field(check=rules, default=[]),
}
