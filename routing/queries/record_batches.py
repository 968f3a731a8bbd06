"""A batch of records: how far it is, and what became of each."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from routing.models import RecordBatch, RecordBatchRow
from routing.terms import BatchResult


@dataclass(frozen=True, kw_only=True)
class BatchProgress:
    """Counts of a batch by result."""

    batch: RecordBatch
    done: int
    routed: int
    unrouted: int
    refused: int

    @property
    def is_finished(self) -> bool:
        return self.batch.finished_at is not None

    @property
    def percent(self) -> int:
        return 100 * self.done // max(self.batch.total, 1)


def batch_progress(batch: RecordBatch) -> BatchProgress:
    """One query."""
    counted = batch.rows.order_by().values_list("result").annotate(Count("pk"))
    counts = dict(counted)
    return BatchProgress(
        batch=batch,
        done=batch.total - counts.get(BatchResult.WAITING, 0),
        routed=counts.get(BatchResult.ROUTED, 0),
        unrouted=counts.get(BatchResult.UNROUTED, 0),
        refused=counts.get(BatchResult.REFUSED, 0),
    )


def batch_rows(batch: RecordBatch, result: str = "") -> "QuerySet[RecordBatchRow]":
    """In the order they are done in; of one result, or all."""
    rows = batch.rows.select_related("record").order_by("pk")
    return rows.filter(result=result) if result in list(BatchResult) else rows
