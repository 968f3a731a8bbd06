"""One compile function for each kind of piece. A malformed one raises ValueError or KeyError."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from agents.terms import BasePresence, CapacityFormat, ResetFrequency
from routing.engine.conditions.types import FieldType
from routing.engine.configuration.rule_pieces import (
    compile_overflow,
    compile_route_rule,
    compile_ruleset,
)
from routing.engine.configuration.shapes import (
    MAXIMUM_DECLINES,
    OFFER_SECONDS,
    AgentAttribute,
    Capacity,
    CapacityProfile,
    Holiday,
    LearnedModel,
    OfferRules,
    OperatingHours,
    Period,
    Presence,
    Queue,
    RatingModel,
    RecordType,
    Service,
    Skill,
    Workstream,
    WrapUp,
)
from routing.engine.screen import RuleList
from workstreams.terms import (
    AssignmentMethodName,
    DistributionMode,
    Scenario,
    SkillMatching,
    WorkstreamType,
    WrapUpBlock,
)

Document = Mapping[str, Any]
# What a workstream's document calls the template of a scenario.
TEMPLATES: Final = {
    "notification_template": Scenario.INCOMING,
    "authenticated_template": Scenario.INCOMING_AUTHENTICATED,
    "consult_template": Scenario.CONSULT,
    "transfer_template": Scenario.TRANSFER,
    "supervisor_assign_template": Scenario.SUPERVISOR_ASSIGN,
}
WEEKDAYS: Final = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)


def compile_workstream(document: Document, *, id: int) -> Workstream:
    """A workstream with its rules."""
    classification = document.get("classification") or ()
    route_to_queue = document.get("route_to_queue") or ()
    return Workstream(
        id=id,
        name=document["name"],
        type=WorkstreamType(document["type"]),
        channel=document.get("channel"),
        record_type=document.get("record_type"),
        persistent_chat=bool(document.get("persistent_chat")),
        distribution_mode=DistributionMode(document.get("distribution_mode") or "push"),
        fallback_queue=document.get("fallback_queue"),
        capacity=_capacity(document.get("capacity")),
        wrap_up_block=_wrap_up(document.get("wrap_up_block")),
        allowed_presences=frozenset(map(BasePresence, document.get("allowed_presences") or ())),
        skill_matching=SkillMatching(document.get("skill_matching") or "none"),
        keep_same_agent=bool(document.get("keep_same_agent")),
        may_be_picked=document.get("may_be_picked"),
        auto_close_after_minutes=document.get("auto_close_after_minutes"),
        offer_seconds=document.get("offer_seconds"),
        agents_may_decline=document.get("agents_may_decline", True) is not False,
        templates={
            scenario: document[name] for name, scenario in TEMPLATES.items() if document.get(name)
        },
        classification=tuple(
            compile_ruleset(ruleset, f"classification.{index}")
            for index, ruleset in enumerate(classification)
        ),
        has_unreadable_rules=bool(document.get("has_unreadable_rules")),
        route_to_queue=RuleList(
            compile_route_rule(rule, f"route_to_queue.{index}")
            for index, rule in enumerate(route_to_queue)
        ),
    )


def compile_queue(document: Document, *, id: int) -> Queue:
    """A queue's settings."""
    kind, method = document.get("type"), document.get("assignment_method")
    return Queue(
        id=id,
        name=document["name"],
        type=WorkstreamType(kind) if kind else None,
        priority=int(document.get("priority") or 1),
        assignment_method=method or AssignmentMethodName.HIGHEST_CAPACITY,
        operating_hours=document.get("operating_hours"),
        distributes=document.get("distributes", True) is not False,
        overflow=compile_overflow(document.get("overflow") or ()),
    )


def compile_skill(document: Document, *, id: int) -> Skill:
    """A skill."""
    return Skill(
        id=id,
        name=document["name"],
        type=document.get("type"),
        rating_model=document.get("rating_model"),
    )


def compile_agent_attribute(document: Document, *, id: int) -> AgentAttribute:
    """What is kept of agents."""
    return AgentAttribute(
        id=id,
        name=document["name"],
        type=FieldType(document.get("type") or FieldType.TEXT),
        options=tuple(document.get("options") or ()),
    )


def compile_rating_model(document: Document, *, id: int) -> RatingModel:
    """A scale of ratings."""
    low, high = float(document["min"]), float(document["max"])
    return RatingModel(id=id, name=document["name"], min=low, max=high)


def compile_capacity_profile(document: Document, *, id: int) -> CapacityProfile:
    """A capacity profile."""
    return CapacityProfile(
        id=id,
        name=document["name"],
        limit=int(document["limit"]),
        reset=ResetFrequency(document.get("reset") or "immediate"),
        blocks_assignment=bool(document.get("blocks_assignment")),
    )


def compile_presence(document: Document, *, id: int) -> Presence:
    """A presence."""
    text = document.get("text") or document["name"]
    base = BasePresence(document["base"])
    return Presence(id=id, name=document["name"], text=text, base=base)


def compile_notification_template(document: Document, *, id: int) -> OfferRules:
    """What an offer of this template does; its words are not for routing."""
    return OfferRules(
        id=id,
        name=document["name"],
        seconds=int(document.get("countdown_seconds") or OFFER_SECONDS),
        may_decline=document.get("agents_may_decline", True) is not False,
        auto_assign=bool(document.get("auto_assign")),
        auto_accept=bool(document.get("auto_accept")),
    )


def compile_operating_hours(document: Document, *, id: int) -> OperatingHours:
    """Operating hours; an unknown time zone raises ZoneInfoNotFoundError, a KeyError."""
    return OperatingHours(
        id=id,
        name=document["name"],
        time_zone=ZoneInfo(document["time_zone"]),
        periods=tuple(_period(period) for period in document.get("periods") or ()),
        holidays=tuple(_holiday(holiday) for holiday in document.get("holidays") or ()),
    )


def compile_learned_model(document: Document, *, id: int) -> LearnedModel:
    """What rulesets name."""
    return LearnedModel(id=id, name=document["name"])


def compile_record_type(document: Document, *, id: int) -> RecordType:
    """A sort of record."""
    return RecordType(
        id=id,
        name=document["name"],
        label=document.get("label") or document["name"],
        is_routed=document.get("is_routed", True) is not False,
        routes_on_creation=document.get("routes_on_creation", True) is not False,
    )


def compile_service(document: Document, *, id: int) -> Service:
    """The switches of the service."""
    return Service(
        record_routing=bool(document.get("record_routing")),
        preferred_agents=bool(document.get("preferred_agents")),
        waits_for_preferred_agent=bool(document.get("waits_for_preferred_agent")),
        maximum_declines=int(document.get("maximum_declines") or MAXIMUM_DECLINES),
        auto_close=document.get("auto_close") or {},
    )


def _capacity(document: Document | None) -> Capacity | None:
    if not document:
        return None
    return Capacity(
        format=CapacityFormat(document["format"]),
        units=int(document.get("units") or 0),
        profiles=tuple(document.get("profiles") or ()),
    )


def _wrap_up(document: Document | None) -> WrapUp:
    if not document:
        return WrapUp()
    return WrapUp(mode=WrapUpBlock(document["mode"]), seconds=document.get("seconds"))


def _period(document: Document) -> Period:
    weekday = document["weekday"]
    return Period(
        weekday=WEEKDAYS.index(weekday.lower()) if isinstance(weekday, str) else int(weekday),
        start=_time(document["start"]),
        end=_time(document["end"]),
        valid_from=_day(document.get("from")),
        valid_until=_day(document.get("until")),
        every_weeks=int(document.get("every_weeks") or 1),
        except_on=frozenset(map(date.fromisoformat, document.get("except_on") or ())),
    )


def _holiday(document: Document) -> Holiday:
    first = date.fromisoformat(document["date"])
    return Holiday(
        first=first,
        last=_day(document.get("until")) or first,
        reason=document.get("reason") or "",
        repeats_yearly=bool(document.get("repeats_yearly")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _time(text: str) -> time:
    """`24:00` is the midnight that ends the day."""
    return time.min if text.startswith("24:00") else time.fromisoformat(text)
