"""Write the receipt of an item that a person's decision gives to an agent."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from agents.actions.follow_capacity import follow_capacity
from agents.models import Agent
from config.prepared import insert_row
from routing.actions.hold_capacity import hold_capacity, note_day
from routing.engine.excess import Excess
from routing.models import Assignment
from routing.terms import How, Outcome
from workstreams.models import WorkItem


def open_assignment(
    *,
    item: WorkItem,
    agent: Agent,
    how: How,
    excess: Sequence[Excess],
    now: datetime,
    profiles: Sequence[int] | None = None,
    **terms: Any,
) -> Assignment:
    """Hold the agent's capacity for a locked item that has no open assignment; his load is
    locked. An ``excess`` makes it an override; ``profiles`` are held instead of all that the item
    needs; ``terms`` are further fields of the receipt. What is accepted by them says when its day
    ends."""
    assignment = Assignment(
        item=item,
        agent=agent,
        queue_id=item.queue_id,
        how=how,
        units=item.required_units,
        profiles=item.required_profiles if profiles is None else list(profiles),
        is_override=bool(excess),
        offered_at=now,
        **terms,
    )
    insert_row(assignment)
    is_of_the_day = hold_capacity(
        agent_id=agent.pk,
        queue_id=item.queue_id,
        units=assignment.units,
        profiles=assignment.profiles,
        now=now,
    )
    if is_of_the_day:
        note_day(assignment, now)
    return assignment


def open_accepted(
    *, item: WorkItem, agent: Agent, how: How, excess: Sequence[Excess], now: datetime
) -> Assignment:
    """The same without an offer: the agent has the item from now on, and his presence follows
    (A 14)."""
    assignment = open_assignment(
        item=item,
        agent=agent,
        how=how,
        excess=excess,
        now=now,
        outcome=Outcome.ACCEPTED,
        decided_at=now,
    )
    follow_capacity(agent=agent, now=now, ends_choice=True, is_there=how == How.PICK)
    return assignment
