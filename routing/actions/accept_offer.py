"""An agent accepts an offer."""

from datetime import datetime

from django.db import transaction

from agents.models import Agent
from routing.actions.lock_item import lock_item, lock_open_assignment
from routing.exceptions import AlreadyTaken, OfferExpired
from routing.models import Assignment
from routing.terms import Outcome
from workstreams.actions.move_item import move_item
from workstreams.models import WorkItem
from workstreams.terms import ItemState, Reason


def accept_offer(*, item_id: int, by: Agent, now: datetime) -> Assignment:
    """The pending offer becomes the agent's work; accepting twice answers the same.

    Refuses OfferExpired when it ran out or was taken back, AlreadyTaken when somebody
    else has the item.
    """
    with transaction.atomic():
        item = lock_item(item_id)
        assignment = lock_open_assignment(item)
        if assignment is None:
            raise OfferExpired
        if assignment.agent_id != by.pk:
            raise AlreadyTaken
        if assignment.outcome == Outcome.ACCEPTED:
            return assignment
        if assignment.deadline_at is None or now >= assignment.deadline_at:
            raise OfferExpired

        take_up(item=item, assignment=assignment, now=now)
    return assignment


def take_up(*, item: WorkItem, assignment: Assignment, now: datetime) -> None:
    """Make a locked pending offer of a locked item accepted."""
    assignment.outcome = Outcome.ACCEPTED
    assignment.decided_at = now
    assignment.save(update_fields=["outcome", "decided_at"])
    item.last_agent = assignment.agent
    move_item(
        item=item,
        to=ItemState.ACTIVE,
        reason=Reason.IN_CONVERSATION,
        kind="offer-accepted",
        now=now,
        assignment_id=assignment.pk,
    )
