"""Old explanations go, so that the table stays small."""

from datetime import datetime, timedelta
from typing import Final

from routing.models import RoutingDecision
from routing.sweeps.old_rows import delete_first, of_finished_work

KEPT_FOR: Final = timedelta(days=90)


def sweep(*, now: datetime, limit: int) -> int:
    """Delete up to ``limit`` of them; unfinished work keeps its own."""
    old = RoutingDecision.objects.filter(at__lt=now - KEPT_FOR)
    return delete_first(of_finished_work(old), limit)
