"""Programs that are kept running."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from itertools import pairwise

import pytest

from config.supervisor import Program, Supervisor

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
FAIL = ["false"]
ORPHAN = """
import subprocess, sys
from config.supervisor import Program
code = "from config.supervisor import end_with_parent as e; e(); import time; time.sleep(60)"
program = Program(name="child", command=[sys.executable, "-c", code])
program.start()
print(program.process.pid, flush=True)
sys.stdin.read()
"""
PATIENCE_SECONDS = 120


def run_until(is_over: Callable[[], bool], program: Program) -> list[str]:
    """What the supervisor said while it kept the program running, asking at each look."""
    said: list[str] = []

    def watch() -> None:
        if is_over():
            supervisor.stopping.set()

    supervisor = Supervisor([program], say=said.append, watch=watch)
    timer = threading.Timer(PATIENCE_SECONDS, supervisor.stopping.set)
    timer.start()
    try:
        supervisor.run()
    finally:
        timer.cancel()
    return said


@pytest.fixture(autouse=True)
def _signals_as_before():
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    yield
    for number, action in before.items():
        signal.signal(number, action)


@pytest.mark.slow
def test_a_killed_program_is_back_at_once_and_all_end_together():
    program = Program(name="sleeper", command=SLEEP)
    seen = []

    def is_back() -> bool:
        assert program.process is not None
        if program.process.pid not in seen:
            seen.append(program.process.pid)
            if len(seen) == 1:
                program.process.kill()
        return len(seen) == 2

    said = run_until(is_back, program)

    assert len(seen) == 2
    assert said == ["sleeper ended with -9; starting it again."]
    assert program.has_ended()


@pytest.mark.slow
def test_a_program_that_cannot_run_is_tried_ever_more_seldom():
    program = Program(name="broken", command=FAIL)
    starts = []

    def was_tried_often() -> bool:
        if program.started_at not in starts:
            starts.append(program.started_at)
        return len(starts) == 4

    run_until(was_tried_often, program)

    paused = [later - earlier for earlier, later in pairwise(starts)]
    assert all(one >= least for one, least in zip(paused, (0.2, 0.4, 0.8), strict=True))


def test_a_program_that_fails_for_days_is_tried_as_before():
    program = Program(name="broken", command=FAIL, started_at=time.monotonic() - 60)
    program.failures = 100_000

    assert program.may_start()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it takes a second")
def test_a_child_ends_when_its_supervisor_is_killed():
    supervisor = subprocess.Popen(
        [sys.executable, "-c", ORPHAN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert supervisor.stdout is not None
    assert supervisor.stdin is not None
    child = int(supervisor.stdout.readline())
    supervisor.kill()
    supervisor.wait()
    supervisor.stdin.close()
    supervisor.stdout.close()

    assert is_gone(child)


def is_gone(process: int) -> bool:
    for _ in range(600):
        try:
            os.kill(process, 0)
            with open(f"/proc/{process}/stat", encoding="utf-8") as description:
                if description.read().rsplit(")", 1)[1].split()[0] == "Z":
                    return True
        except OSError:
            return True
        time.sleep(0.05)
    return False
