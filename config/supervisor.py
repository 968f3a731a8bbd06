"""Keeps the processes of one machine running: starts, restarts and stops them together."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

POLL_SECONDS: Final = 0.2
STOP_SECONDS: Final = 10
STEADY_SECONDS: Final = 10
LONGEST_PAUSE_SECONDS: Final = 5.0
# After so many failures the pause is the longest one anyway.
MOST_DOUBLINGS: Final = 6
PARENT_VARIABLE: Final = "SWITCHYARD_SUPERVISOR"
PR_SET_PDEATHSIG: Final = 1


@dataclass(kw_only=True)
class Program:
    """One process to keep running, and how often it failed in a row."""

    name: str
    command: Sequence[str]
    descriptors: Sequence[int] = ()
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    failures: int = field(default=0)

    def start(self) -> None:
        """Starts the process in a session of its own: Ctrl-C reaches the supervisor alone."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            pass_fds=self.descriptors,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            env=os.environ | {PARENT_VARIABLE: str(os.getpid())},
        )

    def has_ended(self) -> bool:
        """Whether the process is gone."""
        return self.process is None or self.process.poll() is not None

    def may_start(self) -> bool:
        """Whether the pause after a failure is over; the first restart comes at once."""
        doublings = min(self.failures, MOST_DOUBLINGS)
        pause = min(0.1 * 2**doublings, LONGEST_PAUSE_SECONDS) if doublings else 0.0
        return time.monotonic() >= self.started_at + pause


class Supervisor:
    """Runs programs until it is told to stop; ``watch`` is called between two looks at them."""

    def __init__(
        self,
        programs: Sequence[Program],
        *,
        say: Callable[[str], object],
        watch: Callable[[], object] = lambda: None,
    ) -> None:
        self.programs = programs
        self.say = say
        self.watch = watch
        self.stopping = threading.Event()

    def run(self) -> None:
        """Starts all programs, restarts what ends, and stops all on the first signal."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stopping.set())
        try:
            for program in self.programs:
                program.start()
            while not self.stopping.wait(POLL_SECONDS):
                self.watch()
                for program in self.programs:
                    self._keep(program)
        finally:
            self._stop_all()

    def _keep(self, program: Program) -> None:
        if program.process is not None and program.has_ended():
            steady = time.monotonic() - program.started_at > STEADY_SECONDS
            program.failures = 0 if steady else program.failures + 1
            self.say(f"{program.name} ended with {program.process.returncode}; starting it again.")
            program.process = None
        if program.process is None and program.may_start():
            program.start()

    def _stop_all(self) -> None:
        running = [each.process for each in self.programs if each.process and not each.has_ended()]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def end_with_parent() -> None:
    """Ends this process when the supervisor that started it is gone, even if it was killed."""
    # Taken out, so that what this process starts in turn is not meant.
    parent = int(os.environ.pop(PARENT_VARIABLE, "0"))
    if not parent:
        return
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
    else:
        threading.Thread(target=_watch_parent, args=[parent], daemon=True).start()


def _watch_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGKILL)
