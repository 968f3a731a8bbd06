"""Delete a queue that nothing depends on, and say where its work goes."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.move_work import move_work
from workstreams.actions.refusals import BuiltIn, InvalidSettings
from workstreams.actions.retire import delete_or_retire
from workstreams.exceptions import InUse, SavedMeanwhile
from workstreams.models import Queue, WorkItem
from workstreams.queries.dependencies import queue_dependencies
from workstreams.terms import ItemState

# So often work that came meanwhile is waited for.
MOST_TRIES: Final = 5
NOT_A_PLACE: Final = "Choose another queue of the same type."
NOBODY_THERE: Final = "Nobody serves this queue. Choose one that has members."


class _CameMeanwhile(Exception):
    """Work came while the queue was locked."""


@transaction.atomic
def delete_queue(*, queue: Queue, by: User, now: datetime, move_to: Queue | None = None) -> None:
    """Delete it with its memberships and overflow; unfinished work goes to ``move_to``.

    Refuses a built-in one, InUse with what refers to it (unfinished work too, unless it is to be
    moved), and a place where the work cannot go (InvalidSettings, and what ``move_work`` does).
    Finished work goes on naming it. Nothing slips in after the look: see ``delete_workstream``.
    """
    for _ in range(MOST_TRIES):
        try:
            with transaction.atomic():
                _delete(queue, move_to, by, now)
        except _CameMeanwhile:
            continue
        return
    raise SavedMeanwhile


def _delete(queue: Queue, move_to: Queue | None, by: User, now: datetime) -> None:
    """Items first, as whoever has an item may go on to its queue; then nothing comes any more.
    What came between the two is not waited for with the queue locked: all is tried again."""
    held = _lock_work(queue) if move_to is not None else []
    locked = _lock_queues(queue, move_to)
    if locked is None:
        return
    if locked.is_default:
        raise BuiltIn(name=locked.name)
    if move_to is not None and set(_unfinished(locked).values_list("pk", flat=True)) - set(held):
        raise _CameMeanwhile
    dependencies = queue_dependencies(locked, with_work=move_to is None)
    if dependencies:
        raise InUse(dependencies=dependencies)
    if move_to is not None and held:
        _check_place(locked, move_to)
        move_work(item_ids=held, from_queue=locked, to=move_to, now=now, by=by.get_username())

    delete_or_retire(locked, now=now, operating_hours=None)

    announce_configuration(sender=Queue, by=by, now=now)


def _lock_queues(queue: Queue, move_to: Queue | None) -> Queue | None:
    """The queue, against new links; the other one against its own deletion only. By id, so that
    two deletions that name each other do not wait for each other."""
    locked = None
    for pk in sorted({queue.pk, move_to.pk if move_to else queue.pk}):
        is_own = pk == queue.pk
        row = Queue.objects.select_for_update(no_key=not is_own).filter(pk=pk).first()
        locked = row if is_own else locked
    return locked


def _unfinished(queue: Queue) -> QuerySet[WorkItem]:
    return WorkItem.objects.filter(queue=queue).exclude(state=ItemState.CLOSED)


def _lock_work(queue: Queue) -> list[int]:
    """By ascending id, as everywhere; those that left the queue meanwhile are left out."""
    rows = _unfinished(queue).order_by("pk").select_for_update()
    held = set(rows.values_list("pk", flat=True))
    still = _unfinished(queue).filter(pk__in=held).order_by("pk")
    return list(still.values_list("pk", flat=True))


def _check_place(queue: Queue, place: Queue) -> None:
    living = Queue.objects.filter(pk=place.pk, type=queue.type).exclude(pk=queue.pk)
    if not living.exists():
        raise InvalidSettings({"move_to": NOT_A_PLACE})
    if not place.memberships.filter(agent__is_enabled=True).exists():
        raise InvalidSettings({"move_to": NOBODY_THERE})
