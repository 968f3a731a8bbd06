"""The customer ends the conversation."""

from datetime import datetime

from django.db import transaction

from routing.actions.close_item import close_locked
from routing.actions.end_item import begin_wrap_up
from routing.actions.lock_item import lock_item, lock_open_assignment
from routing.terms import Outcome
from workstreams.actions.say_automatically import say_automatically
from workstreams.terms import ItemState, MessageTrigger, Reason


def leave_conversation(*, item_id: int, now: datetime) -> None:
    """Before an agent accepted the item is closed; after that it goes to wrap-up (A 17).

    Leaving twice changes nothing.
    """
    with transaction.atomic():
        item = lock_item(item_id)
        assignment = lock_open_assignment(item)
        if item.state in (ItemState.WRAP_UP, ItemState.CLOSED):
            return

        if item.state == ItemState.ACTIVE and assignment and assignment.outcome == Outcome.ACCEPTED:
            reason = Reason.CUSTOMER_MOVED_TO_WRAP_UP
            begin_wrap_up(item=item, assignment=assignment, reason=reason, now=now)
            left = MessageTrigger.CUSTOMER_DISCONNECTED
            say_automatically(item, left, fact=assignment.pk, now=now)
        else:
            is_open = item.state == ItemState.OPEN
            reason = Reason.CUSTOMER_LEFT_OPEN if is_open else Reason.CUSTOMER_LEFT_ACTIVE
            close_locked(item=item, assignment=assignment, reason=reason, now=now)
