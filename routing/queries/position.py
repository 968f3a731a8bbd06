"""A customer's place in the queue."""

from django.db.models import Q

from workstreams.models import WorkItem
from workstreams.terms import ItemState


def position_in_queue(item: WorkItem) -> int:
    """How many wait before the item in its queue; 0 means next (A 22). One query.

    Only meaningful while the item is open.
    """
    return (
        WorkItem.objects.filter(queue_id=item.queue_id, state=ItemState.OPEN)
        .filter(
            Q(waiting_since__lt=item.waiting_since)
            | Q(waiting_since=item.waiting_since, pk__lt=item.pk)
        )
        .count()
    )
