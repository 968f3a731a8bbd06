"""Close a receipt: the attempt is over and its capacity comes back."""

from datetime import datetime

from routing.actions.hold_capacity import end_session
from routing.models import Assignment
from routing.terms import Outcome


def end_assignment(
    *, assignment: Assignment, now: datetime, outcome: Outcome | None = None
) -> None:
    """End a locked assignment; a pending offer gets ``outcome``, withdrawn unless said.

    Capacity comes back at once, but not before a wrap-up timer that still runs. The session is
    over either way, and so is a presence that was chosen until work is closed (A 14).
    """
    is_close = assignment.outcome == Outcome.ACCEPTED
    if assignment.outcome == Outcome.PENDING:
        assignment.outcome = outcome or Outcome.WITHDRAWN
        assignment.decided_at = now
        assignment.capacity_release_due_at = None
    assignment.ended_at = now
    end_session(assignment=assignment, now=now, ends_choice=is_close)
