"""Whether a chat is open by its operating hours, as published, and what it does when not."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from config.clock import database_now
from routing import configuration
from routing.queries.operating_hours import hours_now
from workstreams.models import ChannelInstance
from workstreams.terms import WhenClosed


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
