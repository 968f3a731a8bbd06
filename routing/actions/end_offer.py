"""The countdown of an offer ends without an answer."""

from datetime import datetime
from typing import Final

from django.db import transaction

from routing.actions.accept_offer import take_up
from routing.actions.end_assignment import end_assignment
from routing.actions.follow_refusal import follow_refusal
from routing.actions.lock_item import lock_item, lock_open_assignment
from routing.actions.overflow_item import overflow_locked
from routing.actions.return_item import return_item
from routing.queries.becomes_his import becomes_his
from routing.terms import Outcome

ASSIGNED: Final = "Assigned when the countdown ended"


def end_offer(*, item_id: int, assignment_id: int, now: datetime) -> bool:
    """Send the item back, or give it to the agent where its template assigns without asking;
    False when it was answered meanwhile.

    Nothing is given to people who went home: they miss it, and somebody else is found. What has
    waited too long by then overflows before it is offered again.
    """
    with transaction.atomic():
        item = lock_item(item_id)
        assignment = lock_open_assignment(item)
        if assignment is None or assignment.pk != assignment_id:
            return False
        if assignment.outcome != Outcome.PENDING:
            return False

        if becomes_his(item, assignment):
            take_up(item=item, assignment=assignment, now=now, sentences=[ASSIGNED])
            return True
        end_assignment(assignment=assignment, outcome=Outcome.MISSED, now=now)
        return_item(item=item, kind="offer-missed", now=now)
        overflow_locked(item=item, now=now)
        follow_refusal(agent=assignment.agent, outcome=Outcome.MISSED, now=now)
    return True
