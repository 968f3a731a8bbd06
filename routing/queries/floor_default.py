"""The filters that somebody begins with on the floor."""

from typing import Final

from agents.models import User
from config.row_ids import row_id
from routing.floor_filters import kept
from routing.models import FloorDefault
from workstreams.models import Queue, Workstream

# Filters that name a row.
ROWS: Final[dict[str, type[Queue] | type[Workstream]]] = {
    "agent_queue": Queue,
    "queue": Queue,
    "workstream": Workstream,
}


def floor_default(user: User) -> dict[str, str]:
    """One's own, without those by a queue or workstream that was deleted since; empty for who
    saved none. One query, and one for each filter that names a row."""
    found = FloorDefault.objects.filter(user=user).values_list("filters", flat=True).first()
    # The database keeps no order of names.
    filters = kept(found or {})
    return {name: value for name, value in filters.items() if not _is_deleted(name, value)}


def _is_deleted(name: str, value: str) -> bool:
    pk = row_id(value) if name in ROWS else None
    return pk is not None and not ROWS[name].objects.filter(pk=pk, deleted_at=None).exists()
