"""An agent declines an offer."""

from datetime import datetime

from django.db import transaction

from agents.models import Agent
from routing.actions.end_assignment import end_assignment
from routing.actions.follow_refusal import follow_refusal
from routing.actions.lock_item import lock_item, lock_open_assignment
from routing.actions.overflow_item import overflow_locked
from routing.actions.return_item import return_item
from routing.exceptions import MayNotDecline, OfferExpired
from routing.terms import Outcome


def decline_offer(*, item_id: int, by: Agent, now: datetime) -> bool:
    """Send the offered item back to its queue, and say whether it stays there: what has waited too
    long overflows before it is offered again. Refuses MayNotDecline and OfferExpired."""
    with transaction.atomic():
        item = lock_item(item_id)
        assignment = lock_open_assignment(item)
        if assignment is None or assignment.agent_id != by.pk:
            raise OfferExpired
        if assignment.outcome != Outcome.PENDING:
            raise OfferExpired
        if not assignment.may_decline:
            raise MayNotDecline

        end_assignment(assignment=assignment, outcome=Outcome.DECLINED, now=now)
        return_item(item=item, kind="offer-declined", now=now)
        has_overflowed = overflow_locked(item=item, now=now)
        follow_refusal(agent=by, outcome=Outcome.DECLINED, now=now)
    return not has_overflowed
