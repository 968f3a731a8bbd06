"""The customer ends the conversation, or is gone from it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from routing.actions.close_item import close_locked
from routing.actions.end_item import begin_wrap_up
from routing.actions.lock_item import lock_item, lock_open_assignment
from routing.exceptions import NoCustomerInIt, OnlyAgentsEnd
from routing.terms import Outcome
from workstreams.actions.say_automatically import say_automatically
from workstreams.models import ChatVisit, WorkItem
from workstreams.terms import ItemKind, ItemState, MessageTrigger, Reason

OVER = (ItemState.WRAP_UP, ItemState.CLOSED)


def leave_conversation(*, item_id: int, now: datetime) -> None:
    """Before an agent accepted the item is closed; after that it goes to wrap-up (A 17).

    Leaving twice changes nothing. Refuses OnlyAgentsEnd in a persistent chat (B 5), and
    NoCustomerInIt.
    """
    with transaction.atomic():
        item = lock_item(item_id)
        if item.kind == ItemKind.RECORD:
            raise NoCustomerInIt
        if item.workstream.persistent_chat:
            raise OnlyAgentsEnd
        if item.state not in OVER:
            _leave(item, Reason.CUSTOMER_MOVED_TO_WRAP_UP, now)


def disconnect_customer(*, item_id: int, is_due: Callable[[], bool], now: datetime) -> bool:
    """The same for one who did not come back; False when he did, asked behind the lock.

    A conversation that waits for its customer goes on waiting. The event says that he was waited
    for in vain: reasons change with what is done later.
    """
    with transaction.atomic():
        item = lock_item(item_id)
        if not is_due():
            return False
        ChatVisit.objects.filter(item=item).delete()
        if item.state in (ItemState.OPEN, ItemState.ACTIVE):
            _leave(item, Reason.CUSTOMER_LEFT_ACTIVE, now, was_given_up=True)
    return True


def _leave(item: WorkItem, reason: Reason, now: datetime, **data: Any) -> None:
    assignment = lock_open_assignment(item)
    if item.state == ItemState.ACTIVE and assignment and assignment.outcome == Outcome.ACCEPTED:
        begin_wrap_up(item=item, assignment=assignment, reason=reason, now=now, **data)
        left = MessageTrigger.CUSTOMER_DISCONNECTED
        say_automatically(item, left, fact=assignment.pk, now=now)
    else:
        is_open = item.state == ItemState.OPEN
        reason = Reason.CUSTOMER_LEFT_OPEN if is_open else Reason.CUSTOMER_LEFT_ACTIVE
        close_locked(item=item, assignment=assignment, reason=reason, now=now, **data)
