"""The conversation is over; after-work begins."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from agents.models import Agent
from routing.actions.check_read import check_read
from routing.actions.close_item import close_locked
from routing.actions.hold_capacity import release_capacity
from routing.actions.lock_item import lock_item, lock_own_assignment
from routing.models import Assignment
from routing.queries.in_force import wrap_up_of
from workstreams.actions.move_item import move_item
from workstreams.actions.say_automatically import say_automatically
from workstreams.models import WorkItem
from workstreams.terms import ItemKind, ItemState, MessageTrigger, Reason, WrapUpBlock


def end_item(
    *, item_id: int, by: Agent, read_until: int | None = None, now: datetime | None = None
) -> None:
    """Move the agent's item to wrap-up; a record is closed at once (A 17).

    Ending twice changes nothing. Refuses NotYourItem, CustomerWroteSince.
    """
    with transaction.atomic():
        item = lock_item(item_id)
        if item.state in (ItemState.WRAP_UP, ItemState.CLOSED) and item.agent_id == by.pk:
            return
        assignment = lock_own_assignment(item, by)
        now = now or assignment.read_at

        if item.kind == ItemKind.RECORD:
            close_locked(item=item, assignment=assignment, reason=Reason.ENDED_BY_AGENT, now=now)
        else:
            check_read(item=item, assignment=assignment, read_until=read_until)
            reason = Reason.AGENT_MOVED_TO_WRAP_UP
            begin_wrap_up(item=item, assignment=assignment, reason=reason, now=now)
            say_automatically(
                item,
                MessageTrigger.AGENT_ENDED,
                fact=assignment.pk,
                agent=by,
                now=now,
                reworded=assignment.reworded,
            )


def begin_wrap_up(
    *, item: WorkItem, assignment: Assignment, reason: Reason, now: datetime, **data: Any
) -> None:
    """Move a locked, accepted item to wrap-up; its workstream says how long capacity stays. The
    event tells ``data``, too."""
    wrap_up = wrap_up_of(item)
    if wrap_up.mode == WrapUpBlock.NEVER:
        release_capacity(assignment=assignment, now=now)
    elif wrap_up.mode == WrapUpBlock.CUSTOM:
        seconds = wrap_up.seconds or 0
        assignment.capacity_release_due_at = now + timedelta(seconds=seconds)
        assignment.save(update_fields=["capacity_release_due_at"])
    move_item(
        item=item,
        to=ItemState.WRAP_UP,
        reason=reason,
        kind="work-item-ended",
        now=now,
        is_consulted=assignment.is_consulted,
        **data,
    )
