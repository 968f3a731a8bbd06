"""Old alarms that somebody has acknowledged go."""

from datetime import datetime, timedelta
from typing import Final

from routing.models import Alarm
from routing.sweeps.old_rows import delete_first

KEPT_FOR: Final = timedelta(days=90)


def sweep(*, now: datetime, limit: int) -> int:
    """Delete up to ``limit`` of them."""
    old = Alarm.objects.filter(at__lt=now - KEPT_FOR, acknowledged_at__isnull=False)
    return delete_first(old.order_by("at"), limit)
