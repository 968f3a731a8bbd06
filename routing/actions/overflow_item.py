"""Let an item overflow that has waited too long in its queue."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction

from routing import configuration
from routing.actions.end_for_overflow import end_for_overflow
from routing.actions.lock_item import lock_item
from routing.actions.return_item import return_item
from routing.engine.decisions import Overflow
from routing.engine.explain.overflow import overflow_document
from routing.engine.overflow import after_waiting, ends_what_came_by
from routing.models import RoutingDecision
from routing.queries.hours_of_wait import hours_of_wait
from routing.terms import DecisionStage
from workstreams.models import Queue, WorkItem
from workstreams.terms import ItemState, OverflowAction

# Queues may lead round in a circle; the column holds no more.
MOST_COUNTED: Final = 32_767


def overflow_item(*, item_id: int, now: datetime) -> bool:
    """Whether the item overflowed; see ``overflow_locked``."""
    with transaction.atomic():
        return overflow_locked(item=lock_item(item_id), now=now)


def overflow_locked(*, item: WorkItem, now: datetime) -> bool:
    """Whether the locked item overflowed. Not when somebody took or moved it, it has not waited so
    long, or it only fell back to its queue (A 7): then it stays. So does what is answered when
    its queue and its way in open (A 15), rather than ended. It keeps its age, and waits anew in the
    queue that it comes to, so that one queue may follow another; an action that leads nowhere
    leaves it where it is."""
    published = configuration.current()
    overflow = after_waiting(published.compiled, item.queue_id, now - waits_since(item))
    if item.state != ItemState.OPEN or item.fell_back or overflow is None:
        return False
    target = _target(overflow, published)
    if target is None and not _may_end(item, overflow, published, now):
        return False

    _store(item, overflow, published.number, now)
    if target is None:
        end_for_overflow(item, now=now)
    else:
        count = item.overflow_transfer_count + 1
        item.overflow_transfer_count = min(count, MOST_COUNTED)
        return_item(item=item, kind="work-item-overflowed", queue=target, now=now)
    return True


def waits_since(item: WorkItem) -> datetime:
    """Since when it waits in the queue that it is in now."""
    return max(item.waiting_since, item.queued_at or item.waiting_since)


def _may_end(
    item: WorkItem, overflow: Overflow, published: configuration.Published, now: datetime
) -> bool:
    if overflow.action is not OverflowAction.END or not item.is_asynchronous:
        return overflow.action is OverflowAction.END
    hours = hours_of_wait(item, item.channel_instance, published)
    came_by = ends_what_came_by(hours, overflow.threshold or 0, now)
    return came_by is not None and waits_since(item) <= came_by


def _target(overflow: Overflow, published: configuration.Published) -> Queue | None:
    if overflow.action is not OverflowAction.TRANSFER:
        return None
    queue_id = published.compiled.queue_id_by_name.get(overflow.queue or "", 0)
    return Queue.objects.filter(pk=queue_id).first()


def _store(item: WorkItem, overflow: Overflow, version: int, now: datetime) -> None:
    document: dict[str, Any] = {
        "queue": item.queue.name,
        "overflow": overflow_document(overflow),
        "sentence": overflow_document(overflow)["sentence"],
    }
    RoutingDecision.objects.create(
        work_item_id=item.pk,
        stage=DecisionStage.OVERFLOW,
        version=version,
        at=now,
        queue_id=item.queue_id,
        document=document,
    )
