"""An agent steps away only from what he has read."""

from django.db.models import Exists, OuterRef

from routing.exceptions import CustomerWroteSince
from routing.models import Assignment
from workstreams.models import Message, WorkItem
from workstreams.terms import Author


def check_read(*, item: WorkItem, assignment: Assignment, read_until: int | None) -> None:
    """Refuse with CustomerWroteSince when the customer said something after the last message that
    was before the agent's eyes: the one he names, or the one that his pages told of.

    Where none is named, what was answered is read, and who works without the pages is believed.
    The item is locked, so nothing is said between this and what the agent does.
    """
    if read_until is None and not assignment.read_until:
        return
    until = max(read_until or 0, assignment.read_until)
    unread = Message.objects.filter(item=item, author=Author.CUSTOMER, pk__gt=until)
    if read_until is None:
        answer = Message.objects.filter(item=item, author=Author.AGENT, pk__gt=OuterRef("pk"))
        unread = unread.exclude(Exists(answer))
    if unread.exists():
        raise CustomerWroteSince
