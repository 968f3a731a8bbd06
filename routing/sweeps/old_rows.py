"""Deleting what is too old to be kept, so many rows at a time."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from workstreams.models import WorkItem


def delete_first(old: QuerySet[Any], limit: int) -> int:
    """Delete the first of them, in one transaction; what goes with them is not counted."""
    ids = list(old.values_list("pk", flat=True)[:limit])
    if not ids:
        return 0
    _, counts = old.filter(pk__in=ids).delete()
    return counts.get(old.model._meta.label, 0)


def history_before(rows: QuerySet[Any], moment: datetime) -> QuerySet[Any]:
    """Rows from before the moment, the oldest first, but those of work that was not closed by
    then: a work item keeps all of its history for as long as the end of it.

    Read along the index on ``at``, so that each step looks at what is kept and at what goes.
    """
    work = WorkItem.objects.filter(pk=OuterRef("work_item_id"))
    kept = Exists(work.exclude(closed_at__lt=moment))
    return rows.filter(~kept, at__lt=moment).order_by("at")
