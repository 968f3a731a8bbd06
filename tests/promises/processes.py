"""Processes of a world: found by role, signalled and ended by their ids alone."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Final, TypeVar

import psutil

T = TypeVar("T")

ROOT: Final = Path(__file__).resolve().parents[2]
COMMANDS: Final = {"web": "config.web", "router": "run_router", "worker": "worker"}
POLL_SECONDS: Final = 0.02
END_SECONDS: Final = 15
RUN_SECONDS: Final = 600
# Below those that a system gives to whoever asks for any: none is taken before it is used.
PORTS: Final = range(20_000, 32_000)


def wait_until(
    look: Callable[[], T | None],
    what: str,
    seconds: float = 300.0,
    *,
    every: float = POLL_SECONDS,
) -> T:
    """The first answer of ``look`` that is true; the time is against waiting for ever."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, f"not within {seconds:.0f} s: {what}"
        time.sleep(every)
    return found


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    while True:
        port = secrets.choice(PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def environment_of(folder: Path, port: int) -> dict[str, str]:
    """The tests' own, without what names another database."""
    others = ("DATABASE_URL", "DATABASE_URL_FILE", "SWITCHYARD_TEST_DB", "WEB_WORKERS")
    kept = {name: value for name, value in os.environ.items() if name not in others}
    return kept | {
        "VAR": str(folder),
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        # Pages take static files as they lie: nothing is collected here.
        "STATICFILES_BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
        "PYTHONWARNINGS": "ignore",
        # Small enough that a batch is decided while another is written.
        "ROUTER_BATCH_SIZE": "3",
    }


def begin(
    *arguments: str, environment: dict[str, str], output: IO[bytes], keeps: Sequence[int] = ()
) -> subprocess.Popen[bytes]:
    """Start Python; the process ends with the tests, even when they are killed. ``keeps`` are
    open files that it gets too."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment | {"SWITCHYARD_SUPERVISOR": str(os.getpid())},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
        pass_fds=keeps,
    )


def run(*arguments: str, environment: dict[str, str]) -> str:
    """Run Python to its end and return what it printed."""
    result = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=RUN_SECONDS,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def children(parent: int, role: str) -> list[psutil.Process]:
    """The living children of ``serve`` that play the role."""
    found = []
    with suppress(psutil.Error):
        for process in psutil.Process(parent).children():
            with suppress(psutil.Error):
                if COMMANDS[role] in process.cmdline() and is_alive(process):
                    found.append(process)
    return found


def family(identity: int | None) -> list[psutil.Process]:
    """A process and all that come from it."""
    with suppress(psutil.Error):
        if identity is not None:
            parent = psutil.Process(identity)
            return [parent, *parent.children(recursive=True)]
    return []


def send(processes: Iterable[psutil.Process], number: int) -> None:
    """Signal them; who has gone meanwhile is gone."""
    for process in processes:
        with suppress(psutil.Error):
            process.send_signal(number)


def end(processes: Iterable[psutil.Process]) -> None:
    """End them without mercy and wait until they are gone."""
    left = list(processes)
    send(left, signal.SIGKILL)
    psutil.wait_procs(left, timeout=END_SECONDS)


def is_alive(process: psutil.Process) -> bool:
    """Whether it still does something: neither gone nor unreaped."""
    with suppress(psutil.Error):
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    return False
