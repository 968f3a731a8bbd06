"""An agent accepts an offer."""

from datetime import datetime
from typing import Any

from django.db import transaction

from agents.actions.follow_capacity import follow_capacity
from agents.models import Agent
from config.prepared import prepared_cursor
from routing.actions.hold_capacity import lock_load, note_day
from routing.actions.hold_rest import hold_rest
from routing.actions.lock_item import lock_item, lock_open_assignment
from routing.exceptions import AlreadyTaken, OfferExpired
from routing.models import Assignment
from routing.queries.becomes_his import becomes_his
from routing.sql import array_of, statement
from routing.terms import How, Outcome
from workstreams.actions.move_item import move_item
from workstreams.actions.say_automatically import say_automatically
from workstreams.models import WorkItem
from workstreams.terms import ItemState, MessageTrigger, Reason


def accept_offer(*, item_id: int, by: Agent, now: datetime | None = None) -> Assignment:
    """The pending offer becomes the agent's work; accepting twice answers the same.

    Refuses OfferExpired when it ran out or was taken back, AlreadyTaken when somebody
    else has the item. What is assigned without asking does not run out: its end makes it
    the agent's, unless he went home meanwhile. His page may say so by itself, and first.
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
        now = now or assignment.read_at
        if _is_over(assignment, now) and not becomes_his(item, assignment):
            raise OfferExpired

        take_up(item=item, assignment=assignment, now=now, is_there=True)
    return assignment


def _is_over(assignment: Assignment, now: datetime) -> bool:
    return assignment.deadline_at is None or now >= assignment.deadline_at


def _accept(item: WorkItem, assignment: Assignment, now: datetime) -> None:
    """Save that it is, and lock the load of its agent: one statement, unless he has none yet or
    holds profiles of the day."""
    assignment.outcome, assignment.decided_at = Outcome.ACCEPTED, now
    names = {
        "assignment_id": assignment.pk,
        "agent_id": assignment.agent_id,
        "profiles": array_of({*assignment.profiles, *item.required_profiles}),
        "now": now,
    }
    with prepared_cursor() as cursor:
        cursor.execute(statement("accept_offer"), names)
        found = cursor.fetchone()
    if found is None:
        lock_load(assignment.agent_id)
    if found is None or found[0]:
        hold_rest(assignment, item.required_profiles)
        note_day(assignment, now)


def take_up(
    *, item: WorkItem, assignment: Assignment, now: datetime, is_there: bool = False, **data: Any
) -> None:
    """Make a locked pending offer of a locked item accepted, by its agent if he ``is_there``;
    ``data`` goes into the event."""
    _accept(item, assignment, now)
    follow_capacity(agent=assignment.agent, now=now, ends_choice=True, is_there=is_there)
    item.last_agent = assignment.agent
    move_item(
        item=item,
        to=ItemState.ACTIVE,
        reason=Reason.IN_CONVERSATION,
        kind="offer-accepted",
        now=now,
        assignment_id=assignment.pk,
        **data,
    )
    is_transfer = assignment.how == How.TRANSFER
    joined = MessageTrigger.TRANSFER_ACCEPTED if is_transfer else MessageTrigger.AGENT_JOINED
    say_automatically(
        item,
        MessageTrigger.AGENT_ASSIGNED,
        joined,
        fact=assignment.pk,
        agent=assignment.agent,
        now=now,
        reworded=assignment.reworded,
    )
