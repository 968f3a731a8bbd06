"""What the processes of a world say of themselves."""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

# What Python says between two errors of which the first led to the second.
CHAINS: Final = (
    "During handling of the above exception, another exception occurred:",
    "The above exception was the direct cause of the following exception:",
)
TRACEBACK: Final = "Traceback (most recent call last):"
# By its last line; the errors of drivers are named with their modules.
MISTAKE: Final = re.compile(
    r"(TypeError|KeyError|AttributeError|ValueError|AssertionError|IndexError|NameError"
    r"|UnboundLocalError|RecursionError|ZeroDivisionError|OverflowError|NotImplementedError"
    r"|RuntimeError|StopIteration|ImportError|ModuleNotFoundError|LookupError"
    r"|django\.db\.transaction\.TransactionManagementError"
    r"|django\.db\.utils\.(IntegrityError|DataError|ProgrammingError)|[\w.]+\.DoesNotExist|pydantic\S+)\b"
)


class Log:
    """One file, into which all of them write."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = path.open("wb")

    def close(self) -> None:
        self.file.close()

    def last_words(self) -> str:
        """The end of what its processes said."""
        with self.path.open("rb") as log:
            log.seek(max(0, log.seek(0, os.SEEK_END) - 8000))
            return log.read().decode(errors="replace")

    def with_words(self, words: str) -> list[str]:
        """What its processes said with these words in it."""
        with self.path.open(errors="replace") as log:
            return [line.strip() for line in log if words in line]

    def mistakes(self) -> list[str]:
        """What its processes logged and no fault explains: errors that are neither of the database
        nor of the network, each sort once, with where it came from and all that was said of it:
        the file is gone with its world. One during whose handling another came is no mistake:
        that other one is looked at."""
        found: dict[str, str] = {}
        lines = self.path.read_text(errors="replace").splitlines()
        place, start = "", 0
        for number, line in enumerate(lines):
            if line == TRACEBACK and lines[number - 2] not in CHAINS:
                start = number
            elif line.startswith('  File "'):
                place = line.strip()
            elif MISTAKE.match(line) and not _is_handled(lines[number + 1 : number + 3]):
                story = "\n".join(lines[max(0, start - 1) : number + 1])
                found.setdefault(place, f"{line.strip()} ({place})\n{story}")
        return [f"An error of the product: {error}" for error in found.values()]


def _is_handled(following: Sequence[str]) -> bool:
    return len(following) == 2 and following[0] == "" and following[1] in CHAINS
