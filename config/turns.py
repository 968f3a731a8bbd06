"""Two threads of which one mostly waits for the database take turns often."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

SHORT_SECONDS: Final = 0.0001


@contextmanager
def short_turns() -> Iterator[None]:
    """For a thread that talks to the database while another one works: each answer waits for the
    interpreter's turn to end, which by default is longer than the statement took."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(SHORT_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
