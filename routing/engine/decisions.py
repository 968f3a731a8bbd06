"""What the engine answers: results of rules, the chosen queue, and proposed assignments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from agents.terms import BasePresence
from routing.engine.excess import Excess
from routing.engine.facts import RequiredSkill
from routing.terms import How, RuleResult, RulesetKind
from workstreams.terms import OverflowAction, OverflowCondition

Numbers = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleOutcome:
    """What became of one rule; the note names values of a wrong type."""

    name: str
    result: RuleResult
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Prediction:
    """What a learned model says of an item: ``sentence`` for people, ``skills`` and ``values`` to
    be written, and ``said`` for the explanation, by which the decision can be replayed."""

    sentence: str
    skills: tuple[RequiredSkill, ...] = ()
    values: tuple[tuple[str, Any], ...] = ()
    note: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class RulesetOutcome:
    """What became of one ruleset; ``prediction`` where it asked a model."""

    name: str
    kind: RulesetKind
    rules: tuple[RuleOutcome, ...] = ()
    prediction: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class IntakeChoice:
    """The workstream an intake rule picked, by name; None leaves the record unrouted.

    ``read`` is what the rules read, for whoever makes the decision again.
    """

    workstream: str | None
    stages: tuple[RulesetOutcome, ...] = ()
    read: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Classification:
    """The item after all classification rulesets."""

    fields: Mapping[str, Any]
    priority: int
    skills: tuple[RequiredSkill, ...] = ()
    profiles: tuple[str, ...] = ()
    stages: tuple[RulesetOutcome, ...] = ()


class QueueReason(StrEnum):
    """Why a queue was chosen."""

    RULE = "rule"
    FALLBACK_WITHOUT_RULES = "fallback_without_rules"
    FALLBACK_WITHOUT_MATCH = "fallback_without_match"
    OVERFLOW_FIRST_OPEN = "overflow_first_open"
    OVERFLOW_OPENS_FIRST = "overflow_opens_first"


FALLBACK: Final = frozenset(
    {QueueReason.FALLBACK_WITHOUT_RULES, QueueReason.FALLBACK_WITHOUT_MATCH}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Overflow:
    """An overflow pair that acts: what was measured against its threshold, and the queue that a
    transfer goes to. `is_of_rule` tells pairs of the rule from those of the queue."""

    condition: OverflowCondition
    action: OverflowAction
    threshold: int | None = None
    measured: int | None = None
    queue: str | None = None
    is_of_rule: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class QueueChoice:
    """The queue that a rule chose, by name. Where all queues overflow, `overflow` is to act."""

    queue: str | None
    reason: QueueReason
    sentence: str
    rule: str | None = None
    overflow: Overflow | None = None
    stages: tuple[RulesetOutcome, ...] = ()

    @property
    def fell_back(self) -> bool:
        """Whether no rule sent it there: the overflow of that queue is not for it (A 7)."""
        return self.reason in FALLBACK

    @property
    def is_overflowing(self) -> bool:
        return self.overflow is not None

    @property
    def destination(self) -> str | None:
        """Where the item goes in the end: an overflow may send it to another queue."""
        overflow = self.overflow
        is_transfer = overflow is not None and overflow.action is OverflowAction.TRANSFER
        return overflow.queue if overflow is not None and is_transfer else self.queue

    @property
    def ends(self) -> bool:
        """Whether the conversation is to be ended."""
        return self.overflow is not None and self.overflow.action is OverflowAction.END


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """The first test an agent failed for an item, with the numbers that show it."""

    test: str
    numbers: Numbers


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """One assignment to commit: the capacity it will hold and the numbers it won by.

    `wishes` say of each preferred agent that was looked at which test he failed, if any.
    `presence` is set where it is not the workstream that says which are allowed: it must be the
    same still. `turn` is how many microseconds after the batch's moment the agent's turn in the
    queue counts, so that those of one batch go on in the order in which it gave. `excess` are the
    limits that an override of the router's own passes. `matched` are the queues whose items were
    matched at once with all rounds foreseen, by name. ``counted`` are profiles that it needs beside
    those that it will hold, because they count for it already.
    """

    item_id: int
    agent_id: int
    queue_id: int
    requirement_key: str
    units: int
    profiles: tuple[str, ...]
    how: How
    numbers: Numbers
    presence: BasePresence | None = None
    wishes: tuple[Numbers, ...] = ()
    turn: int = 0
    excess: tuple[Excess, ...] = ()
    matched: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupBlockers:
    """Why nobody takes the waiting items of one queue and requirement, after this batch.

    `counts` are the queue's members by first failed test. `reason` is set where no agent was
    looked at: the queue or workstream is unknown, or the workstream is one to pick from.
    `again_at` is when a first item that was declined is offered again. `details` are by failed
    test the numbers of each member who fails it, where they were looked at.
    """

    queue_id: int | None
    requirement_key: str
    first_item_id: int
    waiting: int
    members: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    reason: str | None = None
    wishes: tuple[Numbers, ...] = ()
    again_at: datetime | None = None
    details: Mapping[str, Sequence[Numbers]] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class BatchDecision:
    """All that one cycle decided. `is_cut_off` says that the limit ended it, not the work.

    `blocked` are queues and requirements that none of the queue's members can take, until one of
    them changes or the configuration does.
    """

    configuration_version: int
    assignments: tuple[Proposal, ...] = ()
    unmatched: tuple[GroupBlockers, ...] = ()
    is_cut_off: bool = False
    blocked: tuple[tuple[int, str], ...] = ()
