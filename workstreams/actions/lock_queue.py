"""Lock a queue to edit it, with those that it overflows into."""

from collections.abc import Sequence

from workstreams.models import OverflowRule, Queue
from workstreams.models.living import is_living_queue
from workstreams.overflow import Pair


def lock_queue(queue: Queue, overflow: Sequence[Pair] | None = None) -> Queue | None:
    """The queue as saved by now, for the rest of the caller's transaction; None where it is gone.

    Those that the given ``overflow`` names, else those that it has, are locked against their
    deletion. By id, as whoever deletes one of them and moves its work to another locks them.
    """
    locked = None
    for pk in sorted({queue.pk, *_others(queue, overflow)}):
        if pk == queue.pk:
            locked = Queue.objects.select_for_update(no_key=True).filter(pk=pk).first()
        else:
            is_living_queue(pk)
    return locked


def _others(queue: Queue, overflow: Sequence[Pair] | None) -> Sequence[int]:
    if overflow is None:
        kept = OverflowRule.objects.filter(queue=queue, to_queue__isnull=False)
        return list(kept.values_list("to_queue_id", flat=True))
    names = {str(each["queue"]).lower() for each in overflow if each.get("queue")}
    known = Queue.objects.values_list("pk", "name") if names else []
    return [pk for pk, name in known if name.lower() in names]
