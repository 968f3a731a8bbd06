"""Work that is done step by step, so that something else can be looked after between."""

from collections.abc import Generator
from typing import TypeVar

Result = TypeVar("Result")


def finished(steps: Generator[None, None, Result]) -> Result:
    """What comes of it, with nothing between."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: Result = end.value
            return result
