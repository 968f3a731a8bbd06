"""Store with a record, or a linked case, what classification rules set of it (A 5)."""

import json
from collections.abc import Mapping
from typing import Any, Final

from django.db import connection

from routing.engine.conditions.fields import is_fixed
from routing.sql import statement
from workstreams.models import Record, WorkItem

LONGEST_TITLE: Final = 300
# Of a record's id, the fields that rules set.
Changes = dict[int, dict[str, Any]]


def changes_of_records(
    item: WorkItem, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Changes:
    """What differs between the item's ``fields`` before classification and after it; a case that
    is routed has the same under both names."""
    changes: Changes = {}
    for group, record in (("case", item.case), ("record", item.record)):
        changed = _changed(group, before.get(group) or {}, after.get(group) or {})
        if record is not None and changed:
            changes.setdefault(record.pk, {}).update(changed)
    return changes


def write_records(item: WorkItem, changes: Changes) -> None:
    """The item is locked; it reads them too from now on."""
    for record_id, values in changes.items():
        data = dict(values)
        title, description = data.pop("title", None), data.pop("description", None)
        names = {
            "id": record_id,
            "title": None if title is None else str(title)[:LONGEST_TITLE],
            "description": None if description is None else str(description),
            "data": json.dumps(data),
        }
        with connection.cursor() as cursor:
            cursor.execute(statement("write_record"), names)
        for record in (item.case, item.record):
            if record is not None and record.pk == record_id:
                _take_over(record, names, data)


def _changed(group: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in after.items()
        if (name not in before or before[name] != value) and not is_fixed(f"{group}.{name}")
    }


def _take_over(record: Record, names: Mapping[str, Any], data: Mapping[str, Any]) -> None:
    record.title = names["title"] or record.title
    record.description = names["description"] or record.description
    record.data = {**record.data, **data}
