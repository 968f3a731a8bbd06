"""Deleting what is too old to be kept, so many rows at a time."""

from typing import Any

from django.db.models import QuerySet

from workstreams.models import WorkItem
from workstreams.terms import ItemState


def delete_first(old: QuerySet[Any], limit: int) -> int:
    """Delete the first of them, in one transaction; what goes with them is not counted."""
    ids = list(old.order_by("pk").values_list("pk", flat=True)[:limit])
    if not ids:
        return 0
    _, counts = old.filter(pk__in=ids).delete()
    return counts.get(old.model._meta.label, 0)


def of_finished_work(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Without those of work that is not finished: however old, they tell how it stands."""
    unfinished = WorkItem.objects.exclude(state=ItemState.CLOSED).values("pk")
    return rows.exclude(work_item_id__in=unfinished)
