"""The further fields that an organisation's records, contacts and accounts have."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from django.db import connection

from routing.engine.conditions.types import FieldType
from routing.sql import statement

LOOKED_AT: Final = 200
TYPES: Final = {
    "string": FieldType.TEXT,
    "number": FieldType.NUMBER,
    "boolean": FieldType.BOOLEAN,
    "array": FieldType.NAMES,
}


def data_fields(record_type_id: int | None) -> Mapping[str, Mapping[str, FieldType]]:
    """By `record`, `contact` and `account`, as the newest of each have them; one query."""
    found: dict[str, dict[str, FieldType]] = defaultdict(dict)
    with connection.cursor() as cursor:
        values = {"record_type": record_type_id, "looked_at": LOOKED_AT}
        cursor.execute(statement("data_fields"), values)
        for entity, name, written in cursor.fetchall():
            found[entity][name] = TYPES[written[0]] if len(written) == 1 else FieldType.ANY
    return found
