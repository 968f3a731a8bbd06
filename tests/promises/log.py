"""What the processes of a world say of themselves."""

import os
import re
from pathlib import Path
from typing import Final

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
        nor of the network, each sort once, with where it came from."""
        found: dict[str, str] = {}
        with self.path.open(errors="replace") as log:
            place = ""
            for line in log:
                if line.startswith('  File "'):
                    place = line.strip()
                elif MISTAKE.match(line):
                    found.setdefault(place, line.strip())
        return [f"An error of the product: {error} ({place})" for place, error in found.items()]
