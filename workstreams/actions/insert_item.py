"""Store a new work item together with the event of its arrival."""

import json
from typing import Any, Final

from config.models.event import COLUMNS, VALUES
from config.prepared import prepared_cursor
from workstreams.actions.record_event import event_of
from workstreams.models import WorkItem

# What an item comes with; all else is empty before it was routed.
PLAIN_FIELDS: Final = [
    "workstream_id",
    "channel_instance_id",
    "kind",
    "channel",
    "title",
    "state",
    "reason",
    "queue_id",
    "is_pushed",
    "priority",
    "contact_id",
    "record_id",
    "required_units",
    "requirement_key",
    "conversation_key",
    "created_at",
    "waiting_since",
    "last_activity_at",
    "state_changed_at",
]
JSON_FIELDS: Final = ["customer", "context", "attributes", "required_skills"]


def _arrive() -> str:
    """The item and its event, in one statement that answers with the id."""
    columns = ", ".join([*PLAIN_FIELDS, *JSON_FIELDS, "required_profiles"])
    plain = [f"%(new_{name})s" for name in PLAIN_FIELDS]
    nested = [f"%(new_{name})s::jsonb" for name in JSON_FIELDS]
    values = ", ".join([*plain, *nested, "'{}'"])
    event = VALUES.replace("%(work_item_id)s", "arrived.id")
    return (
        f"WITH arrived AS (INSERT INTO workstreams_workitem ({columns}) VALUES ({values}) "  # noqa: S608  # our names
        f"RETURNING id) INSERT INTO config_event ({COLUMNS}) SELECT {event} FROM arrived "
        "RETURNING work_item_id"
    )


ARRIVE: Final = _arrive()


def insert_item(item: WorkItem, noted: dict[str, Any]) -> None:
    """Insert it and record its arrival, with what was ``noted`` about that."""
    event = event_of(kind="work-item-arrived", item=item, now=item.created_at, data=noted)
    new = {f"new_{name}": getattr(item, name) for name in PLAIN_FIELDS}
    new |= {f"new_{name}": json.dumps(getattr(item, name)) for name in JSON_FIELDS}
    with prepared_cursor() as cursor:
        cursor.execute(ARRIVE, new | event)
        item.pk = cursor.fetchone()[0]
    item._state.adding, item._state.db = False, "default"
