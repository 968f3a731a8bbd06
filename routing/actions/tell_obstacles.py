"""Tell a customer at once what stands in the way of an answer."""

from datetime import datetime

from routing.configuration import Published
from routing.engine.configuration import OperatingHours
from routing.engine.hours import is_holiday, is_open
from workstreams.actions.say_automatically import say_automatically
from workstreams.models import WorkItem
from workstreams.terms import ItemKind, MessageTrigger


def tell_obstacles(
    item: WorkItem,
    *,
    published: Published,
    is_served: bool,
    fact: object,
    now: datetime,
) -> None:
    """Say that the chat or the queue is closed, once a wait, and that nobody serves the queue, each
    time it is routed there. For a routed, locked item."""
    if item.kind != ItemKind.CONVERSATION:
        return
    tell_closed(item, published=published, now=now)
    if not is_served:
        say_automatically(item, MessageTrigger.AGENT_NOT_ASSIGNED, fact=fact, now=now)


def tell_closed(item: WorkItem, *, published: Published, now: datetime) -> None:
    """Say that the chat or the queue is closed, once a wait: who comes back to a conversation on
    another night is told again (B 9)."""
    closed = [each for each in _hours_of(item, published) if not is_open(each, now)]
    if closed:
        is_day_off = any(is_holiday(each, now) for each in closed)
        trigger = MessageTrigger.HOLIDAY if is_day_off else MessageTrigger.OUT_OF_HOURS
        say_automatically(item, trigger, fact=item.waiting_since.isoformat(), now=now)


def _hours_of(item: WorkItem, published: Published) -> list[OperatingHours]:
    """Those of the way in, and those of the queue; what the version does not know is open."""
    instance, queue = item.channel_instance, published.compiled.queues.get(item.queue_id)
    found = [
        published.hours_of(instance.operating_hours_id) if instance else None,
        published.compiled.hours.get(queue.operating_hours or "") if queue else None,
    ]
    return [each for each in found if each is not None]
