"""Every sweep in two processes at once: each row is done once."""

from datetime import datetime
from importlib import import_module
from typing import Any

import pytest

from config.models import Event
from tests.races.together import together
from tests.routing.sweeps.situations import LATER, SITUATIONS
from tests.routing.sweeps.test_every_sweep import CRASHES, SWEEPS


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


def test_what_two_workers_note_at_once_is_told_once(now: datetime) -> None:
    prepare, rows = SITUATIONS["note_blockers"]
    prepare(now - LATER)

    together(*[lambda: SWEEPS["note_blockers"](now=now, limit=200) for _ in range(2)])

    assert Event.objects.filter(kind="blocker-noted").count() == rows
