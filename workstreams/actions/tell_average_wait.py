"""Tell a customer who begins to wait how long others did (A 22)."""

from datetime import datetime, timedelta
from typing import Final

from workstreams.actions.say_automatically import say_automatically
from workstreams.models import WorkItem
from workstreams.terms import MessageTrigger

SHORTEST_TOLD: Final = timedelta(minutes=1)


def tell_average_wait(item: WorkItem, wait: timedelta | None, *, now: datetime) -> None:
    """Once a conversation, and no wait of a minute or less; for a locked item.

    Nothing of it where the way in does not tell it, nor in a persistent chat.
    """
    hours, minutes = _split(wait)
    trigger = _trigger(hours, minutes)
    if trigger is None or not tells_average_wait(item):
        return
    values = {"WaitHours": str(hours), "WaitMinutes": str(minutes)}
    # Whichever words it takes, it is said once.
    say_automatically(item, trigger, fact="begun", said_as="average wait", values=values, now=now)


def tells_average_wait(item: WorkItem) -> bool:
    """Whether customers who come this way are told at all; no query for a loaded item."""
    instance = item.channel_instance
    if instance is None or item.workstream.persistent_chat:
        return False
    return instance.tells_wait and instance.tells_average_wait


def _split(wait: timedelta | None) -> tuple[int, int]:
    """Hours and minutes, rounded to the minute."""
    if wait is None or wait <= SHORTEST_TOLD:
        return 0, 0
    return divmod(round(wait.total_seconds() / 60), 60)


def _trigger(hours: int, minutes: int) -> MessageTrigger | None:
    if hours and minutes:
        return MessageTrigger.WAIT_HOURS_MINUTES
    if hours:
        return MessageTrigger.WAIT_HOURS
    return MessageTrigger.WAIT_MINUTES if minutes else None
