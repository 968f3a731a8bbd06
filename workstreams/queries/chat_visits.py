"""Customers who left their chat."""

from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist

from workstreams.models import WorkItem


def left_at(item: WorkItem) -> datetime | None:
    """When the customer left, as the desk was told; no query for an item read with ``visit``."""
    try:
        visit = item.visit
    except ObjectDoesNotExist:
        return None
    return visit.left_at if visit.is_told else None
