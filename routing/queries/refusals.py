"""What became of a work item's offers."""

from routing.models import Assignment
from routing.terms import Outcome
from workstreams.models import WorkItem


def was_refused(item: WorkItem) -> bool:
    """Whether somebody declined or missed it: then who did decides who may have it next."""
    refused = (Outcome.DECLINED, Outcome.MISSED)
    return Assignment.objects.filter(item=item, outcome__in=refused).exists()
