"""Every sweep in two processes at once: each row is done once."""

from datetime import datetime

import pytest

from config.models import Event
from tests.races.together import together
from tests.routing.sweeps.situations import LATER, SITUATIONS
from tests.routing.sweeps.test_every_sweep import SWEEPS


@pytest.mark.parametrize("name", SITUATIONS)
def test_two_routers_sweep_each_row_once(name: str, now: datetime) -> None:
    prepare, rows = SITUATIONS[name]
    prepare(now - LATER)

    done = together(*[lambda: SWEEPS[name](now=now, limit=200) for _ in range(2)])

    assert sum(done) == rows


def test_what_two_workers_note_at_once_is_told_once(now: datetime) -> None:
    prepare, rows = SITUATIONS["note_blockers"]
    prepare(now - LATER)

    together(*[lambda: SWEEPS["note_blockers"](now=now, limit=200) for _ in range(2)])

    assert Event.objects.filter(kind="blocker-noted").count() == rows
