"""Find or make the queue that work falls back to."""

from datetime import datetime

from agents.models import User
from workstreams.actions.create_queue import create_queue
from workstreams.actions.refusals import InvalidSettings
from workstreams.models import Queue
from workstreams.terms import AssignmentMethodName

GONE = "This queue was deleted meanwhile. Choose another one."
MISSING = "Choose an existing queue, or name a new one."


def choose_fallback_queue(
    *, type: str, existing: Queue | None, new: str, by: User, now: datetime
) -> Queue:
    """Lock the existing queue, or create one of the type named ``new``, which gives its work by
    highest capacity (A 7); the caller announces it.

    Refuses a queue of another type, a deleted one, and neither of the two.
    """
    if new.strip():
        try:
            return create_queue(
                name=new,
                type=type,
                assignment_method=AssignmentMethodName.HIGHEST_CAPACITY,
                by=by,
                now=now,
                is_announced=False,
            )
        except InvalidSettings as refusal:
            raise InvalidSettings({"new_queue": " ".join(refusal.errors.values())}) from refusal
    if existing is None:
        raise InvalidSettings({"fallback_queue": MISSING})

    queue = Queue.objects.select_for_update(no_key=True).filter(pk=existing.pk).first()
    if queue is None:
        raise InvalidSettings({"fallback_queue": GONE})
    if queue.type != type:
        raise InvalidSettings({"fallback_queue": f"{queue} does not take work of this type."})
    return queue
