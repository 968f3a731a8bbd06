"""Close a work item for good, or step away from a conversation that goes on."""

from datetime import datetime
from typing import Any

from django.db import transaction

from agents.models import Agent, User
from routing.actions.check_read import check_read
from routing.actions.check_seen import check_seen
from routing.actions.check_supervision import FORCE_CLOSE, check_supervision
from routing.actions.end_assignment import end_assignment
from routing.actions.lock_item import lock_item, lock_open_assignment
from routing.actions.return_item import return_item
from routing.exceptions import NotYourItem
from routing.models import Assignment
from routing.queries.in_force import keeps_same_agent
from routing.terms import Outcome
from workstreams.actions.move_item import move_item
from workstreams.actions.say_automatically import say_automatically
from workstreams.models import WorkItem
from workstreams.terms import ItemState, MessageTrigger, Reason


def close_item(
    *, item_id: int, by: Agent, read_until: int | None = None, now: datetime | None = None
) -> ItemState:
    """What the X of a session does (A 17); what state that leaves the item in.

    In wrap-up the item is closed; without End, a live conversation goes back to its
    queue and to another agent, but to the same one where the workstream keeps him (user's
    document, "Agent affinity"); one that may rest waits for the customer. Closing twice changes
    nothing, nor does it what went back to the queue and was taken by nobody since. Refuses
    NotYourItem, and CustomerWroteSince where it would wait for an answer that is there already.
    """
    with transaction.atomic():
        item = lock_item(item_id)
        assignment = lock_open_assignment(item)
        if item.state in (ItemState.CLOSED, ItemState.WAITING) and item.agent_id == by.pk:
            return ItemState(item.state)
        if item.agent_id != by.pk or assignment is None or assignment.decided_at is None:
            if _is_back_from(item, by):
                return ItemState.OPEN
            raise NotYourItem
        now = now or assignment.read_at

        if item.state == ItemState.WRAP_UP:
            has_customer = item.reason == Reason.AGENT_MOVED_TO_WRAP_UP
            reason = Reason.ENDED_BY_AGENT
            close_locked(item=item, assignment=assignment, reason=reason, now=now)
            if has_customer:
                _say_closed(item, assignment, now)
        elif item.is_asynchronous:
            check_read(item=item, assignment=assignment, read_until=read_until)
            _rest(item, assignment, now)
        else:
            end_assignment(assignment=assignment, now=now)
            return_item(
                item=item,
                kind="work-item-released",
                now=now,
                by=by.username,
                keeps_agent=keeps_same_agent(item),
                spares_agent=True,
            )
    return ItemState(item.state)


def force_close_item(*, item_id: int, by: User, now: datetime, seen: str | None = None) -> None:
    """A supervisor closes an unfinished item whatever its state; closing twice is harmless.
    Refuses NotForSupervisors, and MovedMeanwhile where it is not as ``seen``."""
    with transaction.atomic():
        item = lock_item(item_id)
        if item.state == ItemState.CLOSED:
            return
        check_supervision(FORCE_CLOSE)
        check_seen(item, seen)
        assignment = lock_open_assignment(item)
        close_locked(
            item=item,
            assignment=assignment,
            reason=Reason.FORCE_CLOSED,
            now=now,
            by=by.username,
        )
        _say_closed(item, assignment, now)


def close_locked(
    *,
    item: WorkItem,
    assignment: Assignment | None,
    reason: Reason,
    now: datetime,
    by: str = "",
    **data: Any,
) -> None:
    """Close a locked item and end its open assignment. It goes on naming the agent who had it, but
    not one who was only offered it (B 14.5). The event tells ``data``, too."""
    # Before it ends: then an offer is decided, too.
    keeps_agent = assignment is None or assignment.outcome == Outcome.ACCEPTED
    if assignment is not None:
        end_assignment(assignment=assignment, now=now)
    move_item(
        item=item,
        to=ItemState.CLOSED,
        reason=reason,
        kind="work-item-closed",
        now=now,
        keeps_agent=keeps_agent,
        by=by,
        **data,
    )


def _is_back_from(item: WorkItem, by: Agent) -> bool:
    """Whether it waits in the queue again that it came to him from, and nobody took it since."""
    if item.state != ItemState.OPEN or item.is_asynchronous:
        return False
    taken = Assignment.objects.filter(item=item, outcome=Outcome.ACCEPTED)
    last = taken.order_by("-decided_at", "-pk").values_list("agent", "queue").first()
    return last == (by.pk, item.queue_id)


def _say_closed(item: WorkItem, assignment: Assignment | None, now: datetime) -> None:
    """An item is closed once."""
    reworded = assignment.reworded if assignment else None
    ended = MessageTrigger.SESSION_ENDED
    say_automatically(item, ended, fact="closed", now=now, reworded=reworded)


def _rest(item: WorkItem, assignment: Assignment, now: datetime) -> None:
    end_assignment(assignment=assignment, now=now)
    move_item(
        item=item,
        to=ItemState.WAITING,
        reason=Reason.AWAITING_CUSTOMER_RESPONSE,
        kind="work-item-rested",
        now=now,
    )
