"""Whether a chat is open by its operating hours, as published, and what it does when not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from config.clock import database_now
from routing import configuration
from routing.engine.configuration import OperatingHours
from routing.engine.hours import is_open, next_opening
from routing.queries.hours_of_wait import hours_of_wait
from routing.queries.operating_hours import hours_now
from workstreams.models import ChannelInstance, WorkItem
from workstreams.terms import WhenClosed

# Hours that are not open together after so many openings are taken for never.
OPENINGS: Final = 30


@dataclass(frozen=True, kw_only=True)
class ChatHours:
    """``opens_at`` is by the clock of the hours; None where it does not open again."""

    is_open: bool
    opens_at: datetime | None = None
    is_hidden: bool = False

    @property
    def opens_in_words(self) -> str:
        """`Monday, 2 March, 09:00 (Europe/Berlin)`."""
        if self.opens_at is None:
            return ""
        return f"{self.opens_at:%A, %-d %B, %H:%M} ({self.opens_at.tzinfo})"


def chat_hours(instance: ChannelInstance) -> ChatHours:
    """A chat without hours is always open; 0 or 1 query."""
    if instance.operating_hours_id is None:
        return ChatHours(is_open=True)
    hours = configuration.current().hours_of(instance.operating_hours_id)
    if hours is None:
        return ChatHours(is_open=True)
    now = hours_now(hours, database_now())
    zone: ZoneInfo = hours.time_zone
    return ChatHours(
        is_open=now.is_open,
        opens_at=now.opens_at.astimezone(zone) if now.opens_at else None,
        is_hidden=not now.is_open and instance.when_closed == WhenClosed.HIDDEN,
    )


def hours_while_waiting(item: WorkItem, instance: ChannelInstance) -> ChatHours:
    """For who waits in a queue, its hours count too: it is open where all are; 1 query."""
    now = database_now()
    hours = hours_of_wait(item, instance, configuration.current())
    closed = [each for each in hours if not is_open(each, now)]
    if not closed:
        return ChatHours(is_open=True)
    opens_at = _all_open_at(hours, now)
    zone = closed[0].time_zone
    return ChatHours(is_open=False, opens_at=opens_at.astimezone(zone) if opens_at else None)


def _all_open_at(hours: Sequence[OperatingHours], at: datetime) -> datetime | None:
    """The first moment at which all are open; None if there is none, or none is near."""
    for _ in range(OPENINGS):
        openings = [next_opening(each, at) for each in hours]
        found = [each for each in openings if each is not None]
        if len(found) < len(openings):
            return None
        if max(found) == at:
            return at
        at = max(found)
    return None
