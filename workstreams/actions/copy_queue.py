"""Copy a queue with all its settings."""

from datetime import datetime

from django.db import transaction

from agents.models import Agent, User
from workstreams.actions.change_queue_members import change_queue_members
from workstreams.actions.check_queue import MAXIMUM_NAME
from workstreams.actions.copy_workstream import free_copy_name
from workstreams.actions.create_queue import create_queue
from workstreams.actions.lock_queue import lock_queue
from workstreams.actions.save_overflow import overflow_of
from workstreams.exceptions import SavedMeanwhile
from workstreams.models import Queue


@transaction.atomic
def copy_queue(
    *, queue: Queue, by: User, now: datetime, name: str = "", with_members: bool = False
) -> Queue:
    """A new queue with the settings and overflow of its source, named "Copy of ..." without a
    ``name``; ``with_members`` its members serve the copy too, in their order.

    A copy of a built-in queue is an ordinary one. Refuses a name that is taken (InvalidSettings),
    and a queue that is gone (SavedMeanwhile).
    """
    original = lock_queue(queue)
    if original is None:
        raise SavedMeanwhile
    copy = create_queue(
        name=name.strip() or free_copy_name(original, longest=MAXIMUM_NAME),
        type=original.type,
        priority=original.priority,
        assignment_method=original.method_name,
        operating_hours=original.operating_hours,
        distributes=original.distributes,
        service_level_seconds=original.service_level_seconds,
        short_abandoned_seconds=original.short_abandoned_seconds,
        overflow=overflow_of(original),
        by=by,
        now=now,
    )
    if with_members:
        members = Agent.objects.filter(queues=original).order_by("memberships__id")
        change_queue_members(queue=copy, add=members, by=by, now=now)
    return copy
