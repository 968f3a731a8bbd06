"""An agent takes a conversation up again that waits for its customer."""

from datetime import datetime
from typing import Final

from django.db import transaction

from agents.models import Agent
from routing.actions.lock_item import lock_item, lock_open_assignment
from routing.actions.needed_capacity import renew_need
from routing.actions.open_assignment import open_accepted
from routing.actions.room import excess_of
from routing.actions.store_decision import store_own_decision
from routing.exceptions import NotYourItem
from routing.models import Assignment
from routing.terms import How
from workstreams.actions.move_item import move_item
from workstreams.models import WorkItem
from workstreams.terms import ItemState, Reason

TAKEN_UP_AGAIN: Final = "Taken up again by its agent"


def reopen_item(*, item_id: int, by: Agent, now: datetime) -> Assignment:
    """From *My work items* a waiting conversation becomes active again with its agent (A 17).

    It holds capacity again, as an override where the agent has no room: nobody else
    asked for it. Reopening twice answers the same. Refuses NotYourItem, also of an offer.
    """
    with transaction.atomic():
        item = lock_item(item_id)
        assignment = lock_open_assignment(item)
        if item.agent_id != by.pk or (assignment and assignment.decided_at is None):
            raise NotYourItem
        if assignment is not None and item.state == ItemState.ACTIVE:
            return assignment

        return _take_up_again(item, by, now)


def _take_up_again(item: WorkItem, by: Agent, now: datetime) -> Assignment:
    renew_need(item)
    move_item(
        item=item,
        to=ItemState.ACTIVE,
        reason=Reason.IN_CONVERSATION,
        kind="work-item-reopened",
        agent=by,
        now=now,
    )
    excess = excess_of(item, by, taken_at=now)
    assignment = open_accepted(item=item, agent=by, how=How.PICK, excess=excess, now=now)
    store_own_decision(
        item=item, agent=by, how=How.PICK, now=now, excess=excess, sentence=TAKEN_UP_AGAIN
    )
    return assignment
