"""A custom assignment method as the engine reads it."""

from dataclasses import dataclass, field
from enum import StrEnum

from routing.engine.conditions import Condition
from routing.engine.methods.condition import AgentCondition
from workstreams.terms import MethodKind


class Order(StrEnum):
    """What agents are ordered by, besides their attributes (A 10.1)."""

    LEAST_ACTIVE = "least_active"
    ROUND_ROBIN = "round_robin"
    CAPACITY = "capacity"
    UNITS = "units"
    PROFILES = "profiles"
    NEAREST = "proficiency_nearest"
    MOST = "proficiency_most"
    SKILL_COUNT = "skill_count"


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderBy:
    """One column of an order: of agents, or an item's field."""

    by: str
    descends: bool = False
    skill_type: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Bucket:
    """A prioritisation rule: its items go before those of later ones, in its order; without an
    order the oldest first."""

    name: str
    when: Condition
    order: OrderBy | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """An assignment rule: agents who meet it, in its order; ties go to who was assigned longest
    ago."""

    name: str
    when: AgentCondition
    order: tuple[OrderBy, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class AssignmentRuleset:
    """Rules from strict to general: the first that anybody meets decides."""

    name: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Criterion:
    """For which items a ruleset is used, by its place in the list."""

    name: str
    when: Condition
    ruleset: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Weights:
    """What counts how much in a best overall match."""

    skills: float = 60
    waiting: float = 20
    fairness: float = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomMethod:
    """``orders_by`` are the item's fields that prioritisation reads, ``matches_by`` those that
    decide who may take it, beyond what its requirement key says. ``asks_time`` says that time
    alone may change who that is, ``sorts_by_time`` that it may change the item's bucket or
    ruleset. ``attributes`` are those of agents that its rules read.
    """

    id: int
    name: str
    kind: MethodKind = MethodKind.RULES
    prioritization: tuple[Bucket, ...] = ()
    rulesets: tuple[AssignmentRuleset, ...] = ()
    selection: tuple[Criterion, ...] = ()
    weights: Weights = field(default_factory=Weights)
    orders_by: tuple[str, ...] = ()
    matches_by: tuple[str, ...] = ()
    asks_time: bool = False
    attributes: tuple[str, ...] = ()
    sorts_by_time: bool = False

    @property
    def is_steady(self) -> bool:
        """Whether agents stand the same to all items of a requirement until they change."""
        return not self.matches_by and not self.asks_time

    @property
    def reads_fields(self) -> bool:
        """Whether items have to be looked at one by one."""
        return bool(self.prioritization or self.matches_by)
