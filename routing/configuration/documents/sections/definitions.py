"""What workstreams refer to: skills, profiles, presences, hours, record types, queues."""

from typing import Final

from agents.actions.check_rating_scale import HIGHEST_RATING
from agents.attribute_value import LONGEST_NAME, MOST_OPTIONS
from agents.terms import AttributeType, BasePresence, ResetFrequency
from routing.configuration.documents.checks import (
    Check,
    any_object,
    clock,
    condition,
    day,
    flag,
    list_of,
    number,
    one_of,
    or_nothing,
    overflow_pairs,
    rules,
    shape_with,
    slug,
    text,
    time_zone,
)
from routing.configuration.documents.field import NAME, Field, Fields
from routing.terms import LEARNED
from workstreams.actions.check_queue import MAXIMUM_PRIORITY, MOST_SECONDS
from workstreams.terms import MethodKind, WorkstreamType

RATING_MODEL: Final[Fields] = {
    "name": NAME,
    "min": Field(check=number(1, HIGHEST_RATING)),
    "max": Field(check=number(1, HIGHEST_RATING)),
    "names": Field(check=list_of(text(100)), default=[]),
}
SKILL: Final[Fields] = {
    "name": NAME,
    "description": Field(check=text(500, may_be_empty=True), default=""),
    "type": Field(check=text(100)),
    "rating_model": Field(check=text(100), refers_to="rating_model"),
}
AGENT_ATTRIBUTE: Final[Fields] = {
    "name": NAME,
    "type": Field(check=one_of(AttributeType), default="text"),
    "options": Field(check=list_of(text(LONGEST_NAME), most=MOST_OPTIONS), default=[]),
    "description": Field(check=text(500, may_be_empty=True), default=""),
}
CAPACITY_PROFILE: Final[Fields] = {
    "name": NAME,
    "limit": Field(check=number(0, 100)),
    "reset": Field(check=one_of(ResetFrequency), default="immediate"),
    "blocks_assignment": Field(check=flag, default=False),
}
PRESENCE: Final[Fields] = {
    "name": NAME,
    "text": Field(check=text(500)),
    "description": Field(check=text(500, may_be_empty=True), default=""),
    "base": Field(check=one_of(BasePresence)),
    "agents_may_set": Field(check=flag, default=True),
}
# What entries of the usual week leave out.
RECURRENCE: Final[dict[str, Check]] = {
    "from": day,
    "until": day,
    "every_weeks": number(1, 52),
    "except_on": list_of(day),
}
OPERATING_HOURS: Final[Fields] = {
    "name": NAME,
    "time_zone": Field(check=time_zone),
    "periods": Field(
        check=list_of(
            shape_with(RECURRENCE, weekday=number(0, 6), start=clock, end=clock), most=500
        ),
        default=[],
    ),
    "holidays": Field(
        check=list_of(
            shape_with(
                {"until": day, "repeats_yearly": flag},
                date=day,
                reason=text(200, may_be_empty=True),
            ),
            unique="date",
        ),
        default=[],
    ),
}
RECORD_TYPE: Final[Fields] = {
    "name": Field(check=slug(60)),
    "label": Field(check=text(100)),
    "is_routed": Field(check=flag, default=True),
    "routes_on_creation": Field(check=flag, default=True),
}
LEARNED_MODEL: Final[Fields] = {
    "name": NAME,
    "type": Field(check=one_of(LEARNED)),
    "inputs": Field(check=list_of(text(200))),
    "minimum_confidence": Field(check=number(1, 99), default=50),
    "workstreams": Field(check=list_of(text(100)), default=[], refers_to="workstream"),
    "closed_from": Field(check=or_nothing(day), default=None),
    "closed_until": Field(check=or_nothing(day), default=None),
    "when": Field(check=condition, default={}),
}
ASSIGNMENT_METHOD: Final[Fields] = {
    "name": NAME,
    "description": Field(check=text(500, may_be_empty=True), default=""),
    "kind": Field(check=one_of(MethodKind), default="rules"),
    "prioritization": Field(check=rules, default=[]),
    "rulesets": Field(check=rules, default=[]),
    "selection": Field(check=rules, default=[]),
    "weights": Field(check=any_object, default={}),
}
QUEUE: Final[Fields] = {
    "name": Field(check=text(200)),
    "type": Field(check=one_of(WorkstreamType)),
    "priority": Field(check=number(1, MAXIMUM_PRIORITY), default=1),
    "assignment_method": Field(check=text(100), default="highest_capacity"),
    "operating_hours": Field(
        check=or_nothing(text(100)), default=None, refers_to="operating_hours"
    ),
    "distributes": Field(check=flag, default=True),
    "service_level_seconds": Field(check=or_nothing(number(1, MOST_SECONDS)), default=None),
    "short_abandoned_seconds": Field(check=or_nothing(number(1, MOST_SECONDS)), default=None),
    "overflow": Field(check=overflow_pairs, default=[]),
}
