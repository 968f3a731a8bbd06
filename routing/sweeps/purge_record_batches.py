"""Old batches of records that were routed at once go, with their results."""

from datetime import datetime, timedelta
from typing import Final

from routing.models import RecordBatch
from routing.sweeps.old_rows import delete_first

KEPT_FOR: Final = timedelta(days=30)


def sweep(*, now: datetime, limit: int) -> int:
    """Delete up to ``limit`` batches. Each takes thousands of rows with it, so few at a time.

    One that is not finished still has records to route, however long it has waited.
    """
    before = now - KEPT_FOR
    old = RecordBatch.objects.filter(created_at__lt=before, finished_at__lt=before)
    return delete_first(old.order_by("pk"), limit)
