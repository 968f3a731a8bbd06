"""SQL by hand, one file a statement."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def statement(name: str) -> str:
    """The text of one statement, read once."""
    return (FOLDER / f"{name}.sql").read_text()


def array_of(values: Iterable[int | bool | str | None]) -> str:
    """An array as PostgreSQL reads it, of numbers, times and single words, which is
    quicker than the driver."""
    inside = ",".join("NULL" if value is None else str(value) for value in values)
    return "{" + inside + "}"
