"""Tell a customer at once what stands in the way of an answer."""

from datetime import datetime

from routing.configuration import Published
from routing.engine.hours import is_holiday, is_open
from routing.queries.hours_of_wait import hours_of_wait
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
) -> bool:
    """Say that the chat or the queue is closed, once a wait, and that nobody serves the queue, each
    time it is routed there. For a routed, locked item; whether anything stands in the way."""
    if item.kind != ItemKind.CONVERSATION:
        return False
    is_closed = tell_closed(item, published=published, now=now)
    if not is_served:
        say_automatically(item, MessageTrigger.AGENT_NOT_ASSIGNED, fact=fact, now=now)
    return is_closed or not is_served


def tell_closed(item: WorkItem, *, published: Published, now: datetime) -> bool:
    """Say that the chat or the queue is closed, once a wait: who comes back to a conversation on
    another night is told again (B 9). Whether it is."""
    hours = hours_of_wait(item, item.channel_instance, published)
    closed = [each for each in hours if not is_open(each, now)]
    if closed:
        is_day_off = any(is_holiday(each, now) for each in closed)
        trigger = MessageTrigger.HOLIDAY if is_day_off else MessageTrigger.OUT_OF_HOURS
        say_automatically(item, trigger, fact=item.waiting_since.isoformat(), now=now)
    return bool(closed)
