"""Customers who left their chat."""

from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist

from workstreams.models import WorkItem, WorkItemEvent


def left_at(item: WorkItem) -> datetime | None:
    """When the customer left, as the desk was told; no query for an item read with ``visit``."""
    try:
        visit = item.visit
    except ObjectDoesNotExist:
        return None
    return visit.left_at if visit.is_told else None


def was_given_up(item: WorkItem) -> bool:
    """Whether it ended because its customer was waited for in vain; one query."""
    events = WorkItemEvent.objects.filter(work_item_id=item.pk, data__was_given_up=True)
    return events.exists()
