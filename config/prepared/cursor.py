"""A cursor whose statements the server keeps."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.base import ServerBindingCursor


class _Cursor(ServerBindingCursor):
    """The audit trail puts the words for its triggers before statements of cursors without a name;
    two statements in one cannot be prepared."""

    name = "prepared"


def prepared_cursor() -> Any:
    """As ``connection.cursor()``, in Django's transaction and with its errors, but parameters
    travel apart from the statement: after some uses (``config.database``) the server plans it no
    more. Where a type cannot be told from its place, the statement has to name it. Nothing
    audited is written by it: the copy would not say who did it.
    """
    # Django's ``connection`` looks for this thread's at every touch.
    own: Any = connections[DEFAULT_DB_ALIAS]
    own.close_if_health_check_failed()
    own.ensure_connection()
    make: Any = _Cursor
    cursor = make(own.connection)
    return own.make_debug_cursor(cursor) if own.queries_logged else own.make_cursor(cursor)
