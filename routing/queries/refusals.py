"""What became of a work item's offers."""

from django.db.models import Q

from routing.models import Assignment
from routing.terms import Outcome
from workstreams.models import WorkItem

REFUSED = Q(outcome__in=(Outcome.DECLINED, Outcome.MISSED))


def was_refused(item: WorkItem) -> bool:
    """Whether somebody declined or missed it, or put it back into the queue where it waits: then
    who did decides who may have it next."""
    found = REFUSED
    if item.queued_at is not None:
        found |= Q(outcome=Outcome.ACCEPTED, ended_at=item.queued_at)
    return Assignment.objects.filter(found, item=item).exists()
