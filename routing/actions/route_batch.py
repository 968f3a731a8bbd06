"""Do some of the records of a batch: what a worker repeats until all are done."""

import logging
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import Http404

from config.refusal import Refusal
from routing.actions.route_record import route_inside
from routing.models import RecordBatch, RecordBatchRow
from routing.terms import BatchResult
from workstreams.terms import RecordRouting

log = logging.getLogger(__name__)

GONE: Final = "The record was deleted meanwhile."
ERROR: Final = "This failed with an error, which is in the log. Try again."


def has_waiting(*, batch_id: int) -> bool:
    """Whether records of it wait still."""
    return _waiting(batch_id).exists()


def route_batch(*, batch_id: int, now: datetime, limit: int) -> int:
    """Route up to ``limit`` records that wait, each in a transaction of its own with its result,
    and return how many. Two workers do no record twice; a stopped one leaves the rest to the
    next. The last one finishes the batch.
    """
    waiting = _waiting(batch_id)
    done = 0
    for row_id in list(waiting.order_by("pk").values_list("pk", flat=True)[:limit]):
        done += _do(row_id, now)
    if not waiting.exists():
        RecordBatch.objects.filter(pk=batch_id, finished_at=None).update(finished_at=now)
    return done


def _waiting(batch_id: int) -> "QuerySet[RecordBatchRow]":
    return RecordBatchRow.objects.filter(batch=batch_id, result=BatchResult.WAITING)


def _do(row_id: int, now: datetime) -> int:
    with transaction.atomic():
        rows = RecordBatchRow.objects.select_for_update(of=("self",), skip_locked=True)
        row = rows.select_related("batch__by").filter(pk=row_id, result=BatchResult.WAITING).first()
        if row is None:
            return 0
        row.result, row.sentence = _routed(row, now)
        row.save(update_fields=["result", "sentence"])
    return 1


def _routed(row: RecordBatchRow, now: datetime) -> tuple[BatchResult, str]:
    """The result and its sentence; a record that fails holds up none of the others."""
    by = row.batch.by.username if row.batch.by else ""
    try:
        with transaction.atomic():
            if row.record_id is None:
                raise Http404
            done = route_inside(record_id=row.record_id, now=now, by=by)
    except Http404:
        return BatchResult.REFUSED, GONE
    except Refusal as refusal:
        return BatchResult.REFUSED, str(refusal)[:500]
    except Exception:
        if not connection.is_usable():
            raise
        log.exception("record of a batch failed batch=%s record=%s", row.batch_id, row.record_id)
        return BatchResult.REFUSED, ERROR
    is_routed = done.result == RecordRouting.ROUTED
    return (BatchResult.ROUTED if is_routed else BatchResult.UNROUTED), done.sentence[:500]
