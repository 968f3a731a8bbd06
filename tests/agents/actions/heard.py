"""Listening to a signal in a test."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.dispatch import Signal


@contextmanager
def heard(signal: Signal) -> Iterator[list[dict[str, Any]]]:
    """Collects what the signal carries while the block runs."""
    calls: list[dict[str, Any]] = []

    def listen(sender: object, **kwargs: Any) -> None:
        calls.append({name: value for name, value in kwargs.items() if name != "signal"})

    signal.connect(listen)
    try:
        yield calls
    finally:
        signal.disconnect(listen)
