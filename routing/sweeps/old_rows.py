"""Deleting what is too old to be kept, so many rows at a time."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from workstreams.models import WorkItem


class Walk:
    """How far one sweep of this process has come along ``at``, past rows that are kept: the next
    step goes on from there and, where it finds too few, with what came to be due before it."""

    def __init__(self) -> None:
        self._at: datetime | None = None

    def next(self, old: QuerySet[Any], limit: int) -> list[Any]:
        """The ids of the next rows, which are ordered by ``at``."""
        rows, start = old.values_list("pk", "at"), self._at
        found = list((rows.filter(at__gte=start) if start else rows)[:limit])
        if start and len(found) < limit:
            found += rows.filter(at__lt=start)[: limit - len(found)]
        self._at = found[-1][1] if len(found) == limit else None
        return [pk for pk, _ in found]


def delete_first(old: QuerySet[Any], limit: int, walk: Walk | None = None) -> int:
    """Delete the first of them, or the next on the walk, in one transaction; what goes with them
    is not counted."""
    ids = walk.next(old, limit) if walk else list(old.values_list("pk", flat=True)[:limit])
    if not ids:
        return 0
    _, counts = old.filter(pk__in=ids).delete()
    return counts.get(old.model._meta.label, 0)


def history_before(rows: QuerySet[Any], moment: datetime) -> QuerySet[Any]:
    """Rows from before the moment, the oldest first, but those of work that was not closed by
    then: a work item keeps all of its history for as long as the end of it.

    Read along the index on ``at``, past what is kept.
    """
    work = WorkItem.objects.filter(pk=OuterRef("work_item_id"))
    kept = Exists(work.exclude(closed_at__lt=moment))
    return rows.filter(~kept, at__lt=moment).order_by("at")
