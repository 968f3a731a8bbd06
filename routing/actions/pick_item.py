"""An agent takes an open work item."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import DateTimeField, Func
from django.http import Http404

from agents.models import Agent
from config.prepared import Prepared
from routing import configuration
from routing.actions.lock_item import lock_item, lock_open_assignment
from routing.actions.needed_capacity import renew_need
from routing.actions.open_assignment import open_accepted
from routing.actions.room import excess_of
from routing.actions.store_decision import store_own_decision
from routing.exceptions import AlreadyTaken, NotAMember, NotPickable
from routing.models import Assignment
from routing.queries.in_force import may_be_picked
from routing.terms import How
from workstreams.actions.move_item import move_item
from workstreams.actions.say_automatically import say_automatically
from workstreams.models import QueueMembership, WorkItem
from workstreams.terms import ItemState, MessageTrigger, Reason

MEMBER: Final = Prepared(
    lambda queue_id, agent_id: QueueMembership.objects.filter(queue_id=queue_id, agent_id=agent_id),
    "queue_id",
    "agent_id",
)


# Before the lock: whom it is with already, and what time it is.
SEEN: Final = Prepared(
    lambda item_id: (
        WorkItem.objects.only("state", "agent")
        .annotate(read_at=Func(function="clock_timestamp", output_field=DateTimeField()))
        .filter(pk=item_id)
    ),
    "item_id",
)


def pick_item(*, item_id: int, by: Agent, now: datetime | None = None) -> Assignment:
    """Give an open item to a member who takes it himself: of a pick workstream, or of a push
    one that allows it. An item that is offered to somebody is not open.

    Schedule, skills, presence and capacity are not asked (A 20); going over the limit
    shows as an override. Picking twice answers the same. Refuses AlreadyTaken,
    NotAMember, NotPickable. Who comes when another has it waits for nobody: of many who are after
    the same item all but one do.
    """
    seen: Any = SEEN.first(item_id=item_id)
    if seen is None:
        raise Http404("There is no such work item.")
    if seen.state != ItemState.OPEN and seen.agent_id != by.pk:
        raise AlreadyTaken
    now = now or seen.read_at
    with transaction.atomic():
        item = lock_item(item_id)
        if item.state != ItemState.OPEN:
            return _own_pick(item, by)
        if not MEMBER(queue_id=item.queue_id, agent_id=by.pk):
            raise NotAMember
        published = configuration.current()
        if not may_be_picked(item, published.compiled):
            raise NotPickable

        renew_need(item, published)
        excess = excess_of(item, by, taken_at=now)
        assignment = open_accepted(item=item, agent=by, how=How.PICK, excess=excess, now=now)
        item.last_agent = by
        store_own_decision(
            item=item,
            agent=by,
            how=How.PICK,
            now=now,
            excess=excess,
            version=published.number,
        )
        move_item(
            item=item,
            to=ItemState.ACTIVE,
            reason=Reason.IN_CONVERSATION,
            kind="work-item-picked",
            agent=by,
            now=now,
            assignment_id=assignment.pk,
        )
        say_automatically(
            item,
            MessageTrigger.AGENT_ASSIGNED,
            MessageTrigger.AGENT_JOINED,
            fact=assignment.pk,
            agent=by,
            now=now,
        )
    return assignment


def _own_pick(item: WorkItem, by: Agent) -> Assignment:
    assignment = lock_open_assignment(item) if item.agent_id == by.pk else None
    if assignment is None or assignment.agent_id != by.pk or assignment.decided_at is None:
        raise AlreadyTaken
    return assignment
