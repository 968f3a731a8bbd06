"""Every sweep in two processes at once: each row is done once."""

from datetime import datetime
from importlib import import_module
from typing import Any, Final

import pytest
from django.contrib.sessions.models import Session
from django.db.models import Model

from config.models import Event
from routing.models import Alarm, RecordBatch, RoutingDecision
from tests.races.together import queued_behind, together
from tests.routing.sweeps.situations import LATER, SITUATIONS
from tests.routing.sweeps.test_every_sweep import CRASHES, SWEEPS

DELETED: Final[dict[str, type[Model]]] = {
    "purge_events": Event,
    "purge_decisions": RoutingDecision,
    "purge_alarms": Alarm,
    "purge_record_batches": RecordBatch,
    "purge_sign_ins": Session,
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_two_routers_sweep_each_row_once(name: str, now: datetime) -> None:
    prepare, rows = SITUATIONS[name]
    prepare(now - LATER)

    done = together(*[lambda: SWEEPS[name](now=now, limit=200) for _ in range(2)])

    assert sum(done) == rows


@pytest.mark.parametrize("name", SITUATIONS)
def test_what_another_router_did_since_the_rows_were_read_is_not_done_again(
    name: str, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare, rows = SITUATIONS[name]
    prepare(now - LATER)
    module = import_module(f"routing.sweeps.{name}")
    [way] = [each for each in CRASHES if hasattr(module, each)]
    go_on, done = getattr(module, way), []

    def after_the_other(*given: Any) -> int:
        monkeypatch.setattr(module, way, go_on)
        done.extend(together(lambda: SWEEPS[name](now=now, limit=200)))
        return int(go_on(*given))

    monkeypatch.setattr(module, way, after_the_other)

    assert SWEEPS[name](now=now, limit=200) == 0
    assert done == [rows]


@pytest.mark.parametrize("name", DELETED)
def test_what_two_workers_delete_at_once_is_counted_once(name: str, now: datetime) -> None:
    prepare, rows = SITUATIONS[name]
    prepare(now - LATER)
    sweep = lambda: SWEEPS[name](now=now, limit=200)  # noqa: E731

    assert queued_behind(DELETED[name]._default_manager.all(), sweep, sweep) == [rows, 0]


def test_what_two_workers_note_at_once_is_told_once(now: datetime) -> None:
    prepare, rows = SITUATIONS["note_blockers"]
    prepare(now - LATER)

    together(*[lambda: SWEEPS["note_blockers"](now=now, limit=200) for _ in range(2)])

    assert Event.objects.filter(kind="blocker-noted").count() == rows
