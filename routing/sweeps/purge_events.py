"""Old rows of the feed go, so that the table stays small."""

from datetime import datetime, timedelta
from typing import Final

from config.models import Event
from routing.sweeps.old_rows import Walk, delete_first, history_before

KEPT_FOR: Final = timedelta(days=90)
_walk: Final = Walk()


def sweep(*, now: datetime, limit: int) -> int:
    """Delete up to ``limit`` of them; work keeps its own until it was closed for as long."""
    return delete_first(history_before(Event.objects.all(), now - KEPT_FOR), limit, _walk)
