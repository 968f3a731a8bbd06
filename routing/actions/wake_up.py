"""Tell the router that something changed."""

from collections.abc import Iterable

from config.prepared import prepared_cursor
from routing.sql import array_of, statement
from routing.terms import WakeUpKind


def wake_up(
    kind: WakeUpKind, *, queue_ids: Iterable[int] = (), agent_ids: Iterable[int] = ()
) -> None:
    """Insert wake-ups in the transaction of the change; without ids every queue is meant."""
    names = {"kind": kind, "queue_ids": array_of(queue_ids), "agent_ids": array_of(agent_ids)}
    with prepared_cursor() as cursor:
        cursor.execute(statement("insert_wake_ups"), names)
