"""Say when a queue overflows, and what happens then."""

from collections.abc import Mapping, Sequence
from typing import Any

from workstreams.actions.refusals import InvalidSettings, refusing_deleted_rows
from workstreams.models import OverflowRule, Queue
from workstreams.overflow import pair_faults, with_hours_pair, without_hours_pair

Pair = Mapping[str, Any]


def fitting_pairs(queue: Queue, given: Sequence[Pair] | None) -> list[Pair]:
    """The given pairs, or those that the queue has, as its operating hours ask for: with hours
    comes the pair of hours, without them it goes. What is given stays, to be refused."""
    has_hours = queue.operating_hours is not None
    pairs = list(given) if given is not None else overflow_of(queue)
    if not has_hours and given is None:
        pairs = without_hours_pair(pairs)
    return list(with_hours_pair(pairs, has_hours=has_hours))


def overflow_of(queue: Queue) -> list[Pair]:
    """The pairs of a queue in the words of the public contract; 1 query."""
    return [each.document() for each in queue.overflow_rules.select_related("to_queue")]


def save_overflow(queue: Queue, pairs: Sequence[Pair]) -> bool:
    """Replace the pairs of a locked queue by checked ones; whether that changed anything.

    Refuses what cannot be (InvalidSettings, with the path of each fault) and a queue that was
    deleted meanwhile (Deleted).
    """
    names = {str(each.get("queue")).lower() for each in pairs if each.get("queue")}
    queues = {row.name.lower(): row for row in Queue.objects.all() if row.name.lower() in names}
    faults = pair_faults(
        pairs,
        type=queue.type,
        type_of=lambda name: queues[name.lower()].type if name.lower() in queues else None,
        own_name=queue.name,
        has_hours=queue.operating_hours is not None,
    )
    errors = {f"overflow.{index}.{key}": sentence for index, key, sentence in faults}
    if errors:
        raise InvalidSettings(errors)
    wanted = [_row(queue, position, pair, queues) for position, pair in enumerate(pairs, start=1)]
    if [each.document() for each in wanted] == overflow_of(queue):
        return False
    queue.overflow_rules.all().delete()
    with refusing_deleted_rows():
        OverflowRule.objects.bulk_create(wanted)
    return True


def _row(queue: Queue, position: int, pair: Pair, queues: Mapping[str, Queue]) -> OverflowRule:
    name = pair.get("queue")
    return OverflowRule(
        queue=queue,
        condition=pair["condition"],
        threshold=pair.get("threshold"),
        action=pair["action"],
        to_queue=queues[name.lower()] if name else None,
        position=position,
    )
