"""A customer's chat page tells that it is there, or that it closes."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from workstreams.actions.record_event import record_event
from workstreams.models import ChatVisit, WorkItem
from workstreams.terms import ItemState

OVER: Final = (ItemState.WRAP_UP, ItemState.CLOSED)
# A page that is loaded again closes first: only after this is it told that the customer left.
GRACE: Final = timedelta(seconds=5)
# Hidden pages are woken once a minute by their browsers.
SILENCE: Final = timedelta(seconds=90)


def note_visit(*, item_id: int, now: datetime) -> None:
    """The page is there; who had left is back, with the same conversation and agent."""
    present = ChatVisit.objects.filter(item=item_id, left_at__isnull=True)
    if present.update(seen_at=now):
        return
    with transaction.atomic():
        item = WorkItem.objects.select_for_update(of=("self",)).get(pk=item_id)
        if item.state in OVER:
            return
        visit, is_new = ChatVisit.objects.get_or_create(item=item, defaults={"seen_at": now})
        if is_new:
            return
        if visit.is_told:
            record_event(kind="customer-returned", item=item, now=now)
        visit.seen_at, visit.left_at, visit.is_told = now, None, False
        visit.save(update_fields=["seen_at", "left_at", "is_told"])


def note_departure(*, item_id: int, now: datetime) -> None:
    """The page closes: noted only, because a page that is loaded again closes too."""
    ChatVisit.objects.filter(item=item_id, left_at__isnull=True).update(left_at=now)


def tell_departure(*, item_id: int, now: datetime) -> bool:
    """Tell the desk that the customer left, or fell silent; False when he is back meanwhile.

    Who fell silent left when that is noticed: from then on he has the time to come back, and so has
    everybody after the product itself could not be reached. The row of a conversation that is over
    goes.
    """
    with transaction.atomic():
        item = WorkItem.objects.select_for_update(of=("self",)).get(pk=item_id)
        visit = ChatVisit.objects.select_for_update().filter(item=item, is_told=False).first()
        if visit is None:
            return False
        is_silent = visit.left_at is None and visit.seen_at <= now - SILENCE
        has_closed = visit.left_at is not None and visit.left_at <= now - GRACE
        if not (is_silent or has_closed):
            return False
        if item.state in OVER:
            visit.delete()
            return True
        visit.left_at, visit.is_told = visit.left_at or now, True
        visit.save(update_fields=["left_at", "is_told"])
        record_event(kind="customer-left", item=item, now=now)
    return True
