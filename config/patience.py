"""How long a connection of a process waits for others, others for it, and people for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from psycopg.errors import (
    AdminShutdown,
    CannotConnectNow,
    CrashShutdown,
    DeadlockDetected,
    IdleInTransactionSessionTimeout,
    LockNotAvailable,
    QueryCanceled,
    SerializationFailure,
    TooManyConnections,
)

# Somebody looks at the page meanwhile: an answer that it is busy is better than none.
WEB_LOCK_SECONDS: Final = 5
# A process that is stopped in the middle of a change must not keep its locks for ever.
WEB_IDLE_SECONDS: Final = 10
# The same for jobs, which think longer between two statements.
WORKER_IDLE_SECONDS: Final = 30
# Nobody looks at a page for longer, and what goes on behind it takes the time of all others.
WEB_STATEMENT_SECONDS: Final = 20
# What the server says when it ends a connection, or lets others go first.
PASSING: Final = (
    AdminShutdown,
    CannotConnectNow,
    CrashShutdown,
    DeadlockDetected,
    IdleInTransactionSessionTimeout,
    LockNotAvailable,
    SerializationFailure,
    TooManyConnections,
)
# When to ask again for what was given up.
LATER_SECONDS: Final = 30
TOOK_TOO_LONG: Final = (
    f"The database worked on this for {WEB_STATEMENT_SECONDS} seconds, so it was given up, and"
    " nothing was done. Ask for less at once, or try again later."
)


def limit_web_waits() -> None:
    """Every connection of this process from now on gives up in time, and is given up."""
    connection_created.connect(limit_connection, dispatch_uid="web-waits")


@contextmanager
def limit_worker_waits() -> Iterator[None]:
    """New connections of this process meanwhile are given up when a job stops in a change."""
    connection_created.connect(_limit_idle, dispatch_uid="worker-waits")
    try:
        yield
    finally:
        connection_created.disconnect(dispatch_uid="worker-waits")


def think_as_long_as_jobs() -> None:
    """Until this transaction ends, whatever process it is of: it does more than ask."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL idle_in_transaction_session_timeout = '{WORKER_IDLE_SECONDS}s'")


@contextmanager
def unhurried() -> Iterator[None]:
    """What an export reads takes as long as it takes."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
        yield


def took_too_long(error: BaseException) -> bool:
    """Whether the database gave a statement up, for the time it took."""
    return isinstance(error.__cause__, QueryCanceled)


def may_pass(error: BaseException) -> bool:
    """Whether a later try may succeed: the connection was lost, or others came first.

    Asked of the error, for the end of a transaction opens another connection. What has no code of
    the server comes from its client, which lost it.
    """
    if getattr(error.__cause__, "sqlstate", None):
        return isinstance(error.__cause__, PASSING)
    return isinstance(error, InterfaceError | OperationalError)


def limit_connection(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Of what a new connection of this process waits for, and for how long."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SET lock_timeout = '{WEB_LOCK_SECONDS}s';"
            f"SET statement_timeout = '{WEB_STATEMENT_SECONDS}s';"
            f"SET idle_in_transaction_session_timeout = '{WEB_IDLE_SECONDS}s'"
        )


def _limit_idle(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET idle_in_transaction_session_timeout = '{WORKER_IDLE_SECONDS}s'")
