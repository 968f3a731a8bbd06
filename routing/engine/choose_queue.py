"""Route to queue: all rules are evaluated, the first match whose queue does not overflow acts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any, Final

from routing.engine.configuration import RouteRule, Share
from routing.engine.decisions import (
    Overflow,
    QueueChoice,
    QueueReason,
    RuleOutcome,
    RulesetOutcome,
)
from routing.engine.explain.overflow import why_it_overflows
from routing.engine.overflow import OverflowView, QueueOverflow, overflows
from routing.engine.screen import RuleList
from routing.terms import RuleResult, RulesetKind

NAME: Final = "Route to queues"

Rules = RuleList[RouteRule]

SENTENCES: Final = {
    QueueReason.RULE: "The first matching rule whose queue does not overflow.",
    QueueReason.FALLBACK_WITHOUT_RULES: "The workstream has no route-to-queue rules, "
    "so its fallback queue takes the item.",
    QueueReason.FALLBACK_WITHOUT_MATCH: "No route-to-queue rule matches, "
    "so the workstream's fallback queue takes the item.",
    QueueReason.OVERFLOW_FIRST_OPEN: "The queues of all matching rules overflow; "
    "the first open one in rule order acts.",
    QueueReason.OVERFLOW_OPENS_FIRST: "The queues of all matching rules overflow and are "
    "closed; the one that opens first acts.",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Evaluated:
    place: int
    rule: RouteRule
    matched: bool
    queue: str | None
    note: str


@dataclass(frozen=True, slots=True)
class _Look:
    evaluated: _Evaluated
    look: QueueOverflow

    @property
    def overflow(self) -> Overflow | None:
        return self.look.fired


def choose_queue(
    rules: Sequence[RouteRule],
    fields: Mapping[str, Any],
    *,
    now: datetime,
    draw_key: str,
    fallback_queue: str | None,
    known_queues: Collection[str],
    overflow: OverflowView | None = None,
) -> QueueChoice:
    """Choose by name. `draw_key` (the item's id) makes percentages replayable.

    Without a view of their overflow no queue overflows: so it is for items that were looked at
    before, and for the fallback queue always.
    """
    rules = RuleList.of(rules)
    evaluated = [
        _evaluate(place, rule, fields, now, draw_key=draw_key, known_queues=known_queues)
        for place, rule in rules.to_test(fields)
    ]
    usable = [each for each in evaluated if each.queue is not None]
    if not usable:
        return _fallback(rules, evaluated, fallback_queue)
    looks = overflows([(each.rule, each.queue or "") for each in usable], overflow, now)
    found = [_Look(each, look) for each, look in zip(usable, looks, strict=True)]
    free = [each for each in found if each.overflow is None]
    if free:
        chosen, reason = free[0], QueueReason.RULE
    else:
        chosen, reason = _first_to_open(found, now)
    return QueueChoice(
        queue=chosen.evaluated.queue,
        reason=reason,
        sentence=SENTENCES[reason],
        rule=chosen.evaluated.rule.name,
        overflow=chosen.overflow,
        stages=_stages(rules, evaluated, chosen.evaluated, found),
    )


def draw(draw_key: str, rule_name: str) -> float:
    """A number from 0 to below 1, always the same for the same item and rule."""
    digest = blake2b(f"{draw_key}\0{rule_name}".encode(), digest_size=6).digest()
    return float(int.from_bytes(digest, "big")) / float(1 << 48)


def share_of(shares: Sequence[Share], drawn: float) -> Share:
    """The share in whose stretch of the percentages the drawn number lies."""
    point = drawn * sum(share.percent for share in shares)
    for share in shares:
        point -= share.percent
        if point < 0:
            return share
    return shares[-1]


def _evaluate(
    place: int,
    rule: RouteRule,
    fields: Mapping[str, Any],
    now: datetime,
    *,
    draw_key: str,
    known_queues: Collection[str],
) -> _Evaluated:
    notes: list[str] = []
    matched = rule.when.matches(fields, now, notes)
    queue = _queue_of(rule, draw_key) if matched else None
    if queue is not None and queue not in known_queues:
        notes.append(f"there is no queue {queue}")
        queue = None
    return _Evaluated(place=place, rule=rule, matched=matched, queue=queue, note="; ".join(notes))


def _queue_of(rule: RouteRule, draw_key: str) -> str | None:
    if len(rule.shares) <= 1:
        return rule.shares[0].queue if rule.shares else None
    return share_of(rule.shares, draw(draw_key, rule.name)).queue


def _fallback(rules: Rules, evaluated: list[_Evaluated], queue: str | None) -> QueueChoice:
    reason = QueueReason.FALLBACK_WITHOUT_MATCH
    if not rules:
        reason = QueueReason.FALLBACK_WITHOUT_RULES
    return QueueChoice(
        queue=queue,
        reason=reason,
        sentence=SENTENCES[reason],
        stages=_stages(rules, evaluated, None),
    )


def _first_to_open(found: list[_Look], now: datetime) -> tuple[_Look, QueueReason]:
    openings = [(each.look.opens_at, each) for each in found]
    for opening, each in openings:
        if opening is not None and opening <= now:
            return each, QueueReason.OVERFLOW_FIRST_OPEN
    known = [(opening, each) for opening, each in openings if opening is not None]
    first = min(known, key=lambda pair: pair[0])[1] if known else found[0]
    return first, QueueReason.OVERFLOW_OPENS_FIRST


def _stages(
    rules: Rules,
    evaluated: list[_Evaluated],
    chosen: _Evaluated | None,
    found: Sequence[_Look] = (),
) -> tuple[RulesetOutcome, ...]:
    """Rules whose queues overflow say so in their notes."""
    outcomes = list(rules.outcomes(RuleResult.PROCESSED))
    full = {each.evaluated.place: _why(each) for each in found if each.overflow is not None}
    for each in evaluated:
        outcomes[each.place] = RuleOutcome(
            name=each.rule.name,
            result=_result(each, chosen),
            note="; ".join(filter(None, [each.note, full.get(each.place, "")])),
        )
    return (RulesetOutcome(name=NAME, kind=RulesetKind.ROUTE_TO_QUEUE, rules=tuple(outcomes)),)


def _why(look: _Look) -> str:
    assert look.overflow is not None
    return why_it_overflows(look.evaluated.queue or "", look.overflow)


def _result(each: _Evaluated, chosen: _Evaluated | None) -> RuleResult:
    if each is chosen:
        return RuleResult.APPLIED
    return RuleResult.MATCHED if each.matched else RuleResult.PROCESSED
