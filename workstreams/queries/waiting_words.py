"""What a customer who waits reads, kept up to date on the page (A 22, design 7.21)."""

from workstreams.automated_messages import is_raised
from workstreams.models import ChannelInstance, WorkItem
from workstreams.queries.automated_texts import automated_texts
from workstreams.slugs import fill
from workstreams.terms import MessageTrigger


def tells_place(item: WorkItem, instance: ChannelInstance) -> bool:
    """Whether who waits is told his place: as the way in says, and never in a persistent chat."""
    is_told = instance.tells_wait and instance.tells_position
    return is_told and not item.workstream.persistent_chat


def waiting_words(item: WorkItem, instance: ChannelInstance, *, position: int) -> str:
    """The words of the instance for this place in the queue, if it is told; 1 query then."""
    trigger = MessageTrigger.POSITION_IN_QUEUE if position else MessageTrigger.NEXT_IN_LINE
    if not tells_place(item, instance) or not is_raised(trigger, item.channel):
        return ""
    found = automated_texts([trigger], channel=item.channel, instance=instance)[trigger]
    values = {"QueueName": item.queue.name, "Position": str(position)}
    return fill(found.text, values) if found.is_active else ""
