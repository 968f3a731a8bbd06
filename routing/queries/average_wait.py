"""How long customers of a queue wait on average (A 22, design 7.14)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from routing.models import AverageWait
from routing.sql import statement

SMOOTHING: Final = 0.1
FEWEST: Final = 20
FORGOTTEN_AFTER: Final = timedelta(days=7)
# What lies further back weighs less than a billionth.
LOOKED_AT: Final = 200
# Among so many acceptances the first one of each conversation is looked for: those of
# conversations that come back again and again are no waits, and may be most of them.
SEARCHED: Final = 1000


def known_wait(queue_id: int, *, now: datetime) -> timedelta | None:
    """The average as it was worked out last, at most ten minutes ago; what customers are told.

    None while too few conversations are known, and after a week without any. One query.
    """
    row = AverageWait.objects.filter(queue=queue_id).first()
    if row is None or now - row.taken_at > FORGOTTEN_AFTER:
        return None
    return timedelta(seconds=row.seconds)


def average_wait(queue_id: int, *, now: datetime) -> timedelta | None:
    """The moving average of this moment, of chats and calls that an agent took; None while too few
    are known. Of what may wait overnight for its customer there is none (B 4.6).

    The time a customer talked to a bot, or waited elsewhere, is no wait here: it counts from the
    hand-over, or from when he came to this queue. One query over the last ones taken.
    """
    return moving_average(taken_conversations(queue_id), now=now)


def taken_conversations(queue_id: int) -> list[tuple[datetime, datetime | None]]:
    """When the last chats and calls of the queue began to wait and were taken, oldest first.

    It costs the same however many are stored.
    """
    names = {"queue_id": queue_id, "searched": SEARCHED, "looked_at": LOOKED_AT}
    with connection.cursor() as cursor:
        cursor.execute(statement("taken_conversations"), names)
        return list(reversed(cursor.fetchall()))


def moving_average(
    waits: Iterable[tuple[datetime, datetime | None]], *, now: datetime
) -> timedelta | None:
    """Of ``(came, was taken)``, oldest first; a week without any begins anew."""
    average, count, last = 0.0, 0, None
    for came, taken in waits:
        assert taken is not None
        if last is not None and taken - last > FORGOTTEN_AFTER:
            count = 0
        seconds = max(0.0, (taken - came).total_seconds())
        average = seconds if count == 0 else average + SMOOTHING * (seconds - average)
        count, last = count + 1, taken
    if last is None or count < FEWEST or now - last > FORGOTTEN_AFTER:
        return None
    return timedelta(seconds=average)
