"""How long a connection of a process waits for others, and others for it."""

from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

# Somebody looks at the page meanwhile: an answer that it is busy is better than none.
WEB_LOCK_SECONDS: Final = 5
# A process that is stopped in the middle of a change must not keep its locks for ever.
WEB_IDLE_SECONDS: Final = 10


def limit_web_waits() -> None:
    """Every connection of this process from now on gives up in time, and is given up."""
    connection_created.connect(_limit, dispatch_uid="web-waits")


def _limit(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SET lock_timeout = '{WEB_LOCK_SECONDS}s';"
            f"SET idle_in_transaction_session_timeout = '{WEB_IDLE_SECONDS}s'"
        )
