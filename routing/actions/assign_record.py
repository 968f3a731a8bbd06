"""A supervisor says who works on a record; capacity moves with it (design 7.12)."""

from datetime import datetime

from django.db import transaction

from agents.actions.lock_agent import hold_agent
from agents.actions.set_presence import lock_presences
from agents.models import Agent, User
from routing.actions.assign_item import check_enabled
from routing.actions.check_supervision import ASSIGN, TRANSFER, check_supervision
from routing.actions.consults.hold_for_advice import release_advice_of
from routing.actions.hold_capacity import lock_loads
from routing.actions.lock_item import lock_item, lock_open_assignment
from routing.actions.needed_capacity import renew_need
from routing.actions.open_assignment import open_accepted
from routing.actions.reroute_record import put_back
from routing.actions.room import excess_of
from routing.actions.store_decision import store_own_decision
from routing.exceptions import RecordHasNoWork
from routing.models import Assignment
from routing.terms import How, Outcome
from workstreams.actions.lock_record import lock_record
from workstreams.actions.move_item import move_item
from workstreams.models import WorkItem
from workstreams.terms import ItemState, Reason


@transaction.atomic
def assign_record(*, record_id: int, agent: Agent | None, by: User, now: datetime) -> WorkItem:
    """The agent has the record's work item from now on, without being asked; None puts it back
    into its queue.

    Presence and room are not asked: a limit that is passed shows as an override. The same agent
    again changes nothing. Refuses RecordHasNoWork, DefinitionGone, AgentDisabled,
    NotForSupervisors.
    """
    _, item_id = lock_record(record_id)
    if item_id is None:
        raise RecordHasNoWork
    item = lock_item(item_id)
    assignment = lock_open_assignment(item)
    if agent is not None:
        hold_agent(agent)
    if _has_it(item, assignment, agent):
        return item
    _check_switch(assignment, by)

    involved = {each for each in (agent and agent.pk, assignment and assignment.agent_id) if each}
    lock_loads(involved)
    if agent is not None:
        check_enabled(agent)
    if len(involved) > 1:
        lock_presences(involved, now)
    if agent is not None:
        release_advice_of(item=item, agent=agent, involved=involved, now=now)
    if assignment is not None:
        put_back(item, assignment, now=now, by=by.username)
    elif agent is not None:
        renew_need(item)
    if agent is not None:
        _give(item, agent, by, now)
    return item


def _has_it(item: WorkItem, assignment: Assignment | None, agent: Agent | None) -> bool:
    if agent is None:
        return item.state == ItemState.OPEN
    is_accepted = assignment is not None and assignment.outcome == Outcome.ACCEPTED
    return is_accepted and item.agent_id == agent.pk


def _check_switch(assignment: Assignment | None, by: User) -> None:
    """What waits is assigned, what another agent has, or is offered, is transferred."""
    if assignment is None:
        check_supervision(ASSIGN)
    elif assignment.outcome == Outcome.PENDING or assignment.agent.user_id != by.pk:
        check_supervision(TRANSFER)


def _give(item: WorkItem, agent: Agent, by: User, now: datetime) -> None:
    excess = excess_of(item, agent, taken_at=now)
    assignment = open_accepted(item=item, agent=agent, how=How.SUPERVISOR, excess=excess, now=now)
    item.last_agent = agent
    store_own_decision(
        item=item, agent=agent, how=How.SUPERVISOR, by=by.username, now=now, excess=excess
    )
    move_item(
        item=item,
        to=ItemState.ACTIVE,
        reason=Reason.ASSIGNED_BY_SUPERVISOR,
        kind="work-item-assigned",
        agent=agent,
        now=now,
        assignment_id=assignment.pk,
        by=by.username,
    )
