"""Entries in an order that stays as it is, and beside it a heap of those who were judged again."""

from collections.abc import Sequence
from heapq import heappop, heappush

from routing.engine.standings import Entry


class TwoOrders:
    """The first of both. Groups of a queue share the order, so what a batch changes is kept in the
    heap of each. What kinds there are say how an entry is found to be out of date."""

    __slots__ = ("_again", "_at", "_entries")

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries, self._at = entries, 0
        self._again: list[Entry] = []

    def pop(self) -> Entry | None:
        """Take the first out, until he is put back."""
        entry, again = self._next_entry(), self._next_again()
        if again is not None and (entry is None or again < entry):
            return heappop(self._again)
        self._at += entry is not None
        return entry

    def put_back(self, entry: Entry) -> None:
        """He may be the first again."""
        heappush(self._again, entry)

    def _first(self) -> Entry | None:
        entry, again = self._next_entry(), self._next_again()
        return again if entry is None or (again is not None and again < entry) else entry

    def _next_entry(self) -> Entry | None:
        """The first of the order that is up to date; asked before the heap."""
        raise NotImplementedError

    def _next_again(self) -> Entry | None:
        """The first of the heap that is up to date."""
        raise NotImplementedError
