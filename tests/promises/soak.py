"""Everything at once, for as long as asked: ``python -m tests.promises.soak --operations N``.

People act through the service and the API of a product of its own, faults happen, and a
watch looks for broken promises all the while. The same seed draws the same moves and the
same faults, and before that the stories that the engine alone is told; how moves and faults
meet is up to the machine. Ends with a look at everything that is left.
"""

import argparse
import signal
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, TypedDict

import psutil
import psycopg

from tests.promises.busy_people import Actor, begin_actors, report_of
from tests.promises.decisions import hold_against_the_model
from tests.promises.exactly_once import items_not_once, misplaced, twice, words_not_once
from tests.promises.faults import Faults
from tests.promises.preferences import broken_preferences
from tests.promises.processes import is_alive
from tests.promises.rest import broken_at_rest
from tests.promises.watch import Watch
from tests.promises.world import World

LOOK_SECONDS: Final = 2.0
SAY_SECONDS: Final = 30.0
CLOCK_OFF: Final = 600.0
# Where neither number is asked for; in minutes.
OPERATIONS: Final = 10_000
A_DAY: Final = 24 * 60
# What the product says of itself where it has mended what must not have been.
ALARMS: Final = ("load drifted", "candidates drifted")


class Bounds(TypedDict):
    """When a run ends."""

    operations: int
    seconds: float


@dataclass(kw_only=True)
class Account:
    """What a run came to."""

    seed: int
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)
    items_looked_at: int = 0
    minutes: float = 0

    @property
    def operations(self) -> int:
        """What was carried out, or refused with a reason."""
        return self.done.total() + self.refused.total()

    def __str__(self) -> str:
        return (
            f"seed={self.seed} minutes={self.minutes:.1f} operations={self.operations}"
            f" (done={self.done.total()} refused={self.refused.total()})"
            f" unknown={self.lost.total()} faults={self.faults.total()}"
            f" items-looked-at={self.items_looked_at} violations={len(self.violations)}"
        )


class Soak:
    """One run in a world of its own."""

    def __init__(self, world: World, seed: int, *, say: Callable[[str], None]) -> None:
        self.world = world
        self.say = say
        self.faults = Faults(world, seed)
        self.account = Account(seed=seed)
        self.actors: list[Actor] = []
        self.over = threading.Event()

    def stop(self) -> None:
        """Come to an end in order, whatever was asked for."""
        self.over.set()

    def run(
        self,
        *,
        operations: int,
        seconds: float,
        people: int,
        by_web: int,
        pause: float,
        faults: int = 0,
    ) -> Account:
        """Until so many operations are done under so many faults at least, or the time is over;
        faults come with a pause."""
        self.began = time.monotonic()
        self.standby = self._begin_standby()
        # Its clients know another web to go to only by a proxy, so nothing kills this one.
        self.web, address = self.world.begin_web(skew=CLOCK_OFF, behind_proxy=True)
        self.worker = self.world.begin_worker()
        self.actors = begin_actors(
            self.world, people, by_web=by_web, skew=-CLOCK_OFF, addresses=[address]
        )
        # How long it takes until everybody acts is the machine's affair.
        until = time.monotonic() + seconds
        nemesis = threading.Thread(target=self._go_wrong, args=[pause])
        nemesis.start()
        try:
            self._watch(operations, faults, until)
        finally:
            self.over.set()
            nemesis.join()
        self._end()
        return self.account

    def _begin_standby(self) -> psutil.Process:
        """With a clock that is wrong, and a way to the database that can be cut."""
        return self.world.begin_standby(skew=CLOCK_OFF, behind_proxy=True)

    def _watch(self, operations: int, faults: int, until: float) -> None:
        said = 0.0
        with self.world.database() as connection:
            self.watch = Watch(connection=connection)
        while time.monotonic() < until:
            if self.account.operations >= operations and self.faults.counts.total() >= faults:
                return
            if self.over.wait(LOOK_SECONDS):
                return
            self._look()
            self._count(actor.so_far() for actor in self.actors)
            if not all(actor.process.poll() is None for actor in self.actors):
                self._found(["An actor ended: " + self.world.log.last_words()[-2000:]])
                return
            if time.monotonic() > said + SAY_SECONDS:
                said = time.monotonic()
                self.say(str(self.account))

    def _look(self) -> None:
        """The database may be away for a moment."""
        with suppress(psycopg.OperationalError), self.world.database() as connection:
            self.watch.connection = connection
            self._found(self.watch.look())

    def _go_wrong(self, pause: float) -> None:
        try:
            while not self.over.wait(pause):
                self._inflict()
        # Also that the product did not come back in time.
        except Exception:
            self._found(["Nothing goes wrong any more: " + traceback.format_exc()[-2000:]])

    def _inflict(self) -> None:
        self.faults.inflict()
        if not is_alive(self.standby):
            if self.standby.pid not in self.faults.killed:
                self._found(["The standby router ended by itself"])
            self.standby = self._begin_standby()
        if not is_alive(self.web):
            self._found(["The web with a wrong clock ended by itself"])
        if not is_alive(self.worker):
            self._found(["The supervisor of the other worker ended by itself"])

    def _count(self, reports: Iterable[dict[str, Any]]) -> None:
        account = self.account
        account.done, account.refused, account.lost = Counter(), Counter(), Counter()
        for report in reports:
            account.done.update(report["done"])
            account.refused.update(report["refused"])
            account.lost.update(report["lost"])
            self._found(each for each in report["broken"])
        account.faults = self.faults.counts
        account.items_looked_at = self.watch.items_looked_at
        account.minutes = (time.monotonic() - self.began) / 60

    def _found(self, violations: Iterable[str]) -> None:
        for each in violations:
            if each not in self.account.violations:
                self.account.violations.append(each)
                self.say(f"VIOLATION {each}")

    def _end(self) -> None:
        """Everybody stops; then what was acknowledged is there once, all is whole, nothing that
        could go on waits without a reason, and the past is what it was."""
        self.world.wait_ready()
        for actor in self.actors:
            actor.stop()
        reports = [report_of(self.world, actor) for actor in self.actors]
        self._count(reports)
        self._found(broken_at_rest(self.world))
        for alarm in ALARMS:
            self._found(self.world.log.with_words(alarm))
        self._found(self.world.log.mistakes())
        with self.world.database() as connection:
            self.watch.connection = connection
            self._found(self.watch.look())
            self._found(self.world.violations())
            self._found(self.watch.rewritten())
            self._found(broken_preferences(connection))
            titles = [title for report in reports for title in report["titles"]]
            words = [text for report in reports for text in report["words"]]
            self._found(items_not_once(connection, titles))
            self._found(words_not_once(connection, words))
            self._found(twice(connection) + misplaced(connection))


def bounds(operations: int | None, minutes: float | None) -> Bounds:
    """When it ends, by what was asked for: with both by whichever comes first."""
    if operations is None:
        operations = OPERATIONS if minutes is None else sys.maxsize
    return {"operations": operations, "seconds": 60 * (A_DAY if minutes is None else minutes)}


def main() -> int:
    """Print what came of it; 1 when a promise was broken."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--operations", type=int, help="10,000 where no minutes are given either")
    options.add_argument("--minutes", type=float, help="as long as that, whatever is done by then")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--people", type=int, default=3)
    options.add_argument("--by-web", type=int, default=1)
    options.add_argument("--stories", type=int, default=500, help="of the engine alone, before")
    options.add_argument("--pause", type=float, default=10.0, help="seconds between two faults")
    given = options.parse_args()
    if given.by_web < 1:
        options.error("--by-web is at least 1, or faults hit a web that serves nobody")
    hold_against_the_model(given.seed, examples=given.stories)
    _print(f"The engine kept the promises of the model in {given.stories} stories.")
    world = World(given.seed, quiet=True)
    try:
        world.start()
        soak = Soak(world, given.seed, say=_print)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: soak.stop())
        account = soak.run(
            **bounds(given.operations, given.minutes),
            people=given.people,
            by_web=given.by_web,
            pause=given.pause,
        )
    finally:
        world.close()
    for name in ("done", "refused", "lost", "faults"):
        _print(f"{name}: {dict(getattr(account, name).most_common())}")
    _print(str(account))
    return 1 if account.violations else 0


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
