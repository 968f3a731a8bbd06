"""What a publication that waits would publish."""

from collections.abc import Collection
from typing import Any

from routing.configuration.documents.schema import LISTS
from routing.configuration.piece import Key
from routing.configuration.rows.pieces import pieces_of_rows
from routing.models import ScheduledChange
from routing.terms import ScheduleState


def scheduled_documents() -> dict[Key, dict[str, Any]]:
    """The documents of all that it changes; none while nothing is scheduled."""
    rows = ScheduledChange.objects.filter(
        publication__state=ScheduleState.WAITING, piece__isnull=False
    )
    return {
        (kind, object_id): document
        for kind, object_id, document in rows.values_list("kind", "object_id", "piece__document")
    }


def without_rows(keys: Collection[Key]) -> set[Key]:
    """Those of which the rows are gone. An empty list of rules is no deletion."""
    objects = {key for key in keys if key[0] not in LISTS}
    return objects - pieces_of_rows().keys() if objects else set()
