"""Whether a queue overflows: its own pairs, or those of the rule that led to it (A 8)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from routing.engine.configuration import (
    CompiledConfiguration,
    OperatingHours,
    OverflowPair,
    RouteRule,
)
from routing.engine.decisions import Overflow
from routing.engine.open_time import waiting_since
from workstreams.terms import OverflowAction, OverflowCondition

# Measured for queues whose pairs ask for it; hours cost nothing and are always there.
MEASURED: Final = frozenset({OverflowCondition.ITEM_LIMIT, OverflowCondition.AVERAGE_WAIT})
Wanted = Mapping[str, frozenset[OverflowCondition]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Measures:
    """What a queue is like at this moment. It is open if it ``opens_at`` now or earlier, and
    never opens without; ``waiting`` and ``average_wait`` (seconds) are None where not asked for,
    or not known."""

    opens_at: datetime | None
    waiting: int | None = None
    average_wait: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OverflowView:
    """How the choice of a queue finds out about overflow: the queues' own pairs by name, and
    what is measured once for all queues of matching rules."""

    pairs_of: Callable[[str], Sequence[OverflowPair]]
    measure: Callable[[Wanted], Mapping[str, Measures]]


@dataclass(frozen=True, kw_only=True, slots=True)
class QueueOverflow:
    """What came of the look at one rule's queue."""

    opens_at: datetime | None
    fired: Overflow | None


def overflows(
    chosen: Sequence[tuple[RouteRule, str]], view: OverflowView | None, now: datetime
) -> list[QueueOverflow]:
    """For each rule with its queue; without a view nothing overflows and all queues are open."""
    pairs = [_pairs(rule, queue, view) for rule, queue in chosen]
    if view is None or not any(pairs):
        return [QueueOverflow(opens_at=now, fired=None) for _ in chosen]
    measures = view.measure(_wanted([queue for _, queue in chosen], pairs))
    return [
        QueueOverflow(
            opens_at=measures[queue].opens_at,
            fired=fired(own, measures[queue], now=now, is_of_rule=rule.overflow is not None),
        )
        for (rule, queue), own in zip(chosen, pairs, strict=True)
    ]


def fired(
    pairs: Sequence[OverflowPair], measures: Measures, *, now: datetime, is_of_rule: bool = False
) -> Overflow | None:
    """The pair that acts: out of hours first, then the defined order (A 8.2)."""
    ordered = sorted(pairs, key=lambda pair: pair.condition != OverflowCondition.OUT_OF_HOURS)
    for pair in ordered:
        measured = TESTS[pair.condition](pair, measures, now)
        if measured is not None:
            return Overflow(
                condition=pair.condition,
                threshold=pair.threshold,
                measured=measured or None,
                action=pair.action,
                queue=pair.queue,
                is_of_rule=is_of_rule,
            )
    return None


def waiting_pair(pairs: Sequence[OverflowPair]) -> OverflowPair | None:
    """The pair for work that waits in the queue."""
    waiting = OverflowCondition.WAITING_TIME
    return next((pair for pair in pairs if pair.condition is waiting and pair.threshold), None)


def overdue(pairs: Sequence[OverflowPair], waited: timedelta) -> Overflow | None:
    """What acts on an item that has waited so long in the queue of these pairs."""
    pair = waiting_pair(pairs)
    if pair is None or waited < timedelta(seconds=pair.threshold or 0):
        return None
    return Overflow(
        condition=pair.condition,
        action=pair.action,
        threshold=pair.threshold,
        measured=int(waited.total_seconds()),
        queue=pair.queue,
    )


def after_waiting(
    configuration: CompiledConfiguration, queue_id: int, waited: timedelta
) -> Overflow | None:
    """What becomes of an item that has waited so long in the queue; None where it stays, also
    because an action leads nowhere."""
    queue = configuration.queues.get(queue_id)
    found = overdue(queue.overflow if queue else (), waited)
    if found is None or found.action is OverflowAction.END:
        return found
    leads = found.action is OverflowAction.TRANSFER
    return found if leads and found.queue in configuration.queue_id_by_name else None


def ends_what_came_by(
    hours: Iterable[OperatingHours], seconds: int, now: datetime
) -> datetime | None:
    """What may wait for its customer and came to the queue by then may be ended because it waited
    so long: by each of these hours the time counts that was within them (A 15), and outside of one
    nothing is ended."""
    wait = timedelta(seconds=seconds)
    found = [waiting_since(each, now, wait) for each in hours]
    known = [moment for moment in found if moment is not None]
    return min([now - wait, *known]) if len(known) == len(found) else None


def is_closed(pair: OverflowPair, measures: Measures, now: datetime) -> int | None:
    """Outside its hours; there is nothing to count."""
    return 0 if measures.opens_at is None or measures.opens_at > now else None


def is_full(pair: OverflowPair, measures: Measures, now: datetime) -> int | None:
    """As many wait as may: one more is too many."""
    waiting = measures.waiting
    is_over = waiting is not None and pair.threshold is not None and waiting >= pair.threshold
    return waiting if is_over else None


def is_slow(pair: OverflowPair, measures: Measures, now: datetime) -> int | None:
    """Customers wait longer on average; an average that is not known yet is no reason."""
    average = measures.average_wait
    is_over = average is not None and pair.threshold is not None and average > pair.threshold
    return average if is_over else None


def _never(pair: OverflowPair, measures: Measures, now: datetime) -> int | None:
    """Waiting in the queue is looked at while an item waits."""
    return None


TESTS: Final = {
    OverflowCondition.OUT_OF_HOURS: is_closed,
    OverflowCondition.ITEM_LIMIT: is_full,
    OverflowCondition.AVERAGE_WAIT: is_slow,
    OverflowCondition.WAITING_TIME: _never,
}


def _pairs(rule: RouteRule, queue: str, view: OverflowView | None) -> Sequence[OverflowPair]:
    if view is None:
        return ()
    own = view.pairs_of(queue) if rule.overflow is None else rule.overflow
    return [pair for pair in own if pair.condition is not OverflowCondition.WAITING_TIME]


def _wanted(queues: Sequence[str], pairs: Sequence[Sequence[OverflowPair]]) -> Wanted:
    wanted: dict[str, frozenset[OverflowCondition]] = {}
    for queue, own in zip(queues, pairs, strict=True):
        asked = MEASURED & {pair.condition for pair in own}
        wanted[queue] = wanted.get(queue, frozenset()) | asked
    return wanted
