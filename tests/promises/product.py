"""The processes of a product of one's own: begun, signalled and ended by their ids."""

import itertools
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

import psutil

from config.postgresql.place import SOCKET_NAME, find_place
from config.postgresql.server import process_id
from tests.promises.log import Log
from tests.promises.processes import (
    COMMANDS,
    begin,
    children,
    end,
    environment_of,
    family,
    free_port,
    send,
    wait_until,
)
from tests.promises.proxy import Proxy


class Product:
    """``manage.py serve`` and others beside it, with a folder and a port of their own.

    Killing its PostgreSQL harms nobody. Everything it began ends with ``close``.
    """

    serve: subprocess.Popen[bytes]

    def __init__(self, seed: int = 1, *, quiet: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="switchyard-world-"))
        # Root's PostgreSQL runs under an account of its own, which has to get in.
        self.folder.chmod(0o755)
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = environment_of(self.folder, self.port)
        if quiet:
            self.environment["LOG_LEVEL"] = "ERROR"
        with patch.dict(os.environ, self.environment, clear=True):
            self.place = find_place()
        # Ways to the database that can be cut, one for each sort of process.
        self.proxies = {role: Proxy(self.place.sockets / SOCKET_NAME) for role in COMMANDS}
        self.log = Log(self.folder / "log")
        self.started: list[subprocess.Popen[bytes]] = []
        self.seeds = itertools.count(1000 * seed)

    def close(self) -> None:
        """End every process by its id, and leave nothing behind."""
        known = [each for one in self.started for each in family(one.pid)]
        known += family(process_id(self.place))
        send(known, signal.SIGCONT)
        for process in self.started:
            process.terminate()
        for process in self.started:
            with suppress(subprocess.TimeoutExpired):
                process.wait(60)
        end(known)
        for proxy in self.proxies.values():
            proxy.close()
        self.log.close()
        for folder in (self.place.data, self.place.sockets, self.folder):
            shutil.rmtree(folder, ignore_errors=True)

    def begin(
        self, *arguments: str, keeps: Sequence[int] = (), more: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """One more process, perhaps in another environment."""
        environment = self.environment | dict(more or {})
        process = begin(*arguments, environment=environment, output=self.log.file, keeps=keeps)
        self.started.append(process)
        return process

    def begin_standby(self, *, skew: float = 0, behind_proxy: bool = False) -> psutil.Process:
        """One more router beside the one under ``serve``, perhaps with a clock that is wrong by
        so many seconds, or with a way to the database that can be cut."""
        more = self._way("router") if behind_proxy else {}
        process = self.begin(*_clock(skew), "manage.py", "run_router", more=more)
        return psutil.Process(process.pid)

    def begin_web(
        self, *, skew: float = 0, behind_proxy: bool = False
    ) -> tuple[psutil.Process, str]:
        """One more web process beside those under ``serve``, by the same choices, and its
        address."""
        more = self._way("web") if behind_proxy else {}
        with socket.create_server(("127.0.0.1", 0)) as listener:
            descriptor, port = listener.fileno(), listener.getsockname()[1]
            command = (*_clock(skew), "-m", "config.web", str(descriptor))
            process = self.begin(*command, keeps=[descriptor], more=more)
        return psutil.Process(process.pid), f"http://127.0.0.1:{port}"

    def begin_worker(self) -> psutil.Process:
        """One more worker, with a supervisor of its own, whose way to the database can be cut."""
        process = self.begin("manage.py", "serve", "--only", "worker", more=self._way("worker"))
        return psutil.Process(process.pid)

    def of(self, role: str) -> list[psutil.Process]:
        """The living processes of a role under ``serve``; for postgres the whole family."""
        if role == "postgres":
            return family(process_id(self.place))
        return children(self.serve.pid, role)

    def kill(self, role: str, number: int = signal.SIGKILL) -> None:
        """Signal all processes of a role."""
        processes = wait_until(lambda: self.of(role), f"a living {role}")
        send(processes, number)

    def end_process(self, process: psutil.Process) -> None:
        """End a process that was begun here."""
        end([process])
        for each in self.started:
            if each.pid == process.pid:
                each.wait(60)

    def _way(self, role: str) -> dict[str, str]:
        return {"DATABASE_URL": self.proxies[role].url}


def _clock(skew: float) -> list[str]:
    return ["-m", "tests.promises.skewed", str(skew)] if skew else []
