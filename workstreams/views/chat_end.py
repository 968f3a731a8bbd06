"""What the end of a chat means for its page."""

from workstreams.models import ChannelInstance, WorkItem
from workstreams.queries.chat_visits import was_given_up
from workstreams.terms import ItemState, Reason


def is_over(item: WorkItem) -> bool:
    return item.state in (ItemState.WRAP_UP, ItemState.CLOSED)


def came_too_late(instance: ChannelInstance, item: WorkItem) -> bool:
    """Whether the visitor left, was waited for in vain, and is to be led elsewhere (B 4.10)."""
    return bool(instance.redirect_url) and is_over(item) and was_given_up(item)


def begins_anew(instance: ChannelInstance, item: WorkItem) -> bool:
    """Whether it is a persistent chat that is over: its history is not shown any more (B 5). Whom
    overflow sent away is still to read why."""
    is_sent_away = item.reason == Reason.CLOSED_DUE_TO_OVERFLOW
    return instance.workstream.persistent_chat and is_over(item) and not is_sent_away
