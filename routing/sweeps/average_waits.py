"""Work out the average wait of every queue anew (A 22)."""

from datetime import datetime

from routing.models import AverageWait
from routing.queries.average_wait import moving_average, taken_conversations
from workstreams.models import Queue
from workstreams.terms import WorkstreamType


def sweep(*, now: datetime) -> int:
    """All queues of conversations, two statements each; how many have an average."""
    queues = Queue.objects.exclude(type=WorkstreamType.RECORD).order_by("pk")
    return sum(_renew(pk, now) for pk in queues.values_list("pk", flat=True))


def _renew(queue_id: int, now: datetime) -> bool:
    taken = taken_conversations(queue_id)
    average = moving_average(taken, now=now)
    last = taken[-1][1] if taken else None
    if average is None or last is None:
        AverageWait.objects.filter(queue=queue_id).delete()
        return False
    AverageWait.objects.bulk_create(
        [
            AverageWait(
                queue_id=queue_id,
                seconds=average.total_seconds(),
                taken_at=last,
                computed_at=now,
            )
        ],
        update_conflicts=True,
        unique_fields=["queue"],
        update_fields=["seconds", "taken_at", "computed_at"],
    )
    return True
