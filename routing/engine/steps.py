"""Work that is done step by step, so that something else can be looked after between."""

from collections.abc import Callable, Generator
from typing import TypeVar

Result = TypeVar("Result")


def finished(
    steps: Generator[None, None, Result], *, between: Callable[[], None] | None = None
) -> Result:
    """What comes of it, with nothing else ``between``."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: Result = end.value
            return result
        if between:
            between()
