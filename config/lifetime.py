"""When a process that runs for long begins and ends, for apps that keep something ready in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.dispatch import Signal

# Both without arguments. Receivers answer at once: what takes time runs in a thread of its own.
process_started: Final = Signal()
process_ending: Final = Signal()


@contextmanager
def lifetime() -> Iterator[None]:
    """Announces both ends of the block."""
    process_started.send(sender=None)
    try:
        yield
    finally:
        process_ending.send(sender=None)
