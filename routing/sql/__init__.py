"""SQL by hand, one file a statement."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def statement(name: str) -> str:
    """The text of one statement, read once."""
    return (FOLDER / f"{name}.sql").read_text()
