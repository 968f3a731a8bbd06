"""What stands against the queues of a route-to-queue rule, and its own overflow."""

from collections.abc import Iterator
from typing import Any, Final

from routing.check_rules.known import Known, finding, is_whole, look_up
from routing.engine.conditions import Finding
from workstreams.models import Queue
from workstreams.overflow import pair_faults

MAXIMUM_QUEUES: Final = 5


def route_faults(rule: dict[str, Any], path: str, known: Known) -> Iterator[Finding]:
    yield from _overflow_faults(rule, f"{path}.overflow", known)
    shares, path = rule.get("queues"), f"{path}.queues"
    if not isinstance(shares, list) or not all(isinstance(each, dict) for each in shares):
        yield finding(path, "The queues are a list of queue and percent.")
        return
    if not 1 <= len(shares) <= MAXIMUM_QUEUES:
        yield finding(path, f"A rule has 1 to {MAXIMUM_QUEUES} queues.")
    names: set[str] = set()
    for index, share in enumerate(shares):
        name = str(share.get("queue")).lower()
        if name in names:
            yield finding(f"{path}.{index}.queue", "Each queue can be chosen once.")
        names.add(name)
        if look_up(known.queues, share.get("queue")) is None:
            sentence = f"There is no queue {share.get('queue')} of this workstream's type."
            yield finding(f"{path}.{index}.queue", sentence)
    percents = [share.get("percent", 100) for share in shares]
    if not all(is_whole(percent, 1, 100) for percent in percents):
        yield finding(path, "A share is a whole number of per cent from 1 to 100.")
    elif percents and sum(percents) != 100:
        yield finding(path, f"The shares make {sum(percents)} %. They have to make 100 %.")


def _overflow_faults(rule: dict[str, Any], path: str, known: Known) -> Iterator[Finding]:
    pairs = rule.get("overflow")
    if pairs is None:
        return
    if not isinstance(pairs, list) or not all(isinstance(each, dict) for each in pairs):
        yield finding(path, "Overflow is a list of condition, threshold, action and queue.")
        return
    for index, pair in enumerate(pairs):
        for key in sorted(pair.keys() - {"condition", "threshold", "action", "queue"}):
            yield finding(f"{path}.{index}.{key}", f"There is no field {key} here.")
    types = {queue.type for queue in known.queues.values()}
    if not types:
        return
    faults = pair_faults(
        pairs, type=types.pop(), type_of=lambda name: _type_of(look_up(known.queues, name))
    )
    for index, key, sentence in faults:
        yield finding(f"{path}.{index}.{key}", sentence)


def _type_of(queue: Queue | None) -> str | None:
    return queue.type if queue else None
