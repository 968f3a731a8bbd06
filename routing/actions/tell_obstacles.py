"""Tell a customer at once what stands in the way of an answer."""

from datetime import datetime

from routing.engine.configuration import CompiledConfiguration, OperatingHours
from routing.engine.hours import is_holiday, is_open
from workstreams.actions.say_automatically import say_automatically
from workstreams.models import WorkItem
from workstreams.terms import ItemKind, MessageTrigger


def tell_obstacles(
    item: WorkItem,
    *,
    compiled: CompiledConfiguration,
    is_served: bool,
    fact: object,
    now: datetime,
) -> None:
    """Say that the chat or the queue is closed, once a conversation, and that nobody serves the
    queue, each time it is routed there. For a routed, locked item."""
    if item.kind != ItemKind.CONVERSATION:
        return
    tell_closed(item, compiled=compiled, now=now)
    if not is_served:
        say_automatically(item, MessageTrigger.AGENT_NOT_ASSIGNED, fact=fact, now=now)


def tell_closed(item: WorkItem, *, compiled: CompiledConfiguration, now: datetime) -> None:
    """Say that the chat or the queue is closed, once a conversation."""
    closed = [each for each in _hours_of(item, compiled) if not is_open(each, now)]
    if closed:
        is_day_off = any(is_holiday(each, now) for each in closed)
        trigger = MessageTrigger.HOLIDAY if is_day_off else MessageTrigger.OUT_OF_HOURS
        say_automatically(item, trigger, fact="begun", now=now)


def _hours_of(item: WorkItem, compiled: CompiledConfiguration) -> list[OperatingHours]:
    """Those of the way in, and those of the queue; what the version does not know is open."""
    instance, queue = item.channel_instance, compiled.queues.get(item.queue_id)
    own = instance.operating_hours if instance else None
    names = [own.name if own else None, queue.operating_hours if queue else None]
    return [compiled.hours[name] for name in names if name is not None and name in compiled.hours]
