"""Close a receipt: the attempt is over and its capacity comes back."""

from datetime import datetime

from config.prepared import save_fields
from routing.actions.hold_capacity import give_back
from routing.models import Assignment
from routing.terms import Outcome


def end_assignment(
    *, assignment: Assignment, now: datetime, outcome: Outcome | None = None
) -> None:
    """End a locked assignment; a pending offer gets ``outcome``, withdrawn unless said.

    Capacity comes back at once, but not before a wrap-up timer that still runs.
    """
    if assignment.outcome == Outcome.PENDING:
        assignment.outcome = outcome or Outcome.WITHDRAWN
        assignment.decided_at = now
        assignment.capacity_release_due_at = None
    if assignment.capacity_release_due_at is None:
        give_back(assignment=assignment, now=now)
    assignment.ended_at = now
    save_fields(
        assignment,
        "outcome",
        "decided_at",
        "ended_at",
        "capacity_release_due_at",
        "capacity_released_at",
    )
