"""A savepoint that costs nothing where nothing is asked of the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def savepoint_if_asked() -> Iterator[None]:
    """As an ``atomic`` inside another one: an error undoes what was done inside, and leaves the
    transaction usable. The first statement makes the savepoint; for what seldom has one."""
    made: list[str] = []

    def make_first(execute: Callable[..., Any], *given: Any) -> Any:
        if not made:
            made.append("")
            made[0] = transaction.savepoint()
        return execute(*given)

    try:
        with connection.execute_wrapper(make_first):
            yield
    except BaseException:
        if any(made):
            transaction.set_rollback(False)
            transaction.savepoint_rollback(made[0])
        raise
    if any(made):
        transaction.savepoint_commit(made[0])
