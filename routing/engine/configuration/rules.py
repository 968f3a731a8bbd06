"""The three kinds of rules, compiled."""

from dataclasses import dataclass
from typing import Any

from routing.engine.conditions import Condition
from routing.engine.facts import RequiredSkill
from routing.terms import RulesetKind, RuleType
from workstreams.terms import OverflowAction, OverflowCondition


@dataclass(frozen=True, kw_only=True, slots=True)
class Outputs:
    """What a classification rule writes when it matches."""

    values: tuple[tuple[str, Any], ...] = ()
    skills: tuple[RequiredSkill, ...] = ()
    capacity_profiles: tuple[str, ...] = ()
    priority: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A classification rule."""

    name: str
    when: Condition
    then: Outputs


@dataclass(frozen=True, kw_only=True, slots=True)
class Ruleset:
    """An ordered list of classification rules; the first match acts.

    One of another type than logical has no rules: it asks ``model`` about the ``inputs``.
    """

    name: str
    kind: RulesetKind
    rules: tuple[Rule, ...] = ()
    type: RuleType = RuleType.LOGICAL
    model: str | None = None
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """One queue of a route-to-queue rule and its percentage."""

    queue: str
    percent: float = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class OverflowPair:
    """A condition and its action, of a queue or a rule. The threshold counts items or seconds;
    a transfer names its queue."""

    condition: OverflowCondition
    action: OverflowAction
    threshold: int | None = None
    queue: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RouteRule:
    """A route-to-queue rule; `overflow` replaces the queue's own pairs before queueing where
    set, also by none at all."""

    name: str
    when: Condition
    shares: tuple[Share, ...]
    overflow: tuple[OverflowPair, ...] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class UnreadableIntake:
    """Intake rules that this version of the product cannot read, in their place."""


@dataclass(frozen=True, kw_only=True, slots=True)
class IntakeRule:
    """Picks the workstream of a record."""

    name: str
    record_type: str | None
    when: Condition
    workstream: str
