"""Route many records by one command."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from agents.models import User
from routing.actions.defer_batch import defer_batch
from routing.exceptions import NoRecords, TooManyRecords
from routing.models import RecordBatch, RecordBatchRow
from workstreams.models import Record

MOST_RECORDS: Final = 20_000


@transaction.atomic
def start_record_batch(*, records: "QuerySet[Record]", by: User, now: datetime) -> RecordBatch:
    """Write down the records as they are chosen now, and have a worker route them.

    Refuses NoRecords, and TooManyRecords for one batch.
    """
    chosen = list(records.values_list("pk", "title")[: MOST_RECORDS + 1])
    if not chosen:
        raise NoRecords
    if len(chosen) > MOST_RECORDS:
        raise TooManyRecords(most=f"{MOST_RECORDS:,}")

    batch = RecordBatch.objects.create(by=by, created_at=now, total=len(chosen))
    RecordBatchRow.objects.bulk_create(
        (RecordBatchRow(batch=batch, record_id=pk, title=title) for pk, title in chosen),
        batch_size=2000,
    )
    defer_batch(batch_id=batch.pk)
    return batch
