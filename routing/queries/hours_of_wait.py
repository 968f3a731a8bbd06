"""Which operating hours decide whether somebody is there for a waiting conversation."""

from routing.configuration import Published
from routing.engine.configuration import OperatingHours
from workstreams.models import ChannelInstance, WorkItem


def hours_of_wait(
    item: WorkItem, instance: ChannelInstance | None, published: Published
) -> list[OperatingHours]:
    """Those of the way in, and those of the queue; what the version does not know is open."""
    queue = published.compiled.queues.get(item.queue_id)
    found = [
        published.hours_of(instance.operating_hours_id) if instance else None,
        published.compiled.hours.get(queue.operating_hours or "") if queue else None,
    ]
    return [each for each in found if each is not None]
