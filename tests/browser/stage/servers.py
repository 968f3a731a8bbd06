"""The product's own processes: web and router."""

import os
import re
import subprocess
import sys
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

from config.env import BASE_DIRECTORY
from config.listening import open_socket
from tests.browser.nursery import start_router, start_web

HOST: Final = "127.0.0.1"
STOP_SECONDS: Final = 10
# A line with its time, as the product writes, or with a level alone, as its web server does.
RECORD: Final = re.compile(r"^(?=\d{4}-\d\d-\d\d |(?:WARNING|ERROR|CRITICAL): )", re.MULTILINE)
TRACEBACK: Final = "Traceback (most recent call last)"
TROUBLE: Final = (" ERROR ", " CRITICAL ", TRACEBACK)
BUSY: Final = (
    "Error: canceling statement due to lock timeout",
    "LockNotAvailable: canceling statement due to lock timeout",
    "Error: terminating connection due to idle-in-transaction timeout",
    "IdleInTransactionSessionTimeout: terminating connection due to idle-in-transaction timeout",
)


class Servers:
    """A web and a router process over one database; what they log is kept."""

    def __init__(self, *, database: str, logs: Path) -> None:
        # Open before the process runs: a browser that comes too early waits in the backlog.
        listener = open_socket(HOST, 0)
        self.url = f"http://{HOST}:{listener.getsockname()[1]}"
        self._logs = [logs / "web.log", logs / "router.log"]
        for log in self._logs:
            log.touch()
        web, router = self._logs
        with listener:
            self._processes: list[BaseProcess] = [
                start_web(database=database, log=web, listener=listener),
                start_router(database=database, log=router),
            ]

    def stop(self) -> None:
        """End both; streams that are still open are cut."""
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.join(STOP_SECONDS)
            if process.is_alive():
                process.kill()
                process.join()

    def troubles(self) -> list[str]:
        """What either process logged that should never be logged."""
        logs = [log.read_text(encoding="utf-8") for log in self._logs]
        return [trouble for log in logs for trouble in troubles_in(log)]


def troubles_in(log: str) -> list[str]:
    """The records of faults, each with its traceback."""
    return [record for record in RECORD.split(log) if _is_trouble(record)]


def _is_trouble(record: str) -> bool:
    """What ends in the limit of a wait is none: on a busy machine others hold a row, or the process
    itself stands still, for longer than that; it tries again."""
    _, _, error = record.rpartition(TRACEBACK)
    return any(word in record for word in TROUBLE) and not any(word in error for word in BUSY)


def collect_static(folder: Path) -> None:
    """The static files with the names and headers that browsers get in production."""
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        cwd=BASE_DIRECTORY,
        env=os.environ | {"STATIC_ROOT": str(folder)},
        check=True,
    )
