"""Conditions in order, and which of them an item's fields leave open."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from routing.engine.conditions import OPERATORS, Condition
from routing.engine.conditions.fields import Read, reader
from routing.engine.conditions.values import is_missing
from routing.engine.screen.rows import Reads, Row, all_rows, can_be_read, needed_rows, reads
from routing.engine.screen.sieves import Edges, Equality, Numbers, Presence, Sieve, Substrings

# Rules that read fields beyond the most read ones are tested anyway.
MOST_FIELDS: Final = 64
SORTS: Final[dict[str, Callable[[], Sieve]]] = {
    "equals": Equality,
    "not_equals": Equality,
    "in": Equality,
    "not_in": Equality,
    "contains": Substrings,
    "not_contains": Substrings,
    "starts_with": Edges,
    "ends_with": Edges,
    "greater": Numbers,
    "greater_or_equal": Numbers,
    "less": Numbers,
    "less_or_equal": Numbers,
    "is_set": Presence,
    "is_not_set": Presence,
}


class Screen:
    """Built once for a list of conditions; condition number n is bit n."""

    __slots__ = ("_all", "_always", "_fields")

    def __init__(self, conditions: Sequence[Condition]) -> None:
        self._all = (1 << len(conditions)) - 1
        rows = [list(all_rows(each.source)) for each in conditions]
        counted = Counter(path for each in rows for path in {row["field"] for row in each})
        fields = {path: _Field(path) for path, _ in counted.most_common(MOST_FIELDS)}
        # Conditions that read other fields, too: nobody looked whether those leave notes.
        self._always = 0
        for number, condition in enumerate(conditions):
            self._take(number, condition, rows[number], fields)
        self._fields = tuple(fields.values())

    def left(self, fields: Mapping[str, Any]) -> int:
        """Bits of the conditions to be tested; all others neither match nor leave notes."""
        failed, doubtful = 0, self._always
        for field in self._fields:
            failed_here, doubtful_here = field.look(fields)
            failed |= failed_here
            doubtful |= doubtful_here
        return (self._all & ~failed) | doubtful

    def _take(
        self, number: int, condition: Condition, rows: list[Row], fields: Mapping[str, "_Field"]
    ) -> None:
        bit = 1 << number
        for row in rows:
            if row["field"] in fields:
                fields[row["field"]].read_by(row, bit)
            else:
                self._always |= bit
        for row in needed_rows(condition.source):
            if row["field"] in fields:
                fields[row["field"]].needed_by(row, bit)


class _Field:
    """All that conditions ask of one field."""

    __slots__ = ("_asked", "_negated", "_read", "_readers", "_sieves")

    def __init__(self, path: str) -> None:
        self._read: Read = reader(path)
        self._readers: defaultdict[Reads, int] = defaultdict(int)
        self._sieves: dict[tuple[Reads, Callable[[], Sieve]], Sieve] = {}
        self._asked: defaultdict[Sieve, int] = defaultdict(int)
        self._negated: defaultdict[Sieve, int] = defaultdict(int)

    def read_by(self, row: Row, bit: int) -> None:
        """Note as what the condition reads the field."""
        self._readers[reads(row)] |= bit

    def needed_by(self, row: Row, bit: int) -> None:
        """Take up the first row of its sort that the condition needs; others it is tested for."""
        sort, wanted = SORTS.get(row["op"]), reads(row)
        if row["op"] == "between" and wanted is Reads.NUMBER:
            sort = Numbers
        if sort is None:
            return
        sieve = self._sieves.setdefault((wanted, sort), sort())
        if self._asked[sieve] & bit:
            return
        sieve.add(row, bit)
        self._asked[sieve] |= bit
        if OPERATORS[row["op"]].when_missing:
            self._negated[sieve] |= bit

    def look(self, fields: Mapping[str, Any]) -> tuple[int, int]:
        """The conditions that fail, and those whose rows may leave notes about this value."""
        live = self._read(fields)
        failed = doubtful = 0
        if is_missing(live):
            for sieve, asked in self._asked.items():
                failed |= asked & ~self._negated.get(sieve, 0)
            return failed, doubtful
        can_be = {wanted: can_be_read(live, wanted) for wanted in self._readers}
        for wanted, is_read in can_be.items():
            if not is_read:
                doubtful |= self._readers[wanted]
        for (wanted, _), sieve in self._sieves.items():
            if can_be[wanted]:
                hits = sieve.hits(live) ^ self._negated.get(sieve, 0)
                failed |= self._asked[sieve] & ~hits
        return failed, doubtful
