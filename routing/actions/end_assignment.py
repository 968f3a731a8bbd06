"""Close a receipt: the attempt is over and its capacity comes back."""

from datetime import datetime

from agents.actions.follow_capacity import follow_capacity
from config.prepared import save_fields
from routing.actions.hold_capacity import lock_load, release_capacity
from routing.models import Assignment
from routing.terms import Outcome


def end_assignment(
    *, assignment: Assignment, now: datetime, outcome: Outcome | None = None
) -> None:
    """End a locked assignment; a pending offer gets ``outcome``, withdrawn unless said.

    Capacity comes back at once, but not before a wrap-up timer that still runs. A presence that
    was chosen until work is closed (A 14) ends with it, also where nothing comes back now.
    """
    is_close = assignment.outcome == Outcome.ACCEPTED
    if assignment.outcome == Outcome.PENDING:
        assignment.outcome = outcome or Outcome.WITHDRAWN
        assignment.decided_at = now
        assignment.capacity_release_due_at = None
    assignment.ended_at = now
    is_due = assignment.capacity_release_due_at is None
    if not (is_due and release_capacity(assignment=assignment, now=now, ends_choice=is_close)):
        lock_load(assignment.agent_id)
        follow_capacity(agent=assignment.agent, now=now, ends_choice=True)
        save_fields(assignment, "outcome", "decided_at", "ended_at", "capacity_release_due_at")
