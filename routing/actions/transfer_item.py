"""Hand a work item to another queue or agent."""

from datetime import datetime

from django.db import transaction

from agents.actions.lock_agent import hold_agent
from agents.models import Agent, User
from routing.actions.assign_item import check_enabled, check_presence, check_room
from routing.actions.check_reach import check_may_be_disturbed, check_transfer
from routing.actions.check_seen import check_seen
from routing.actions.check_supervision import TRANSFER, check_supervision
from routing.actions.consults.hold_for_advice import release_advice_of
from routing.actions.consults.stay_as_adviser import stay_as_adviser
from routing.actions.end_assignment import end_assignment
from routing.actions.hold_capacity import lock_loads
from routing.actions.lock_item import lock_item, lock_open_assignment
from routing.actions.needed_capacity import renew_need
from routing.actions.offer_item import offer_item
from routing.actions.return_item import return_item
from routing.exceptions import (
    HasItAlready,
    NoDestination,
    NotYourItem,
    QueueEmpty,
    WrongQueueType,
)
from routing.models import Assignment
from routing.terms import How, Outcome
from workstreams.actions.refusals import refusing_deleted_rows
from workstreams.exceptions import IllegalMove
from workstreams.models import Queue, QueueMembership, WorkItem
from workstreams.terms import LABELS, ItemKind, ItemState, Reason

# Only supervisors move what waits for its customer (B 16.2): no agent holds it.
MOVABLE_STATES = (ItemState.OPEN, ItemState.ACTIVE, ItemState.WAITING)


def transfer_item(
    *,
    item_id: int,
    by: User,
    now: datetime,
    queue: Queue | None = None,
    agent: Agent | None = None,
    seen: str | None = None,
) -> None:
    """Send the item to exactly one queue or agent; it keeps its age.

    The agent who has accepted it may, and supervisors, who alone may pass the other
    agent's limit. From whom a supervisor takes a conversation for another agent, he advises that
    one (B 16.2). A queue without members is refused (design 7.15): nobody would come.
    Refuses NoDestination, NotYourItem, HasItAlready, QueueEmpty, WrongQueueType, DefinitionGone,
    AgentDisabled, PresenceNotAllowed, NoCapacityLeft, NotForSupervisors, MovedMeanwhile where it is
    not as ``seen``, and what ``check_reach`` does.
    """
    if (queue is None) == (agent is None):
        raise NoDestination
    with transaction.atomic():
        item = lock_item(item_id)
        assignment = lock_open_assignment(item)
        is_own = _check_may_move(item, assignment, by)
        if not is_own:
            check_supervision(TRANSFER)
        check_seen(item, seen)
        check_transfer(item=item, by=by, agent=agent, queue=queue, now=now)
        if queue is not None:
            _check_queue(item, queue)
        if agent is not None:
            _check_agent(item, agent, assignment=assignment, by=by, now=now)

        had = assignment.agent if assignment is not None and _is_talk(item) else None
        if assignment is not None:
            end_assignment(assignment=assignment, now=now)
        # What people moved is not looked at for overflow any more (A 8.2).
        item.overflow_checked_at = item.overflow_checked_at or now
        # Nor did it only fall back, wherever it waits from now on (A 8.4).
        item.fell_back = False
        if queue is not None:
            with refusing_deleted_rows():
                return_item(
                    item=item,
                    kind="work-item-transferred",
                    queue=queue,
                    now=now,
                    by=by.username,
                    spares_agent=_comes_from_a_member(assignment, queue),
                )
        elif agent is not None:
            offer_item(item=item, to=agent, how=How.TRANSFER, by=by.username, now=now)
            if had is not None and not is_own:
                stay_as_adviser(item=item, adviser=had, of=agent, now=now, by=by.username)


def _is_talk(item: WorkItem) -> bool:
    """Whether an agent is in conversation with the customer."""
    is_running = item.state == ItemState.ACTIVE and item.reason == Reason.IN_CONVERSATION
    return is_running and item.kind == ItemKind.CONVERSATION


def _comes_from_a_member(assignment: Assignment | None, queue: Queue) -> bool:
    """Whether the router could offer it there to the very agent who had it."""
    if assignment is None or assignment.outcome != Outcome.ACCEPTED:
        return False
    return QueueMembership.objects.filter(queue=queue, agent=assignment.agent_id).exists()


def _check_may_move(item: WorkItem, assignment: Assignment | None, by: User) -> bool:
    """Whether it is one's own."""
    is_own = (
        assignment is not None
        and assignment.outcome == Outcome.ACCEPTED
        and assignment.agent.user_id == by.pk
    )
    if not (is_own or by.is_supervisor):
        raise NotYourItem
    if item.state not in MOVABLE_STATES:
        raise IllegalMove(state=LABELS[ItemState(item.state)].lower(), to="transferred")
    return is_own


def _check_agent(
    item: WorkItem, agent: Agent, *, assignment: Assignment | None, by: User, now: datetime
) -> None:
    if assignment is not None and assignment.agent_id == agent.pk:
        raise HasItAlready(agent=str(agent))
    hold_agent(agent)
    involved = [agent.pk, *([assignment.agent_id] if assignment else [])]
    lock_loads(involved)
    release_advice_of(item=item, agent=agent, involved=involved, now=now)
    renew_need(item)
    check_enabled(agent)
    check_presence(item, agent)
    if not by.is_supervisor:
        check_may_be_disturbed(agent)
        check_room(item, agent, How.TRANSFER, now)


def _check_queue(item: WorkItem, queue: Queue) -> None:
    if queue.type != item.workstream.type:
        raise WrongQueueType(queue=queue.name)
    if not QueueMembership.objects.filter(queue=queue, agent__is_enabled=True).exists():
        raise QueueEmpty(queue=queue.name)
