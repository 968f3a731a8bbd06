"""The lease of the active router: one row, one epoch."""

from datetime import timedelta
from typing import Any, Final

from django.db import connection, transaction

LEASE_FOR: Final = timedelta(seconds=3)


def acquire(holder: str) -> int | None:
    """The new epoch when the lease is free or has run out, else None; database time decides."""
    return _update(
        """
        UPDATE routing_routerlease
        SET holder = %(holder)s, epoch = epoch + 1, expires_at = clock_timestamp() + %(time)s
        WHERE id = 1 AND expires_at < clock_timestamp()
        RETURNING epoch
        """,
        {"holder": holder, "time": LEASE_FOR},
    )


def renew(epoch: int) -> bool:
    """Hold on for another term; False when another router has taken over."""
    renewed = _update(
        """
        UPDATE routing_routerlease
        SET expires_at = clock_timestamp() + %(time)s
        WHERE id = 1 AND epoch = %(epoch)s
        RETURNING epoch
        """,
        {"epoch": epoch, "time": LEASE_FOR},
    )
    return renewed is not None


def give_up(epoch: int) -> None:
    """Let a standby take over at once."""
    _update(
        """
        UPDATE routing_routerlease SET expires_at = clock_timestamp() - interval '1 second'
        WHERE id = 1 AND epoch = %(epoch)s
        RETURNING epoch
        """,
        {"epoch": epoch},
    )


def holds_epoch(cursor: Any, epoch: int) -> bool:
    """Whether the epoch is still the one in force, for the rest of this transaction.

    The share lock makes a take-over wait until the batch is through; a router that
    stops in the middle is thrown out by its own ``idle_in_transaction_session_timeout``.
    """
    cursor.execute(
        "SELECT 1 FROM routing_routerlease WHERE id = 1 AND epoch = %s FOR SHARE", [epoch]
    )
    return cursor.fetchone() is not None


def _update(sql: str, values: dict[str, Any]) -> int | None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        row = cursor.fetchone()
    return int(row[0]) if row else None
