"""What a customer who waits reads, kept up to date on the page (A 22, design 7.21)."""

from dataclasses import dataclass
from datetime import timedelta

from workstreams.automated_messages import is_raised
from workstreams.models import ChannelInstance, WorkItem
from workstreams.queries.automated_texts import automated_texts
from workstreams.slugs import fill
from workstreams.terms import MessageTrigger

WAITS = (
    MessageTrigger.WAIT_MINUTES,
    MessageTrigger.WAIT_HOURS,
    MessageTrigger.WAIT_HOURS_MINUTES,
)
SHORTEST_TOLD = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class WaitingWords:
    """``place`` tells the place in the queue, ``wait`` the average wait; empty: not told."""

    place: str = ""
    wait: str = ""


def waiting_words(
    item: WorkItem,
    instance: ChannelInstance,
    *,
    position: int,
    average_wait: timedelta | None = None,
) -> WaitingWords:
    """The words of the instance for this place and wait; 1 query.

    Nothing of it in a persistent chat, and no wait of a minute or less.
    """
    if item.workstream.persistent_chat:
        return WaitingWords()
    place = MessageTrigger.POSITION_IN_QUEUE if position else MessageTrigger.NEXT_IN_LINE
    hours, minutes = _split(average_wait)
    wait = _wait_trigger(hours, minutes)
    texts = automated_texts([place, *WAITS], channel=item.channel, instance=instance)
    values = {
        "QueueName": item.queue.name,
        "Position": str(position),
        "WaitHours": str(hours),
        "WaitMinutes": str(minutes),
    }

    def words(trigger: MessageTrigger | None) -> str:
        if trigger is None or not is_raised(trigger, item.channel):
            return ""
        found = texts[trigger]
        return fill(found.text, values) if found.is_active else ""

    return WaitingWords(place=words(place), wait=words(wait))


def _split(wait: timedelta | None) -> tuple[int, int]:
    """Hours and minutes, rounded to the minute."""
    if wait is None or wait <= SHORTEST_TOLD:
        return 0, 0
    return divmod(round(wait.total_seconds() / 60), 60)


def _wait_trigger(hours: int, minutes: int) -> MessageTrigger | None:
    if hours and minutes:
        return MessageTrigger.WAIT_HOURS_MINUTES
    if hours:
        return MessageTrigger.WAIT_HOURS
    return MessageTrigger.WAIT_MINUTES if minutes else None
