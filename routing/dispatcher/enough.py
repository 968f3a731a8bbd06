"""How long a batch is decided on once it gives something: the rest is left to the next cycle."""

import time
from typing import Final

# So long after its first assignment a batch is decided no further.
LONGEST_DECIDING: Final = 1.0


class Allowance:
    """How long this is for batches that follow each other: twice as long after each that it cut
    off, and as at first once the end of the order was reached. What nobody takes is looked at again
    in each cycle; with the same time for each, nothing behind it would ever be given as long as
    there is something to give before it."""

    def __init__(self) -> None:
        self.seconds = LONGEST_DECIDING

    def begin_anew(self) -> None:
        """The end was reached."""
        self.seconds = LONGEST_DECIDING


class Enough:
    """Whether a batch of so many is written now, because deciding takes long: the others are
    decided in the next cycle, after what came meanwhile. As long as it took to find the first one
    it goes on for more: that is looked for again. What goes back to its agent is found at once:
    it does not wait until it is known that nobody takes the others."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance, self._longest = allowance, allowance.seconds
        self._began = time.monotonic()
        self._first = 0.0

    def __call__(self, given: int) -> bool:
        """Never before anything is given."""
        if not given:
            return False
        now = time.monotonic()
        self._first = self._first or now
        is_enough = now - self._first >= max(self._longest, self._first - self._began)
        if is_enough:
            self._allowance.seconds = 2 * self._longest
        return is_enough
