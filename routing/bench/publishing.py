"""From a publish to its effect in another process, which knows the version before."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, Final

from django.conf import settings
from django.db import transaction

from config.clock import database_now
from config.env import environment_with
from routing import configuration
from routing.bench.database import database_url
from routing.bench.row import Row, row_of
from routing.bench.rule_rows import RULES_EACH
from routing.models import Rule
from workstreams.models import Workstream

RUNS: Final = 3
TARGET_SECONDS: Final = 1.0


def publish_rows(workstreams: list[Workstream]) -> Iterator[Row]:
    """Seconds from the commit until another process decides by it: one list, and all rules."""
    configuration.publish(by=None, now=database_now())
    one = Rule.objects.filter(ruleset__workstream=workstreams[0])
    every = Rule.objects.filter(ruleset__workstream__in=workstreams)
    count = len(workstreams) * 2 * RULES_EACH
    with _other_process() as seen:
        for name, rules in (("publish-acts", one), (f"publish-acts-{count}-rules", every)):
            seconds = [_until_it_acts(rules, run, seen) for run in range(RUNS)]
            yield row_of(name, seconds, "s", target=TARGET_SECONDS, at_least=False)


def _until_it_acts(rules: Any, run: int, seen: IO[str]) -> float:
    with transaction.atomic():
        rules.update(name=f"Named anew in run {run} {rules.count()}")
        version = configuration.publish(by=None, now=database_now())
    committed = time.time()
    assert version is not None
    while True:
        number, at = seen.readline().split()
        if int(number) >= version.number:
            return float(at) - committed


@contextmanager
def _other_process() -> Iterator[IO[str]]:
    """A process that asks for the version in force again and again, and says when it is new."""
    environment = environment_with(DATABASE_URL=database_url(), LOG_LEVEL="WARNING")
    command = [
        sys.executable,
        str(settings.BASE_DIR / "manage.py"),
        "shell",
        "--no-imports",
        "-c",
        WATCH,
    ]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            process.stdout.readline()
            yield process.stdout
        finally:
            process.terminate()


WATCH: Final = """
import time
from routing import configuration
known = 0
while True:
    number = configuration.current().number
    if number != known:
        known = number
        print(number, time.time(), flush=True)
    time.sleep(0.005)
"""
