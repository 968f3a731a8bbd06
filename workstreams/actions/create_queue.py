"""Create a queue."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from agents.models import OperatingHours, User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.check_queue import check_queue
from workstreams.actions.choose_method import choose_method
from workstreams.actions.refusals import refusing_taken_names
from workstreams.actions.save_overflow import Pair, fitting_pairs, save_overflow
from workstreams.models import Queue
from workstreams.terms import usual_method


@transaction.atomic
def create_queue(
    *,
    name: str,
    type: str,
    by: User,
    now: datetime,
    priority: int = 1,
    assignment_method: str | None = None,
    operating_hours: OperatingHours | None = None,
    distributes: bool = True,
    service_level_seconds: int | None = None,
    short_abandoned_seconds: int | None = None,
    overflow: Sequence[Pair] | None = None,
    is_announced: bool = True,
) -> Queue:
    """Create it without members, with the method usual for its type where none is named. Refuses
    impossible settings, a method that does not exist and a taken name (InvalidSettings).

    ``overflow`` holds pairs in the words of the public contract; that of operating hours comes
    by itself. An action that makes a queue on its way announces the two changes as one.
    """
    queue = Queue(
        name=name.strip(),
        type=type,
        priority=priority,
        operating_hours=operating_hours,
        distributes=distributes,
        service_level_seconds=service_level_seconds,
        short_abandoned_seconds=short_abandoned_seconds,
    )
    choose_method(queue, usual_method(type) if assignment_method is None else assignment_method)
    check_queue(queue)

    with refusing_taken_names("queue", queue.name):
        queue.save()
    save_overflow(queue, fitting_pairs(queue, overflow))

    if is_announced:
        announce_configuration(sender=Queue, by=by, now=now)
    return queue
