"""Database time, the one clock that decides."""

from datetime import datetime

from config.prepared.cursor import prepared_cursor


def database_now() -> datetime:
    """The time of the database server, moving within a transaction too."""
    with prepared_cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row = cursor.fetchone()
    assert row is not None
    now: datetime = row[0]
    return now
