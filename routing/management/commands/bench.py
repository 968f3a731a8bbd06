"""``manage.py bench``: measures, prints a table, writes ``bench.json``."""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from config.env import var_directory
from routing.bench.database import bench_databases
from routing.bench.row import Row
from routing.bench.rows import measure


class Command(BaseCommand):
    help = "Measures speed beside yardsticks of plain SQL on the same server."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", default="", help="names of rows, separated by commas")
        parser.add_argument("--full", action="store_true", help="the largest sizes, too")

    def handle(self, *args: Any, only: str = "", full: bool = False, **options: Any) -> None:
        self.stdout.write(_line("row", "median", "unit", "min", "max", "of yardstick", "target"))
        rows: list[Row] = []
        with bench_databases():
            for row in measure([name for name in only.split(",") if name], is_full=full):
                rows.append(row)
                self.stdout.write(_in_table(row))
                self.stdout.flush()
                # After each: a long run that is ended keeps what it measured.
                write_report(rows)
        self.stdout.write(f"Written to {_path()}.")


def write_report(rows: list[Row]) -> None:
    """All that was measured so far."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(_report(rows), indent=2) + "\n")


def _path() -> Path:
    return var_directory() / "bench.json"


def _report(rows: list[Row]) -> dict[str, Any]:
    return {
        "machine": f"{os.cpu_count()} cores {platform.machine()}, Python {sys.version.split()[0]}",
        "commit": _commit(),
        "rows": [row.as_json() for row in rows],
    }


def _commit() -> str:
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.strip() or "unknown"


def _in_table(row: Row) -> str:
    ratio = "" if row.ratio is None else f"{row.ratio:.2f} x {row.yardstick}"
    target = ""
    if row.target is not None:
        target = f"{row.target:,.0f} {'met' if row.met else 'missed'}"
    numbers = (f"{number:,.1f}" for number in (row.value, row.min, row.max))
    median, least, most = numbers
    line = _line(row.name, median, row.unit, least, most, ratio, target)
    return f"{line}\n  {row.note}" if row.note else line


def _line(*cells: str) -> str:
    widths = (32, 10, 14, 10, 10, 30, 16)
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
