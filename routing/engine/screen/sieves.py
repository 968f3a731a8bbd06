"""Tables of rows over one field: which rules' rows hold for a value, as bits of a number."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from math import inf
from operator import xor
from typing import Any, Final, Protocol, TypeAlias

from routing.engine.conditions.operators import LISTS
from routing.engine.conditions.values import as_number, as_text, number_or_none
from routing.engine.screen.rows import Row

Table: TypeAlias = defaultdict[str, int]
# A number's place on the line of bounds: just below it, the number itself, just above it.
BELOW: Final = 0
AT: Final = 1
ABOVE: Final = 2


class Sieve(Protocol):
    """Rows of one sort over one field. Values that cannot be read so are not asked for."""

    def add(self, row: Row, bit: int) -> None:
        """Take up the row of the rule that the bit stands for, negations as if they were none."""

    def hits(self, live: Any) -> int:
        """The rules whose row holds, its negation left aside."""


class Presence:
    """Rows that ask whether anything is there: something is, when a sieve is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def add(self, row: Row, bit: int) -> None:
        self.asked |= bit

    def hits(self, live: Any) -> int:
        return self.asked


class Equality:
    """Rows that name the value, or several, as ``are_equal`` compares them."""

    def __init__(self) -> None:
        self.by_text = _table()
        self.by_number: defaultdict[float, int] = defaultdict(int)
        # Text that reads as a number equals a number, but other text only as text.
        self.by_numeral: defaultdict[float, int] = defaultdict(int)

    def add(self, row: Row, bit: int) -> None:
        value = row["value"]
        for one in value if type(value) in LISTS else (value,):
            self.add_value(one, bit)

    def add_value(self, value: Any, bit: int) -> None:
        number = number_or_none(value)
        if isinstance(value, str | bool):
            self.by_text[as_text(value)] |= bit
            if number is not None:
                self.by_numeral[number] |= bit
        elif number is not None:
            self.by_number[number] |= bit

    def hits(self, live: Any) -> int:
        if type(live) in LISTS:
            found = 0
            for one in live:
                found |= self._hits(one)
            return found
        return self._hits(live)

    def _hits(self, live: Any) -> int:
        if isinstance(live, bool):
            return self.by_text.get(as_text(live), 0)
        found = self.by_text.get(as_text(live), 0) if isinstance(live, str) else 0
        if (self.by_number or self.by_numeral) and (number := number_or_none(live)) is not None:
            found |= self.by_number.get(number, 0)
            if not isinstance(live, str):
                found |= self.by_numeral.get(number, 0)
        return found


class Substrings:
    """Rows that look for a text inside, or for one entry of a list."""

    def __init__(self) -> None:
        self.needles = _table()
        self.entries = Equality()

    def add(self, row: Row, bit: int) -> None:
        self.needles[as_text(row["value"])] |= bit
        self.entries.add_value(row["value"], bit)

    def hits(self, live: Any) -> int:
        if type(live) in LISTS:
            return self.entries.hits(live)
        text, found = as_text(live), 0
        for needle, bits in self.needles.items():
            if needle in text:
                found |= bits
        return found


class Edges:
    """Rows that ask how a text begins or ends; a look-up for each length of them."""

    def __init__(self) -> None:
        self.starts: defaultdict[int, Table] = defaultdict(_table)
        self.ends: defaultdict[int, Table] = defaultdict(_table)

    def add(self, row: Row, bit: int) -> None:
        edge = as_text(row["value"])
        side = self.starts if row["op"] == "starts_with" else self.ends
        side[len(edge)][edge] |= bit

    def hits(self, live: Any) -> int:
        text, found = as_text(live), 0
        for length, table in self.starts.items():
            found |= table.get(text[:length], 0)
        for length, table in self.ends.items():
            found |= table.get(text[-length:], 0)
        return found


class Numbers:
    """Rows that compare with a number: stretches of the line, each with the rules it holds for."""

    def __init__(self) -> None:
        self.stretches: list[tuple[tuple[float, int], tuple[float, int], int]] = []

    def add(self, row: Row, bit: int) -> None:
        first, last = _stretch(row["op"], row["value"])
        self.stretches.append((first, last, bit))

    def hits(self, live: Any) -> int:
        edges, bits = self._line
        return bits[bisect_left(edges, (as_number(live), ABOVE)) - 1]

    @cached_property
    def _line(self) -> tuple[Sequence[tuple[float, int]], Sequence[int]]:
        """The edges in order, and the rules that hold from each of them on."""
        turns: defaultdict[tuple[float, int], int] = defaultdict(int, {(-inf, BELOW): 0})
        for first, last, bit in self.stretches:
            if first < last:
                turns[first] ^= bit
                turns[last] ^= bit
        edges = sorted(turns)
        return edges, list(accumulate((turns[edge] for edge in edges), xor))


def _table() -> Table:
    return defaultdict(int)


def _stretch(op: str, value: Any) -> tuple[tuple[float, int], tuple[float, int]]:
    """From the first edge on and up to before the last one."""
    if op == "between":
        return (as_number(value[0]), AT), (as_number(value[1]), ABOVE)
    bound = as_number(value)
    return {
        "greater": ((bound, ABOVE), (inf, ABOVE)),
        "greater_or_equal": ((bound, AT), (inf, ABOVE)),
        "less": ((-inf, BELOW), (bound, AT)),
        "less_or_equal": ((-inf, BELOW), (bound, ABOVE)),
    }[op]
