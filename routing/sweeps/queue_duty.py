"""Do something about one queue after the other, each in a transaction of its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from routing.sql import statement
from routing.sweeps.each import Turns, count_changed
from routing.terms import QueueDutyKind


@dataclass(frozen=True, kw_only=True)
class Duty:
    """What is done ``now``, about queues it was last done about ``before`` that moment."""

    kind: QueueDutyKind
    now: datetime
    before: datetime

    def claim(self, queue_ids: Iterable[int]) -> int:
        """How many of the queues nobody else did it about meanwhile; now it counts as done."""
        names = {
            "queue_ids": list(queue_ids),
            "duty": self.kind.value,
            "now": self.now,
            "before": self.before,
        }
        with connection.cursor() as cursor:
            cursor.execute(statement("claim_queues"), names)
            return int(cursor.rowcount)


def count_done(
    queue_ids: Iterable[int], change: Callable[[int], None], duty: Duty, turns: Turns[int]
) -> int:
    """How many queues this process did it about."""

    def done(queue_id: int) -> bool:
        with transaction.atomic():
            if not duty.claim([queue_id]):
                return False
            change(queue_id)
        return True

    return count_changed(queue_ids, done, turns)
