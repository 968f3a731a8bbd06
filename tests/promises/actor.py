"""Busy people and customers as a process: ``python -m tests.promises.actor``.

Does random moves through the same doors as the pages, as fast as it can. A lost
connection is an unknown outcome: it goes on with something else. What has a key is
repeated until it is acknowledged.
"""

import argparse
import json
import random
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.db import Error, InterfaceError, OperationalError, connection

RECONNECT_SECONDS = 0.05


def main() -> None:
    """Act for some seconds, then write the report."""
    options = argparse.ArgumentParser()
    options.add_argument("--seed", type=int, required=True)
    options.add_argument("--seconds", type=float, required=True)
    options.add_argument("--report", type=Path, required=True)
    given = options.parse_args()
    django.setup()
    # Models exist only from here on.
    from tests.promises.moves import Moves

    actor = Actor(Moves(random.Random(given.seed)))
    given.report.touch()
    actor.act_for(given.seconds)
    given.report.write_text(json.dumps(actor.report()))


class Actor:
    """Draws moves and keeps account of how they ended."""

    def __init__(self, moves: Any) -> None:
        self.moves = moves
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.lost = 0
        self.deadlocks: list[str] = []
        self.broken: list[str] = []

    def act_for(self, seconds: float) -> None:
        """One move after the other."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._try(self.moves.draw())
        while self.moves.unacknowledged:
            self._try(self.moves.arrive)

    def report(self) -> dict[str, Any]:
        """What was done, refused, lost, and what must never happen."""
        return {
            "done": self.done,
            "refused": self.refused,
            "lost": self.lost,
            "deadlocks": self.deadlocks,
            "broken": self.broken,
            "conversations": [str(key) for key in self.moves.acknowledged],
        }

    def _try(self, move: Callable[[], bool]) -> None:
        from config.refusal import Refusal

        try:
            if move():
                self.done[move.__name__] += 1
        except Refusal as refusal:
            self.refused[f"{move.__name__}: {type(refusal).__name__}"] += 1
        except Error as error:
            self._note(error)
        except Exception:
            self.broken.append(traceback.format_exc())

    def _note(self, error: Error) -> None:
        cause = type(error.__cause__).__name__
        if cause == "DeadlockDetected":
            self.deadlocks.append(str(error))
        elif isinstance(error, OperationalError | InterfaceError):
            self.lost += 1
            connection.close()
            time.sleep(RECONNECT_SECONDS)
        else:
            self.broken.append(traceback.format_exc())


if __name__ == "__main__":
    main()
