"""Old rows of the feed go, so that the table stays small."""

from datetime import datetime, timedelta
from typing import Final

from config.models import Event
from routing.sweeps.old_rows import delete_first, of_finished_work

KEPT_FOR: Final = timedelta(days=90)


def sweep(*, now: datetime, limit: int) -> int:
    """Delete up to ``limit`` of them; unfinished work keeps its own."""
    return delete_first(of_finished_work(Event.objects.filter(at__lt=now - KEPT_FOR)), limit)
