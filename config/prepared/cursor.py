"""A cursor whose statements the server keeps."""

from types import TracebackType
from typing import Any, Final, Self

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.base import ServerBindingCursor
from psycopg.pq import TransactionStatus
from psycopg.types.datetime import TimestamptzLoader

from config.prepared.lasting import LastingStatements

# No more statements of a connection are kept; the product has about half as many.
MOST_KEPT: Final = 200


class _Cursor(ServerBindingCursor):
    """The audit trail puts the words for its triggers before statements of cursors without a name;
    two statements in one cannot be prepared."""

    name = "prepared"


class _Logged(_Cursor):
    """One whose statement is written down."""

    def _send_query_prepared(self, name: bytes, pgq: Any, **options: Any) -> None:
        """Django's log of statements asks what was sent; of a statement that the server knows
        already the driver does not say."""
        self._query = pgq
        own: Any = super()
        own._send_query_prepared(name, pgq, **options)


class _Kept:
    """The cursors of one connection, by statement: each knows already how the parameters of its
    statement travel and how its rows are read, which takes longer than to send them."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.statements = LastingStatements.take_over(connection)
        self.free: dict[str, Any] = {}
        self._inside: Any = None

    def take(self, sql: str) -> Any:
        """A cursor that nobody else has: one statement may be asked inside itself."""
        return self.free.pop(sql, None) or self.make(_Cursor)

    def look_for_a_new_transaction(self, blocks: list[Any]) -> None:
        """One that has begun since, perhaps by a statement of another cursor."""
        inside = blocks[0] if blocks else None
        is_idle = self.connection.pgconn.transaction_status == TransactionStatus.IDLE
        if is_idle or inside is not self._inside:
            self.statements.begin()
            self._inside = inside

    def give_back(self, sql: str, cursor: Any) -> None:
        """For the next one who asks the same."""
        if len(self.free) >= MOST_KEPT:
            self.free.clear()
        self.free[sql] = cursor

    def make(self, kind: Any) -> Any:
        cursor = kind(self.connection)
        # The driver's own, in C, instead of Django's in Python: both read UTC.
        cursor.adapters.register_loader("timestamptz", TimestamptzLoader)
        return cursor


class PreparedCursor:
    """One statement in Django's transaction, with its errors; its log and its wrappers too, where
    there are any."""

    __slots__ = ("_cursor", "_kept", "_own", "_sql")

    def __init__(self, own: Any) -> None:
        self._own, self._sql = own, ""
        self._cursor: Any = None
        # Where the cursor goes back to.
        self._kept: _Kept | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: object, __: TracebackType | None
    ) -> None:
        if self._kept is not None and kind is None:
            self._kept.give_back(self._sql, self._cursor)
        self._cursor = None

    def execute(self, sql: str, values: Any = None) -> None:
        own, self._sql = self._own, sql
        kept = _kept_by(own)
        kept.look_for_a_new_transaction(own.atomic_blocks)
        if own.queries_logged:
            self._cursor = cursor = kept.make(_Logged)
            own.make_debug_cursor(cursor).execute(sql, values)
            return
        self._kept, self._cursor = kept, kept.take(sql)
        cursor = self._cursor
        if own.execute_wrappers:
            own.make_cursor(cursor).execute(sql, values)
        else:
            own.validate_no_broken_transaction()
            with own.wrap_database_errors:
                cursor.execute(sql, values)

    def fetchone(self) -> Any:
        with self._own.wrap_database_errors:
            return self._cursor.fetchone()

    def fetchall(self) -> list[Any]:
        with self._own.wrap_database_errors:
            rows: list[Any] = self._cursor.fetchall()
        return rows


def prepared_cursor() -> PreparedCursor:
    """As ``connection.cursor()``, in Django's transaction and with its errors, but parameters
    travel apart from the statement: after some uses (``config.database``) the server plans it no
    more. Where a type cannot be told from its place, the statement has to name it. Nothing
    audited is written by it: the copy would not say who did it.
    """
    # Django's ``connection`` looks for this thread's at every touch.
    own: Any = connections[DEFAULT_DB_ALIAS]
    # What Django asks before each statement, and here only where the answer is not known.
    if own.connection is None or (own.health_check_enabled and not own.health_check_done):
        own.close_if_health_check_failed()
        own.ensure_connection()
    return PreparedCursor(own)


def _kept_by(own: Any) -> _Kept:
    kept: _Kept | None = own.__dict__.get("kept_cursors")
    if kept is None or kept.connection is not own.connection:
        kept = own.kept_cursors = _Kept(own.connection)
    return kept
