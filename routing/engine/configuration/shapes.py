"""Published configuration as the engine reads it: frozen, compiled once for each piece."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Final
from zoneinfo import ZoneInfo

from agents.terms import BasePresence, CapacityFormat, ResetFrequency
from routing.engine.conditions.types import FieldType
from routing.engine.configuration.rules import IntakeRule, OverflowPair, RouteRule, Ruleset
from routing.engine.methods.shapes import CustomMethod
from workstreams.terms import (
    AssignmentMethodName,
    DistributionMode,
    Scenario,
    SkillMatching,
    WorkstreamType,
    WrapUpBlock,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Capacity:
    """What one item of a workstream holds: units, or one of each profile."""

    format: CapacityFormat
    units: int = 0
    profiles: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class WrapUp:
    """How long wrap-up keeps capacity; seconds only where the mode is custom."""

    mode: WrapUpBlock = WrapUpBlock.ALWAYS
    seconds: int | None = None


# How often one agent may decline an item unless the service says otherwise (A 12).
MAXIMUM_DECLINES: Final = 3
# How long an offer lasts where nothing says so (B 11.2).
OFFER_SECONDS: Final = 120


@dataclass(frozen=True, kw_only=True, slots=True)
class OfferRules:
    """What a notification template makes of an offer; `id` None where no template says so.

    With `auto_assign` the item is the agent's when the countdown ends, with `auto_accept` it
    opens then, too.
    """

    id: int | None = None
    name: str = ""
    seconds: int = OFFER_SECONDS
    may_decline: bool = True
    auto_assign: bool = False
    auto_accept: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Workstream:
    """A workstream with its rules. `capacity` None (no policy) lets no agent be eligible.

    `templates` are the names of notification templates by scenario; one that is missing is
    that of incoming work. `offer_seconds` and `agents_may_decline` are what holds where the
    template itself is unknown. `may_be_picked` None was published before versions said so.
    """

    id: int
    name: str
    type: WorkstreamType
    channel: str | None = None
    record_type: str | None = None
    persistent_chat: bool = False
    distribution_mode: DistributionMode = DistributionMode.PUSH
    fallback_queue: str | None = None
    capacity: Capacity | None = None
    wrap_up_block: WrapUp = WrapUp()
    allowed_presences: frozenset[BasePresence] = frozenset()
    skill_matching: SkillMatching = SkillMatching.NONE
    keep_same_agent: bool = False
    may_be_picked: bool | None = None
    auto_close_after_minutes: int | None = None
    offer_seconds: int | None = None
    agents_may_decline: bool = True
    templates: Mapping[Scenario, str] = field(default_factory=dict)
    classification: tuple[Ruleset, ...] = ()
    route_to_queue: tuple[RouteRule, ...] = ()
    has_unreadable_rules: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Queue:
    """A queue: smaller priority numbers are served first. One that does not distribute is basic:
    its work is only picked."""

    id: int
    name: str
    type: WorkstreamType | None = None
    priority: int = 1
    assignment_method: str = AssignmentMethodName.HIGHEST_CAPACITY
    operating_hours: str | None = None
    distributes: bool = True
    overflow: tuple[OverflowPair, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class RatingModel:
    """A scale of ratings."""

    id: int
    name: str
    min: float
    max: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Skill:
    """A skill and the scale it is rated on."""

    id: int
    name: str
    type: str | None = None
    rating_model: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentAttribute:
    """What is kept of agents; a choice has options."""

    id: int
    name: str
    type: str = FieldType.TEXT
    options: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CapacityProfile:
    """A limit of work items; a blocking one at its limit stops all new automatic work."""

    id: int
    name: str
    limit: int
    reset: ResetFrequency = ResetFrequency.IMMEDIATE
    blocks_assignment: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Presence:
    """A presence agents can have; routing reads its base only."""

    id: int
    name: str
    text: str
    base: BasePresence


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """Open hours that start on one weekday (0 is Monday); an end at or before the start is on
    the next day. They hold from a first to a last day, in every so many weeks, but for some
    dates."""

    weekday: int
    start: time
    end: time
    valid_from: date | None = None
    valid_until: date | None = None
    every_weeks: int = 1
    except_on: frozenset[date] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Holiday:
    """Days off, the last one included; each year again, or not."""

    first: date
    last: date
    reason: str = ""
    repeats_yearly: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class OperatingHours:
    """When a queue is open, in local wall time."""

    id: int
    name: str
    time_zone: ZoneInfo
    periods: tuple[Period, ...] = ()
    holidays: tuple[Holiday, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class LearnedModel:
    """What a machine learns; versions of it are published apart from the configuration."""

    id: int
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordType:
    """A sort of record; routing takes only those that are routed."""

    id: int
    name: str
    label: str
    is_routed: bool = True
    routes_on_creation: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Service:
    """Switches of the whole service that routing reads, and the times it was given: minutes
    without activity after which a conversation closes, by channel and state."""

    record_routing: bool = False
    preferred_agents: bool = False
    waits_for_preferred_agent: bool = False
    maximum_declines: int = MAXIMUM_DECLINES
    auto_close: Mapping[str, Mapping[str, int | None]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class CompiledConfiguration:
    """One published version, ready for the engine."""

    number: int
    workstreams: Mapping[int, Workstream] = field(default_factory=dict)
    queues: Mapping[int, Queue] = field(default_factory=dict)
    workstream_id_by_name: Mapping[str, int] = field(default_factory=dict)
    queue_id_by_name: Mapping[str, int] = field(default_factory=dict)
    skills: Mapping[str, Skill] = field(default_factory=dict)
    rating_models: Mapping[str, RatingModel] = field(default_factory=dict)
    attributes: Mapping[str, AgentAttribute] = field(default_factory=dict)
    profiles: Mapping[str, CapacityProfile] = field(default_factory=dict)
    presences: Mapping[str, Presence] = field(default_factory=dict)
    offer_rules: Mapping[str, OfferRules] = field(default_factory=dict)
    hours: Mapping[str, OperatingHours] = field(default_factory=dict)
    record_types: Mapping[str, RecordType] = field(default_factory=dict)
    methods: Mapping[str, CustomMethod] = field(default_factory=dict)
    models: Mapping[str, LearnedModel] = field(default_factory=dict)
    service: Service = Service()
    intake: tuple[IntakeRule, ...] = ()
    has_unreadable_intake: bool = False

    def method_of(self, queue_id: int | None) -> CustomMethod | None:
        """The custom method of a queue, if it has one that is published."""
        queue = self.queues.get(queue_id or 0)
        return self.methods.get(queue.assignment_method) if queue else None
