"""Which queues are open, by the hours that are published."""

from datetime import datetime

from routing import configuration
from routing.engine.configuration import OperatingHours
from routing.engine.hours import is_open, next_opening


def closed_queues(*, now: datetime) -> list[int]:
    """The ids of all queues that are outside their hours at that moment; 1 query."""
    compiled = configuration.current().compiled
    closed = {name for name, hours in compiled.hours.items() if not is_open(hours, now)}
    return [pk for pk, queue in compiled.queues.items() if queue.operating_hours in closed]


def opens_at(queue_id: int, *, now: datetime) -> datetime | None:
    """When the queue opens, by the clock of its hours: now if it is open, None if it never does;
    1 query."""
    hours = _hours_of(queue_id)
    opening = next_opening(hours, now)
    return opening.astimezone(hours.time_zone) if hours and opening else opening


def _hours_of(queue_id: int) -> OperatingHours | None:
    compiled = configuration.current().compiled
    queue = compiled.queues.get(queue_id)
    return compiled.hours.get(queue.operating_hours or "") if queue else None
