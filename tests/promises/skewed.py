"""A process whose clock is wrong: ``python -m tests.promises.skewed SECONDS manage.py ...``.

Everything in it that asks Python for the time gets the wrong one; the database does not.
"""

import datetime
import runpy
import sys
import time
from typing import Any

REAL = datetime.datetime


class _Real(type):
    """Moments that others made are moments too."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, REAL)

    def __subclasscheck__(cls, other: type) -> bool:
        return issubclass(other, REAL)


def skew(seconds: float) -> None:
    """Shift this process's clock, before anything else is imported."""
    shift, real_time = datetime.timedelta(seconds=seconds), time.time

    class Shifted(REAL, metaclass=_Real):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Any:
            return REAL.now(tz) + shift

        @classmethod
        def today(cls) -> Any:
            return REAL.now() + shift  # as the original

        @classmethod
        def utcnow(cls) -> Any:
            return REAL.now(datetime.UTC).replace(tzinfo=None) + shift

    datetime.datetime = Shifted  # type: ignore[misc]
    time.time = lambda: real_time() + seconds


def main() -> None:
    """Run the rest of the command line under the wrong clock."""
    _, seconds, *command = sys.argv
    skew(float(seconds))
    if command[0] == "-m":
        sys.argv = command[1:]
        runpy.run_module(command[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = command
        runpy.run_path(command[0], run_name="__main__")


if __name__ == "__main__":
    main()
