"""Batches of records are kept for as long as somebody could miss them."""

from datetime import timedelta

import pytest

from routing.models import RecordBatch
from routing.sweeps import purge_record_batches

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_batch_goes_thirty_days_after_its_end(now) -> None:
    RecordBatch.objects.create(created_at=now - 31 * DAY, finished_at=now - 31 * DAY, total=1)
    young = RecordBatch.objects.create(created_at=now - 31 * DAY, finished_at=now - DAY, total=1)

    assert purge_record_batches.sweep(now=now, limit=10) == 1
    assert RecordBatch.objects.get() == young


def test_a_batch_that_is_not_finished_stays(now) -> None:
    waiting = RecordBatch.objects.create(created_at=now - 31 * DAY, total=1)
    waiting.rows.create(title="Parcel")

    assert purge_record_batches.sweep(now=now, limit=10) == 0
    assert waiting.rows.count() == 1
