"""Busy people and customers as a process: ``python -m tests.promises.actor``.

Does random moves through the same doors as people, as fast as it can. A lost
connection is an unknown outcome: it goes on with something else. What has a key is
repeated until it is acknowledged.
"""

import argparse
import gc
import json
import random
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import django
from django.db import Error, InterfaceError, OperationalError, connection

from config.patience import limit_web_waits
from config.supervisor import end_with_parent

RECONNECT_SECONDS: Final = 0.05
REPORT_SECONDS: Final = 2.0
# Beside the report: a mark that somebody leaves for the actor.
STOP: Final = ".stop"
KEPT_TRACES: Final = 20
NO_WORK: Final = "There is no such work item."


def main() -> None:
    """Act until told to stop, then write the report."""
    end_with_parent()
    options = argparse.ArgumentParser()
    options.add_argument("--seed", type=int, required=True)
    options.add_argument("--report", type=Path, required=True)
    options.add_argument("--address", default="")
    options.add_argument("--tokens", type=Path)
    given = options.parse_args()
    django.setup()
    # As the web, whose part it plays.
    limit_web_waits()
    # Models exist only from here on.
    from tests.promises.doors import ServiceDoor, WebDoor
    from tests.promises.moves import Moves

    tokens = json.loads(given.tokens.read_text()) if given.tokens else {}
    door = WebDoor(given.address, tokens) if given.address else ServiceDoor()
    actor = Actor(Moves(random.Random(given.seed), door), given.report)
    # What is loaded now stays: the collector need not look at it again and again.
    gc.freeze()
    actor.act()


class Actor:
    """Draws moves and keeps account of how they ended."""

    def __init__(self, moves: Any, report: Path) -> None:
        self.moves = moves
        self.file = report
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.lost: Counter[str] = Counter()
        self.broken: list[str] = []
        self.reported_at = 0.0

    def act(self) -> None:
        """One move after the other, until somebody leaves the mark to stop."""
        self._report(is_over=False)
        while not self.file.with_suffix(STOP).exists():
            self._try(self.moves.draw())
            if time.monotonic() > self.reported_at + REPORT_SECONDS:
                self._report(is_over=False)
        while owed := self.moves.owed:
            self._try(owed)
        self._report(is_over=True)

    def _report(self, *, is_over: bool) -> None:
        """What was done, refused, lost, and what must never happen; replaced whole."""
        report = {
            "is_over": is_over,
            "done": self.done,
            "refused": self.refused,
            "lost": self.lost,
            "broken": self.broken[:KEPT_TRACES],
            "titles": self.moves.arrived if is_over else [],
            "words": self.moves.said if is_over else [],
        }
        draft = self.file.with_suffix(".draft")
        draft.write_text(json.dumps(report))
        draft.replace(self.file)
        self.reported_at = time.monotonic()

    def _try(self, move: Callable[[], bool]) -> None:
        from django.http import Http404

        from config.refusal import Refusal

        name = move.__name__
        try:
            if move():
                self.done[name] += 1
        except Refusal as refusal:
            reason = refusal.details.get("reason") or type(refusal).slug
            self.refused[f"{name}: {reason}"] += 1
        except Http404 as error:
            # Advice that somebody else gave is none of one's own; work that was seen stays.
            if str(error) == NO_WORK:
                self.broken.append(traceback.format_exc())
            self.refused[f"{name}: not-found"] += 1
        except Error as error:
            self._note(error)
        except Exception:
            self.broken.append(traceback.format_exc())

    def _note(self, error: Error) -> None:
        if isinstance(error, OperationalError | InterfaceError):
            cause = type(error.__cause__ or error).__name__
            self.lost[cause] += 1
            connection.close()
            time.sleep(RECONNECT_SECONDS)
        else:
            self.broken.append(traceback.format_exc())


if __name__ == "__main__":
    main()
