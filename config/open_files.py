"""How many files and connections a process may have open at once."""

import resource
from contextlib import suppress
from typing import Final

WANTED: Final = 65_536


def allow_many() -> None:
    """As many as the machine lets this process have: a service begins with 1,024, and each open
    page has a stream of its own."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        # Some systems name no limit and refuse this many all the same.
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
