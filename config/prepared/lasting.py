"""Which statements the server has prepared for a connection, also after a refusal."""

from collections.abc import Sequence
from typing import Any

from psycopg import pq
from psycopg._preparing import Key, Prepare, PrepareManager
from psycopg._queries import PostgresQuery

ROLLED_BACK = b"ROLLBACK"


class LastingStatements(PrepareManager):
    """The driver forgets all of a connection's statements when a transaction is rolled back, lest
    one names what the transaction had made. The server keeps them, and only those prepared in
    that very transaction can name it: these alone are forgotten.

    Whoever changes tables on the connection makes it forget all, as before.
    """

    def __init__(self, earlier: PrepareManager) -> None:
        super().__init__()
        self.prepare_threshold, self.prepared_max = earlier.prepare_threshold, earlier.prepared_max
        self._young: list[Key] = []
        self._forgets_all = False

    @classmethod
    def take_over(cls, connection: Any) -> "LastingStatements":
        """Of a connection on which nothing is prepared yet."""
        known = connection._prepared
        if not isinstance(known, cls):
            known = connection._prepared = cls(known)
        return known

    def begin(self) -> None:
        """A transaction begins: what is prepared now was there before."""
        self._young.clear()

    def maybe_add_to_cache(self, query: PostgresQuery, prep: Prepare, name: bytes) -> Key | None:
        if prep is Prepare.SHOULD:
            self._young.append(self.key(query))
        return super().maybe_add_to_cache(query, prep, name)

    def clear(self) -> bool:
        """What the driver calls after a rollback."""
        if self._forgets_all:
            self._young.clear()
            return super().clear()
        names = [self._names.pop(key, None) for key in self._young]
        self._to_flush.extend(name for name in names if name is not None)
        self._young.clear()
        return bool(names)

    def _should_discard(self, prep: Prepare, results: Sequence[Any], *_: Any) -> bool:
        """Back to a savepoint is as back to the beginning."""
        self._forgets_all = not any(map(_is_rolled_back, results))
        try:
            return super()._should_discard(prep, results)
        finally:
            self._forgets_all = False


def _is_rolled_back(result: Any) -> bool:
    is_done = result.status == pq.ExecStatus.COMMAND_OK
    return is_done and (result.command_status or b"").startswith(ROLLED_BACK)
