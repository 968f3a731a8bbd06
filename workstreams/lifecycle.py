"""Which state a work item may move to from which, as one table (A 17)."""

from typing import Final

from workstreams.terms import ItemState, Reason

OPEN, ACTIVE, WAITING, WRAP_UP, CLOSED = ItemState

MOVES: Final[dict[ItemState, frozenset[ItemState]]] = {
    # Offered or picked; another queue; the customer left before an agent came.
    OPEN: frozenset({OPEN, ACTIVE, CLOSED}),
    # Accepted or given to another agent; back to a queue; customer's turn; ended; closed.
    ACTIVE: frozenset({ACTIVE, OPEN, WAITING, WRAP_UP, CLOSED}),
    # The customer came back; the agent reopened it; nobody came.
    WAITING: frozenset({OPEN, ACTIVE, CLOSED}),
    # After-work is done.
    WRAP_UP: frozenset({CLOSED}),
    # For good.
    CLOSED: frozenset(),
}
# Reasons with which nothing is ever closed.
UNFINISHED: Final = frozenset(
    {
        Reason.AWAITING_AGENT_ASSIGNMENT,
        Reason.AWAITING_AGENT_ACCEPTANCE,
        Reason.IN_CONVERSATION,
        Reason.ASSIGNED_BY_SUPERVISOR,
        Reason.WITH_BOT,
        Reason.AWAITING_CUSTOMER_RESPONSE,
        Reason.AGENT_MOVED_TO_WRAP_UP,
        Reason.CUSTOMER_MOVED_TO_WRAP_UP,
    }
)


def may_move(*, from_state: str, to_state: str) -> bool:
    """Whether the table allows the move."""
    return ItemState(to_state) in MOVES[ItemState(from_state)]
