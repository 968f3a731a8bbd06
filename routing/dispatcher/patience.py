"""How long cycles wait for agents whose loads somebody else holds."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.utils import OperationalError
from psycopg.errors import LockNotAvailable

from routing.sql import array_of, statement


class Patience:
    """Of cycles that follow each other: one wait in vain, as long as the connection waits, and none
    after that."""

    def __init__(self) -> None:
        self._is_over = False

    def lock_loads(self, cursor: Any, agent_ids: Sequence[int]) -> list[int]:
        """The agents whose loads are locked now, by ascending id."""
        names = {"agent_ids": array_of(agent_ids)}
        if not self._is_over:
            try:
                with transaction.atomic():
                    cursor.execute(statement("lock_loads"), names)
                    return [row[0] for row in cursor.fetchall()]
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable):
                    raise
            self._is_over = True
        cursor.execute(statement("lock_free_loads"), names)
        return [row[0] for row in cursor.fetchall()]
