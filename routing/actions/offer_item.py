"""Offer a work item to a named agent: a person's decision, not the router's."""

from datetime import datetime

from agents.models import Agent
from routing.actions.open_assignment import open_assignment
from routing.actions.room import excess_of
from routing.actions.store_decision import store_own_decision
from routing.models import Assignment
from routing.queries.end_of_day import counted_that_day
from routing.queries.in_force import offer_rules_of, offered_until
from routing.terms import How
from workstreams.actions.move_item import move_item
from workstreams.models import WorkItem
from workstreams.terms import ItemState, Reason


def offer_item(*, item: WorkItem, to: Agent, how: How, by: str, now: datetime) -> Assignment:
    """Make a pending offer of a locked item that has no open assignment; holds capacity, but not
    what the agent has taken for the same work on a day that lasts longer than the offer."""
    rules = offer_rules_of(item, how)
    deadline = offered_until(item, how, now)
    excess = excess_of(item, to, taken_at=deadline)
    counted = counted_that_day(item, [to.pk], deadline)[to.pk]
    assignment = open_assignment(
        item=item,
        agent=to,
        how=how,
        excess=excess,
        now=now,
        profiles=[each for each in item.required_profiles if not counted[each]],
        deadline_at=deadline,
        template_id=rules.id,
        may_decline=rules.may_decline,
        auto_assign=rules.auto_assign,
        auto_accept=rules.auto_accept,
    )
    store_own_decision(item=item, agent=to, how=how, by=by, now=now, excess=excess)
    move_item(
        item=item,
        to=ItemState.ACTIVE,
        reason=Reason.AWAITING_AGENT_ACCEPTANCE,
        kind="offer-made",
        agent=to,
        now=now,
        assignment_id=assignment.pk,
        by=by,
    )
    return assignment
