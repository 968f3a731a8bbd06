"""What is old goes step by step, past what is kept."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from config.models import Event
from routing import tasks
from routing.models import Alarm, RoutingDecision
from routing.sweeps import purge_decisions, purge_events
from tests.routing.sweeps.situations import old_alarms
from tests.scenarios import arrive
from workstreams.models import WorkItem, Workstream

pytestmark = pytest.mark.django_db

LONG_AGO = timedelta(days=100)
KEPT = 2000


def events_read() -> int:
    """Rows of the feed, so far by this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables"
            " WHERE relname = 'config_event'"
        )
        return int(cursor.fetchone()[0])


def happen(now: datetime, number: int, **fields: int) -> None:
    """So many events, one a second, the first of them long ago."""
    start = now - LONG_AGO
    Event.objects.bulk_create(
        Event(kind="presence-changed", at=start + timedelta(seconds=second), **fields)
        for second in range(number)
    )


@pytest.fixture
def much_is_kept(workstream: Workstream, now: datetime) -> WorkItem:
    """Of work that goes on, before what may go."""
    item = arrive(workstream, now)
    happen(now, KEPT, work_item_id=item.pk)
    happen(now + timedelta(seconds=KEPT), 20)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")
        cursor.execute("ANALYZE config_event")
    return item


def test_each_step_goes_on_behind_what_the_one_before_passed(
    much_is_kept: WorkItem, now: datetime
) -> None:
    first = purge_events.sweep(now=now, limit=5)
    before = events_read()

    steps = [purge_events.sweep(now=now, limit=5) for _ in range(3)]

    assert (first, steps) == (5, [5, 5, 5])
    assert events_read() - before < KEPT
    assert purge_events.sweep(now=now, limit=5) == 0


def test_what_may_go_only_since_it_was_passed_goes_in_the_same_step(
    much_is_kept: WorkItem, now: datetime
) -> None:
    purge_events.sweep(now=now, limit=15)
    over = {"state": "closed", "closed_at": now - LONG_AGO}
    WorkItem.objects.filter(pk=much_is_kept.pk).update(**over)

    gone = purge_events.sweep(now=now, limit=100)

    assert gone == 100
    while purge_events.sweep(now=now, limit=1000):
        continue
    assert not Event.objects.filter(at__lt=now - purge_events.KEPT_FOR).exists()


def test_old_decisions_go_on_in_the_same_way(workstream: Workstream, now: datetime) -> None:
    kept = arrive(workstream, now)
    for work_item_id in (kept.pk, 0, kept.pk, 0, 0):
        RoutingDecision.objects.create(
            work_item_id=work_item_id, stage="routing", version=1, at=now - LONG_AGO, document={}
        )

    assert [purge_decisions.sweep(now=now, limit=1) for _ in range(4)] == [1, 1, 1, 0]


def test_a_purge_that_fails_stops_none_of_the_others(
    now: datetime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    old_alarms(now)

    def fails(**_: Any) -> int:
        raise ValueError

    monkeypatch.setattr(tasks, "PURGES", ((fails, 1), *tasks.PURGES))
    tasks.purge_history(timestamp=0)

    assert not Alarm.objects.exists()
    assert "purge failed" in caplog.text
