"""Overflow as the checks see it: which queues can, and work that would go round for ever."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from routing.engine.configuration import CompiledConfiguration, OverflowPair, Queue
from routing.engine.coverage.finding import Finding, Severity
from workstreams.terms import OverflowAction, OverflowCondition

LOST: Final = "Overflow sends work to the queue {queue}, which {why}."
LOOP: Final = "Work that waits too long would go round in a circle: {way}."


def may_overflow(queue: Queue) -> bool:
    """Whether work may be sent on to the next rule; hours bring overflow with them."""
    return bool(queue.overflow) or queue.operating_hours is not None


def overflow_faults(configuration: CompiledConfiguration) -> Iterator[Finding]:
    """Circles of transfers while work waits: each once, at its first queue by name; before an
    item is queued overflow acts once, so that nothing goes round. Transfers to nowhere."""
    queues = {queue.name: queue for queue in configuration.queues.values()}
    onward = {name: sorted(_targets(queue) & queues.keys()) for name, queue in queues.items()}
    for queue in queues.values():
        yield from _lost(queue, queue.overflow, queues)
    told: set[frozenset[str]] = set()
    for name in sorted(onward):
        way = _circle(name, onward) if onward[name] else None
        if way and frozenset(way) not in told:
            told.add(frozenset(way))
            yield Finding(
                check="overflow-loop",
                severity=Severity.ERROR,
                kind="queue",
                object_id=queues[name].id,
                name=name,
                sentence=LOOP.format(way=" to ".join([*way, name])),
                path="overflow",
            )


def _circle(start: str, onward: Mapping[str, list[str]]) -> list[str] | None:
    """The shortest way from a queue back to itself."""
    ways, seen = [[start]], set()
    for way in ways:
        for following in onward[way[-1]]:
            if following == start:
                return way
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return None


def _targets(queue: Queue) -> set[str]:
    found = {
        pair.queue
        for pair in queue.overflow
        if pair.condition is OverflowCondition.WAITING_TIME
        and pair.action is OverflowAction.TRANSFER
    }
    return {name for name in found if name}


def _lost(
    queue: Queue, pairs: Iterable[OverflowPair], queues: Mapping[str, Queue]
) -> Iterator[Finding]:
    for pair in pairs:
        if pair.action is not OverflowAction.TRANSFER:
            continue
        target = queues.get(pair.queue or "")
        if target is None or target.type != queue.type:
            why = "is of another type" if target else "is not there"
            yield Finding(
                check="overflow-queue",
                severity=Severity.ERROR,
                kind="queue",
                object_id=queue.id,
                name=queue.name,
                sentence=LOST.format(queue=pair.queue or "none", why=why),
                path="overflow",
            )
