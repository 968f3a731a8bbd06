"""Alarms that somebody acknowledged long ago go."""

from datetime import datetime, timedelta
from typing import Final

from routing.models import Alarm
from routing.sweeps.old_rows import Walk, delete_first

KEPT_FOR: Final = timedelta(days=90)
_walk: Final = Walk()


def sweep(*, now: datetime, limit: int) -> int:
    """Delete up to ``limit`` of them."""
    before = now - KEPT_FOR
    # The index is on the earlier of the two.
    old = Alarm.objects.filter(at__lt=before, acknowledged_at__lt=before)
    return delete_first(old.order_by("at"), limit, _walk)
