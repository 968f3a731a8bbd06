"""Whether a work item is still where somebody saw it who decided what becomes of it."""

from routing.exceptions import MovedMeanwhile
from workstreams.models import WorkItem
from workstreams.terms import LABELS, Reason


def seen_of(item: WorkItem) -> str:
    """Where it is, for a dialog to send back along with what was decided."""
    return f"{item.state} {item.reason} {item.agent_id or '-'} {item.queue_id}"


def check_seen(item: WorkItem, seen: str | None) -> None:
    """Refuse with MovedMeanwhile where a locked item is not as it was ``seen``; None asks for
    nothing."""
    if seen is not None and seen != seen_of(item):
        raise MovedMeanwhile(where=_where(item), seen=seen_of(item))


def _where(item: WorkItem) -> str:
    said, queue = LABELS[Reason(item.reason)], f"in the queue {item.queue.name}"
    said = said[0].lower() + said[1:]
    if item.agent is None:
        return f"{queue}, {said}"
    if item.reason == Reason.AWAITING_AGENT_ACCEPTANCE:
        return f"offered to {item.agent}, {queue}"
    return f"with {item.agent}, {said}, {queue}"
