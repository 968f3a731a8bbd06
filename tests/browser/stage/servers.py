"""The product's own processes, as an operator starts them: web and router."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from config.env import BASE_DIRECTORY
from config.listening import open_socket
from config.supervisor import PARENT_VARIABLE

HOST: Final = "127.0.0.1"
STOP_SECONDS: Final = 10
TROUBLE: Final = (" ERROR ", " CRITICAL ", "Traceback (most recent call last)")


class Servers:
    """A web and a router process over one database; what they log is kept."""

    def __init__(self, *, database_url: str, static: Path, logs: Path) -> None:
        # Open before the process runs: a browser that comes too early waits in the backlog.
        listener = open_socket(HOST, 0)
        self.url = f"http://{HOST}:{listener.getsockname()[1]}"
        self._logs = logs
        self._environment = os.environ | {
            "DATABASE_URL": database_url,
            "STATIC_ROOT": str(static),
            "LOG_LEVEL": "WARNING",
            # Whatever happens to this process, none of these stays behind.
            PARENT_VARIABLE: str(os.getpid()),
        }
        with listener:
            number = listener.fileno()
            self._web = self._start("web", ["-m", "config.web", str(number)], passing=[number])
        self._router = self._start("router", ["manage.py", "run_router"])

    def stop(self) -> None:
        """End both; streams that are still open are cut."""
        for process in (self._router, self._web):
            process.terminate()
        for process in (self._router, self._web):
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def troubles(self) -> list[str]:
        """What either process logged that should never be logged."""
        logs = [self._log(name).read_text(encoding="utf-8") for name in ("web", "router")]
        return [log for log in logs if any(word in log for word in TROUBLE)]

    def _start(
        self, name: str, command: Sequence[str], *, passing: Sequence[int] = ()
    ) -> "subprocess.Popen[bytes]":
        with self._log(name).open("wb") as log:
            return subprocess.Popen(
                [sys.executable, *command],
                cwd=BASE_DIRECTORY,
                env=self._environment,
                pass_fds=passing,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _log(self, name: str) -> Path:
        return self._logs / f"{name}.log"


def collect_static(folder: Path) -> None:
    """The static files with the names and headers that browsers get in production."""
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        cwd=BASE_DIRECTORY,
        env=os.environ | {"STATIC_ROOT": str(folder)},
        check=True,
    )
