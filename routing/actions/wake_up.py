"""Tell the router that something changed."""

from collections.abc import Iterable

from routing.models import WakeUp
from routing.terms import WakeUpKind


def wake_up(
    kind: WakeUpKind, *, queue_ids: Iterable[int] = (), agent_ids: Iterable[int] = ()
) -> None:
    """Insert wake-ups in the transaction of the change; without ids every queue is meant."""
    rows = [WakeUp(kind=kind, queue_id=queue_id) for queue_id in queue_ids]
    rows += [WakeUp(kind=kind, agent_id=agent_id) for agent_id in agent_ids]
    WakeUp.objects.bulk_create(rows or [WakeUp(kind=kind)])
