"""Say who serves a queue."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from agents.models import Agent, User
from workstreams.actions.change_queue_members import change_queue_members
from workstreams.models import Queue


@transaction.atomic
def set_queue_members(
    *, queue: Queue, agents: Iterable[Agent], by: User, now: datetime
) -> set[int]:
    """Make exactly these agents its members; returns the ids of those who joined or left."""
    Queue.objects.select_for_update(no_key=True).filter(pk=queue.pk).first()
    wanted = list(agents)
    leaving = queue.members.exclude(pk__in=[agent.pk for agent in wanted])
    return change_queue_members(queue=queue, add=wanted, remove=leaving, by=by, now=now)
