"""How long a batch is decided on once it gives something: the rest is left to the next cycle."""

import time
from typing import Final

# So long after its first assignment a batch is decided no further.
LONGEST_DECIDING: Final = 1.0
# Where a batch gave nothing for such a part of its time, the next one would spend it the same way.
IN_VAIN: Final = 0.1


class Allowance:
    """How long this is for batches that follow each other: twice as long after each that it cut
    off while nothing was given, and as at first once the end of the order was reached, or as much
    was given as may be. What nobody takes is looked at again in each cycle; with the same time for
    each, nothing behind it would ever be given as long as there is something to give before it."""

    def __init__(self) -> None:
        self.seconds = LONGEST_DECIDING

    def begin_anew(self) -> None:
        """The end was reached, or what comes next is another."""
        self.seconds = LONGEST_DECIDING


class Enough:
    """Whether a batch of so many is written now, because deciding takes long: the others are
    decided in the next cycle, after what came meanwhile. As long as it took to find the first one
    it goes on for more: that is looked for again. What goes back to its agent is found at once:
    it does not wait until it is known that nobody takes the others."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance, self._longest = allowance, allowance.seconds
        self._began = time.monotonic()
        self._first = self._last = 0.0
        self._given = 0

    def __call__(self, given: int) -> bool:
        """Never before anything is given."""
        if not given:
            return False
        now = time.monotonic()
        self._first = self._first or now
        if given > self._given:
            self._given, self._last = given, now
        if now - self._first < max(self._longest, self._first - self._began):
            return False
        self._allow_next(in_vain=now - self._last)
        return True

    def _allow_next(self, in_vain: float) -> None:
        """What was given is no longer there the next time; what nobody took is."""
        if in_vain > IN_VAIN * self._longest:
            self._allowance.seconds = 2 * self._longest
        else:
            self._allowance.begin_anew()
