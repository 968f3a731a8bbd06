"""Work out the average wait of queues anew (A 22)."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection

from routing.models import AverageWait
from routing.queries.average_wait import FORGOTTEN_AFTER, moving_average, taken_conversations
from routing.sql import statement
from routing.sweeps.each import Turns
from routing.sweeps.queue_duty import Duty, count_done
from routing.terms import QueueDutyKind

# What was taken before may be written so much later.
OVERLAP: Final = timedelta(minutes=1)
_turns: Final = Turns[int]()


def sweep(*, now: datetime, limit: int) -> int:
    """Do so for up to ``limit`` queues of conversations of which somebody took some since it was
    done, or that nobody took any of for too long; three statements each."""
    names: dict[str, Any] = {
        "now": now,
        "overlap": OVERLAP,
        "forgotten": now - FORGOTTEN_AFTER,
    }
    ids = _turns.first(lambda most: _due(names | {"limit": most}), limit)
    duty = Duty(kind=QueueDutyKind.AVERAGE_WAIT, now=now, before=now)
    return count_done(ids, lambda queue_id: _renew(queue_id, now), duty, _turns)


def _due(names: dict[str, Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement("queues_to_average"), names)
        return [row[0] for row in cursor.fetchall()]


def _renew(queue_id: int, now: datetime) -> None:
    taken = taken_conversations(queue_id)
    average = moving_average(taken, now=now)
    last = taken[-1][1] if taken else None
    if average is None or last is None:
        AverageWait.objects.filter(queue=queue_id).delete()
        return
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
