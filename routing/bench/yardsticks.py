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
MOST_BATCHES: Final = 100
# What waits, and for each a member of its queue.
PAIRS: Final = """
    SELECT item.id, member.agent_id
    FROM workstreams_workitem AS item
    JOIN LATERAL (
        SELECT agent_id FROM workstreams_queuemembership
        WHERE queue_id = item.queue_id ORDER BY (agent_id + item.id) %% 97, agent_id LIMIT 1
    ) AS member ON true
    WHERE item.state = 'open' ORDER BY item.id LIMIT %s
"""


def one_by_one(refill: Callable[[], None], *, clients: int = CLIENTS) -> Row:
    """Assignments a second, one a transaction, prepared, by four durable clients (Y1), or as many
    as it says: of half of what waits, so that no queue runs dry, and only what was assigned
    counts."""
    runs = []
    for _ in range(RUNS):
        refill()
        ends = Queue.objects.filter(name__startswith="Bench").aggregate(
            first=Min("id"), last=Max("id")
        )
        waiting = WorkItem.objects.filter(state=ItemState.OPEN).count()
        each = min(waiting // 2, MOST) // clients
        rate = pgbench(statement("yardstick_one_by_one"), ends, each=each, clients=clients)
        runs.append(rate * Assignment.objects.count() / (each * clients))
    name = "yardstick-one-by-one" if clients == CLIENTS else f"yardstick-one-by-one-{clients}"
    return row_of(name, runs, "assignments/s")


def pgbench(
    script_text: str,
    names: Mapping[str, Any],
    *,
    each: int | None = None,
    clients: int = CLIENTS,
) -> float:
    """Runs a second of a script, prepared, by four durable clients: as often as ``each`` is to run
    it, else for some seconds."""
    length = ["-T", str(SECONDS)] if each is None else ["-t", str(each)]
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "assign.sql"
        script.write_text(script_text)
        result = subprocess.run(
            [*_command(names, script, clients), *length, connection.settings_dict["NAME"]],
            capture_output=True,
            text=True,
            check=True,
        )
    found = re.search(r"tps = ([0-9.]+)", result.stdout)
    assert found is not None, result.stdout
    return float(found.group(1))


def _command(names: Mapping[str, Any], script: Path, clients: int) -> list[str]:
    settings = connection.settings_dict
    program = client_program("pgbench") or shutil.which("pgbench")
    if program is None:
        raise RuntimeError("pgbench is needed for the yardsticks; install PostgreSQL's clients.")
    where = [("-h", settings["HOST"]), ("-p", settings["PORT"]), ("-U", settings["USER"])]
    named = [part for pair in where if pair[1] for part in map(str, pair)]
    how = ["-c", str(clients), "-j", str(min(clients, 2)), "-M", "prepared", "-n"]
    given = [part for name, value in names.items() for part in ("-D", f"{name}={value}")]
    return [str(program), *named, *how, *given, "-f", str(script)]


def in_batches(refill: Callable[[], None], size: int) -> Row:
    """Assignments a second, a whole batch in one durable transaction of plain SQL (Y2)."""
    refill()
    runs = [_batch(size) for _ in range(RUNS + 1)][1:]
    return row_of(f"yardstick-batch-{size}", runs, "assignments/s")


def written(refill: Callable[[], None], size: int) -> Row:
    """The same for batches that were decided outside: what there is to write, whatever its size."""
    runs = []
    for _ in range(RUNS):
        refill()
        runs.append(_written(size))
    return row_of(f"yardstick-written-{size}", runs, "assignments/s")


def _written(size: int) -> float:
    """The first batch finds plans cold."""
    count = max(1, min(MOST // size, MOST_BATCHES))
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, [size * (count + 1)])
        pairs: list[tuple[int, int]] = cursor.fetchall()
        _write(cursor, pairs[:size])
        started = time.perf_counter()
        for start in range(size, len(pairs), size):
            _write(cursor, pairs[start : start + size])
    return size * count / (time.perf_counter() - started)


def _write(cursor: Any, pairs: list[tuple[int, int]]) -> None:
    items, agents = (list(ids) for ids in zip(*pairs, strict=True))
    cursor.execute(statement("yardstick_written"), {"items": items, "agents": agents})
    assert cursor.fetchone() == (len(pairs),)


def _batch(size: int) -> float:
    started = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement("yardstick_batch"), {"size": size})
        done = cursor.fetchone()
    assert done == (size,), done
    return size / (time.perf_counter() - started)
