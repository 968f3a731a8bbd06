"""What plain SQL does with the same rows on the same server: the physical limit."""

import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.db import connection, transaction
from django.db.models import Max, Min

from config.postgresql.programs import client_program
from routing.bench.row import Row, row_of
from routing.sql import statement
from workstreams.models import Queue

SECONDS: Final = 4
RUNS: Final = 3
CLIENTS: Final = 4


def one_by_one(refill: Callable[[], None]) -> Row:
    """Assignments a second, one a transaction, prepared, by four durable clients (Y1)."""
    runs = [_pgbench(refill) for _ in range(RUNS)]
    return row_of("yardstick-one-by-one", runs, "assignments/s")


def _pgbench(refill: Callable[[], None]) -> float:
    refill()
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "assign.sql"
        script.write_text(statement("yardstick_one_by_one"))
        result = subprocess.run(
            [*_command(), "-f", str(script)], capture_output=True, text=True, check=True
        )
    found = re.search(r"tps = ([0-9.]+)", result.stdout)
    assert found is not None, result.stdout
    return float(found.group(1))


def _command() -> list[str]:
    settings = connection.settings_dict
    program = client_program("pgbench") or shutil.which("pgbench")
    if program is None:
        raise RuntimeError("pgbench is needed for the yardsticks; install PostgreSQL's clients.")
    where = [("-h", settings["HOST"]), ("-p", settings["PORT"]), ("-U", settings["USER"])]
    named = [part for pair in where if pair[1] for part in map(str, pair)]
    clients = ["-c", str(CLIENTS), "-j", "2", "-T", str(SECONDS), "-M", "prepared", "-n"]
    ends = Queue.objects.filter(name__startswith="Bench").aggregate(Min("id"), Max("id"))
    queues = ["-D", f"first={ends['id__min']}", "-D", f"last={ends['id__max']}"]
    return [str(program), *named, *clients, *queues, settings["NAME"]]


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
