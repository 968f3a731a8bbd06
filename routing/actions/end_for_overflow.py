"""End a conversation whose queue overflows."""

from datetime import datetime

from routing.actions.close_item import close_locked
from workstreams.actions.say_automatically import say_automatically
from workstreams.models import WorkItem
from workstreams.terms import MessageTrigger, Reason


def end_for_overflow(item: WorkItem, *, now: datetime) -> None:
    """Close a locked, open item, and tell its customer why (A 8.5)."""
    reason = Reason.CLOSED_DUE_TO_OVERFLOW
    close_locked(item=item, assignment=None, reason=reason, now=now)
    say_automatically(item, MessageTrigger.OVERFLOW_ENDED, fact="ended", now=now)
