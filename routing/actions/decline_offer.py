"""An agent declines an offer, or lets it run out."""

from datetime import datetime

from django.db import transaction

from agents.models import Agent
from routing.actions.end_assignment import end_assignment
from routing.actions.lock_item import lock_item, lock_open_assignment
from routing.actions.return_item import return_item
from routing.exceptions import MayNotDecline, OfferExpired
from routing.models import Assignment
from routing.terms import Outcome
from workstreams.models import WorkItem


def decline_offer(*, item_id: int, by: Agent, now: datetime) -> None:
    """Send the offered item back to its queue. Refuses MayNotDecline and OfferExpired."""
    with transaction.atomic():
        item = lock_item(item_id)
        assignment = lock_open_assignment(item)
        if assignment is None or assignment.agent_id != by.pk:
            raise OfferExpired
        if assignment.outcome != Outcome.PENDING:
            raise OfferExpired
        if not item.workstream.notification_template.agents_may_decline:
            raise MayNotDecline

        _refuse(item, assignment, Outcome.DECLINED, "offer-declined", now)


def miss_offer(*, item_id: int, assignment_id: int, now: datetime) -> bool:
    """Send an item back whose offer ran out; False when it was answered meanwhile."""
    with transaction.atomic():
        item = lock_item(item_id)
        assignment = lock_open_assignment(item)
        if assignment is None or assignment.pk != assignment_id:
            return False
        if assignment.outcome != Outcome.PENDING:
            return False

        _refuse(item, assignment, Outcome.MISSED, "offer-missed", now)
    return True


def _refuse(
    item: WorkItem, assignment: Assignment, outcome: Outcome, kind: str, now: datetime
) -> None:
    end_assignment(assignment=assignment, outcome=outcome, now=now)
    return_item(item=item, kind=kind, now=now)
