"""What plain SQL does with the same rows on the same server: the physical limit."""

import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Max, Min

from config.postgresql.programs import client_program
from routing.bench.row import Row, row_of
from routing.models import Assignment
from routing.sql import statement
from workstreams.models import Queue, WorkItem
from workstreams.terms import ItemState

SECONDS: Final = 4
RUNS: Final = 3
CLIENTS: Final = 4
# Transactions of a run at most: some seconds.
MOST: Final = 12_000


def one_by_one(refill: Callable[[], None]) -> Row:
    """Assignments a second, one a transaction, prepared, by four durable clients (Y1): of half of
    what waits, so that no queue runs dry, and only what was assigned counts."""
    runs = []
    for _ in range(RUNS):
        refill()
        ends = Queue.objects.filter(name__startswith="Bench").aggregate(
            first=Min("id"), last=Max("id")
        )
        waiting = WorkItem.objects.filter(state=ItemState.OPEN).count()
        each = min(waiting // 2, MOST) // CLIENTS
        rate = pgbench(statement("yardstick_one_by_one"), ends, each=each)
        runs.append(rate * Assignment.objects.count() / (each * CLIENTS))
    return row_of("yardstick-one-by-one", runs, "assignments/s")


def pgbench(script_text: str, names: Mapping[str, Any], *, each: int | None = None) -> float:
    """Runs a second of a script, prepared, by four durable clients: as often as ``each`` is to run
    it, else for some seconds."""
    length = ["-T", str(SECONDS)] if each is None else ["-t", str(each)]
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "assign.sql"
        script.write_text(script_text)
        result = subprocess.run(
            [*_command(names, script), *length, connection.settings_dict["NAME"]],
            capture_output=True,
            text=True,
            check=True,
        )
    found = re.search(r"tps = ([0-9.]+)", result.stdout)
    assert found is not None, result.stdout
    return float(found.group(1))


def _command(names: Mapping[str, Any], script: Path) -> list[str]:
    settings = connection.settings_dict
    program = client_program("pgbench") or shutil.which("pgbench")
    if program is None:
        raise RuntimeError("pgbench is needed for the yardsticks; install PostgreSQL's clients.")
    where = [("-h", settings["HOST"]), ("-p", settings["PORT"]), ("-U", settings["USER"])]
    named = [part for pair in where if pair[1] for part in map(str, pair)]
    clients = ["-c", str(CLIENTS), "-j", "2", "-M", "prepared", "-n"]
    given = [part for name, value in names.items() for part in ("-D", f"{name}={value}")]
    return [str(program), *named, *clients, *given, "-f", str(script)]


def in_batches(refill: Callable[[], None], size: int) -> Row:
    """Assignments a second, a whole batch in one durable transaction of plain SQL (Y2)."""
    refill()
    runs = [_batch(size) for _ in range(RUNS + 1)][1:]
    return row_of(f"yardstick-batch-{size}", runs, "assignments/s")


def _batch(size: int) -> float:
    started = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement("yardstick_batch"), {"size": size})
        done = cursor.fetchone()
    assert done == (size,), done
    return size / (time.perf_counter() - started)
