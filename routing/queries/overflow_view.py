"""What choosing a queue needs to know about overflow: hours, exact counts, average waits."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.db.models import Count

from routing.engine.configuration import CompiledConfiguration, OperatingHours
from routing.engine.hours import next_opening
from routing.engine.overflow import Measures, OverflowView, Wanted
from routing.queries.average_wait import average_wait
from workstreams.models import WorkItem
from workstreams.terms import ItemState, OverflowCondition

# The first half of the key of a queue's lock, so that it meets no other use of such locks.
LOCKED_COUNTS: Final = 20_308
SECOND: Final = timedelta(seconds=1)


def overflow_view(
    compiled: CompiledConfiguration, *, now: datetime, item_id: int | None = None
) -> OverflowView:
    """For the item that is being routed, which does not count itself.

    Two statements, and one for each queue whose average wait is asked for. With an item,
    arrivals at the same limits wait for each other until they are stored, so that counts are
    exact (design 7.22); who only asks what would be waits for nobody.
    """

    def measure(wanted: Wanted) -> Mapping[str, Measures]:
        counts = _waiting(_ids(wanted, OverflowCondition.ITEM_LIMIT, compiled), item_id)
        averages = _averages(_ids(wanted, OverflowCondition.AVERAGE_WAIT, compiled), now)
        return {
            name: Measures(
                opens_at=next_opening(hours_of(name, compiled), now),
                waiting=counts.get(compiled.queue_id_by_name[name]),
                average_wait=averages.get(compiled.queue_id_by_name[name]),
            )
            for name in wanted
        }

    return OverflowView(
        pairs_of=lambda name: compiled.queues[compiled.queue_id_by_name[name]].overflow,
        measure=measure,
    )


def hours_of(name: str, compiled: CompiledConfiguration) -> OperatingHours | None:
    """The hours of a queue; hours that the version does not know are none."""
    hours = compiled.queues[compiled.queue_id_by_name[name]].operating_hours
    return compiled.hours.get(hours) if hours else None


def _ids(
    wanted: Wanted, condition: OverflowCondition, compiled: CompiledConfiguration
) -> list[int]:
    return sorted(compiled.queue_id_by_name[name] for name in wanted if condition in wanted[name])


def _waiting(queue_ids: list[int], item_id: int | None) -> dict[int, int]:
    if not queue_ids:
        return {}
    if item_id is not None:
        _lock_counts(queue_ids)
    waiting = WorkItem.objects.filter(queue_id__in=queue_ids, state=ItemState.OPEN)
    counted = waiting.exclude(pk=item_id or 0).values_list("queue_id").order_by("queue_id")
    return dict.fromkeys(queue_ids, 0) | dict(counted.annotate(number=Count("pk")))


def _lock_counts(queue_ids: list[int]) -> None:
    """In one order, so that no two wait for each other. Not the rows: who deletes a queue
    holds its row and waits for items, who routes holds an item and would wait for the row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, key) FROM"
            " (SELECT DISTINCT hashint8(id) AS key FROM unnest(%s::bigint[]) id ORDER BY 1) q",
            [LOCKED_COUNTS, queue_ids],
        )


def _averages(queue_ids: list[int], now: datetime) -> dict[int, int]:
    found = {queue_id: average_wait(queue_id, now=now) for queue_id in queue_ids}
    return {queue_id: wait // SECOND for queue_id, wait in found.items() if wait is not None}
