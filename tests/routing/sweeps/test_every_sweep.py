"""What holds for every sweep, the router's and the worker's: one batch at a time, twice without
harm, and on with the rest after a crash."""

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Final

import pytest

from routing import sweeps
from routing.router import DUTIES
from routing.sweeps import (
    average_waits,
    note_blockers,
    old_rows,
    queue_duty,
)
from routing.tasks import PURGES
from tests.routing.sweeps.situations import LATER, SITUATIONS

pytestmark = pytest.mark.django_db

ALL: Final = (*(sweep for sweep, _ in (*DUTIES, *PURGES)), note_blockers.sweep, average_waits.sweep)
SWEEPS: Final = {sweep.__module__.rpartition(".")[2]: sweep for sweep in ALL}


def first_row_alone(found: Any, change: Callable[[Any], bool], turns: Any) -> int:
    """Dies after one row, as a process that is killed does."""
    change(next(iter(found)))
    raise KeyboardInterrupt


def first_old_row_alone(old: Any, limit: int, walk: Any = None) -> int:
    """The same of a sweep that deletes."""
    old_rows.delete_first(old, 1, walk)
    raise KeyboardInterrupt


def first_queue_alone(queue_ids: Any, change: Callable[[Any], None], duty: Any, turns: Any) -> int:
    """The same of a sweep that does something about each queue."""
    queue_duty.count_done([next(iter(queue_ids))], change, duty, turns)
    raise KeyboardInterrupt


# What sweeps go through their rows with, and how it dies.
CRASHES: Final[dict[str, Callable[..., int]]] = {
    "count_changed": first_row_alone,
    "count_done": first_queue_alone,
    "delete_first": first_old_row_alone,
}


def test_every_sweep_is_in_the_table() -> None:
    names = [each.name for each in iter_modules(sweeps.__path__)]
    there = {name for name in names if hasattr(import_module(f"{sweeps.__name__}.{name}"), "sweep")}

    assert set(SITUATIONS) == set(SWEEPS) == there


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_sweep_does_everything_once(name: str, now: datetime) -> None:
    prepare, rows = SITUATIONS[name]
    prepare(now)

    done = [SWEEPS[name](now=now + LATER, limit=200) for _ in range(2)]

    assert done == [rows, 0]


@pytest.mark.parametrize("name", [name for name, (_, rows) in SITUATIONS.items() if rows > 1])
def test_a_sweep_does_a_batch_at_a_time(name: str, now: datetime) -> None:
    prepare, rows = SITUATIONS[name]
    prepare(now)

    done = [SWEEPS[name](now=now + LATER, limit=1) for _ in range(rows + 1)]

    assert done == [*[1] * rows, 0]


@pytest.mark.parametrize("name", [name for name, (_, rows) in SITUATIONS.items() if rows > 1])
def test_after_a_crash_a_sweep_goes_on_with_the_rest(
    name: str, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare, rows = SITUATIONS[name]
    prepare(now)

    module = import_module(f"routing.sweeps.{name}")
    [way] = [each for each in CRASHES if hasattr(module, each)]

    with monkeypatch.context() as patch:
        patch.setattr(module, way, CRASHES[way])
        with pytest.raises(KeyboardInterrupt):
            SWEEPS[name](now=now + LATER, limit=200)

    assert SWEEPS[name](now=now + LATER, limit=200) == rows - 1
