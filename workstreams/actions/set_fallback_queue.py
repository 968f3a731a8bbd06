"""Choose where work goes that no rule sends anywhere."""

from datetime import datetime

from django.db import transaction

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.choose_fallback_queue import choose_fallback_queue
from workstreams.actions.lock_workstream import lock_workstream
from workstreams.models import Queue, Workstream


@transaction.atomic
def set_fallback_queue(
    *,
    workstream: Workstream,
    by: User,
    now: datetime,
    queue: Queue | None = None,
    new_queue: str = "",
    revision: int | None = None,
) -> Workstream:
    """Set an existing queue, or a new one of this name, as the fallback queue.

    Refuses a queue of another type or a taken name (InvalidSettings), and SavedMeanwhile.
    """
    locked = lock_workstream(workstream, revision=revision)
    locked.fallback_queue = choose_fallback_queue(
        type=locked.type, existing=queue, new=new_queue, by=by, now=now
    )
    locked.revision += 1
    locked.save(update_fields=["fallback_queue", "revision", "changed_at"])

    announce_configuration(sender=Workstream, by=by, now=now)
    return locked
