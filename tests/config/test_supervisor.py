"""Programs that are kept running."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from config.supervisor import Program, Supervisor

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
FAIL = [sys.executable, "-c", "raise SystemExit(3)"]
ORPHAN = """
import subprocess, sys
from config.supervisor import Program
code = "from config.supervisor import end_with_parent as e; e(); import time; time.sleep(60)"
program = Program(name="child", command=[sys.executable, "-c", code])
program.start()
print(program.process.pid, flush=True)
sys.stdin.read()
"""


def run_until(programs: list[Program], seconds: float, watch=lambda: None) -> list[str]:
    """What the supervisor said while it kept the programs running for so long."""
    said: list[str] = []
    supervisor = Supervisor(programs, say=said.append, watch=watch)
    timer = threading.Timer(seconds, supervisor.stopping.set)
    timer.start()
    supervisor.run()
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

    def watch() -> None:
        assert program.process is not None
        if program.process.pid not in seen:
            seen.append(program.process.pid)
            if len(seen) == 1:
                program.process.kill()

    said = run_until([program], 1.5, watch)

    assert len(seen) == 2
    assert said == ["sleeper ended with -9; starting it again."]
    assert program.has_ended()


@pytest.mark.slow
def test_a_program_that_cannot_run_is_tried_ever_more_seldom():
    said = run_until([Program(name="broken", command=FAIL)], 2.0)

    assert 2 <= len(said) <= 5


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
    for _ in range(100):
        try:
            os.kill(process, 0)
            with open(f"/proc/{process}/stat", encoding="utf-8") as description:
                if description.read().rsplit(")", 1)[1].split()[0] == "Z":
                    return True
        except OSError:
            return True
        time.sleep(0.05)
    return False
